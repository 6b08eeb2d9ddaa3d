// The CLI as a person starts it: the committed launcher in a process of its own, with nothing of this
// process's environment, no terminal, and a state folder of the test's.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from './repository-files.ts'

export type CliRun = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
  /** The last line of standard output as JSON. */
  json(): Record<string, unknown>
}

export type CliOptions = {
  /** RACKSIDE_HOME; HOME too, so that nothing else of the user's is found. */
  readonly home: string
  readonly environment?: Record<string, string>
  /** What standard input has before it ends; without it, standard input ends at once. */
  readonly input?: string
  readonly cwd?: string
  /** After so long it hangs, and is killed; without it, after longer than most commands of a test take. */
  readonly patienceMilliseconds?: number
  /** Its process is killed in the middle of whatever it does. */
  readonly killed?: AbortSignal
}

export function runCli(words: readonly string[], options: CliOptions): Promise<CliRun> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(repositoryRoot, 'scripts', 'rackside.mjs'), ...words], {
    cwd: options.cwd ?? repositoryRoot,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: options.home,
      RACKSIDE_HOME: options.home,
      LANG: 'en_US.UTF-8',
      ...options.environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (bytes) => {
    said.stdout += bytes
  })
  child.stderr.on('data', (bytes) => {
    said.stderr += bytes
  })
  // It may end before it read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const hung = setTimeout(() => child.kill('SIGKILL'), options.patienceMilliseconds ?? 20_000)
  options.killed?.addEventListener('abort', () => void child.kill('SIGKILL'), { once: true })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(hung)
      const json = () => JSON.parse(said.stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
      resolve({ code, ...said, seconds: (performance.now() - began) / 1000, json })
    })
  })
}

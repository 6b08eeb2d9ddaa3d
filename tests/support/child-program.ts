// A few lines of TypeScript as a process of their own: for what only shows between two processes, such as
// locks, and what a killed one leaves behind. Ended with the test that started it.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { afterAll, onTestFinished } from 'vitest'
import { repositoryRoot } from './repository-files.ts'

export type RunningChild = {
  readonly process: ChildProcess
  /** The next line it prints; rejects when it ends without one. */
  line(): Promise<string>
  /** Exit code, or null after a signal. */
  readonly ended: Promise<number | null>
  kill(signal: NodeJS.Signals): void
}

/** Inside the repository, because that is where its packages are found. */
const folder = join(repositoryRoot, 'node_modules', '.cache', 'rackside-tests')
const built = new Map<string, Promise<string>>()

afterAll(async () => {
  for (const file of built.values()) rmSync(await file, { force: true })
})

export async function buildProgram(source: string): Promise<string> {
  const file = join(folder, `${randomBytes(6).toString('hex')}.mjs`)
  mkdirSync(folder, { recursive: true })
  await build({
    stdin: { contents: source, resolveDir: repositoryRoot, loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  })
  return file
}

/** Starts `source`, whose imports are relative to the repository's root; words become its arguments. */
export async function startChild(
  source: string,
  words: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<RunningChild> {
  const file = built.get(source) ?? buildProgram(source)
  built.set(source, file)
  const env = { PATH: process.env['PATH'] ?? '', ...environment }
  return running(spawn(process.execPath, [await file, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] }))
}

function running(child: ChildProcess): RunningChild {
  if (child.stdout === null || child.stderr === null) throw new Error('a child without its output')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let complaint = ''
  child.stderr.on('data', (bytes) => {
    complaint += String(bytes)
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    process: child,
    async line() {
      const next = await lines.next()
      if (next.done === true) throw new Error(`it ended without another line: ${complaint}`)
      return next.value
    },
    ended,
    kill: (signal) => void child.kill(signal),
  }
}

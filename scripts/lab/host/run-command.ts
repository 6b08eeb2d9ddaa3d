// The one place where the lab starts programs of the host and waits for them. Commands are arrays of
// words; no shell reads them.
import { spawn } from 'node:child_process'
import { LabFailure } from '../lab-failure.ts'

export interface CommandResult {
  exitCode: number
  stdout: string
  stderr: string
}

export interface CommandOptions {
  stdin?: string
  /** After this long the program is killed and the result's exit code is 124. */
  deadlineMs?: number
  environment?: Record<string, string>
  /** Called with each line of stdout while the program runs. */
  onLine?: (line: string) => void
}

export function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program, ...rest] = words
  if (program === undefined) throw new Error('a command needs at least one word')
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', ...options.environment },
    })
    let timedOut = false
    const timer =
      options.deadlineMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill('SIGKILL')
          }, options.deadlineMs)
    let stdout = ''
    let stderr = ''
    let line = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (options.onLine === undefined) return
      const lines = (line + text).split('\n')
      line = lines.pop() ?? ''
      for (const complete of lines) options.onLine(complete)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.stdin ?? '')
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      if (error.code === 'ENOENT') resolve({ exitCode: 127, stdout: '', stderr: error.message })
      else reject(error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ exitCode: timedOut ? 124 : (code ?? 137), stdout, stderr })
    })
  })
}

/** Runs and returns stdout; a failing program becomes a failure that shows its last lines. */
export async function mustRun(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommand(words, options)
  if (result.exitCode === 0) return result.stdout
  const said = (result.stderr || result.stdout).trim().split('\n').slice(-3).join(' | ')
  throw new LabFailure('host-command-failed', `"${words.join(' ')}" ended with ${result.exitCode}: ${said}`)
}

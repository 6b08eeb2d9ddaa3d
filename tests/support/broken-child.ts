// A program in a process of its own whose Nth call of the system fails or is its last: strace does it, as a disk or a power
// cut would. Where there is no strace, or it may not trace, the tests that need it say so and are skipped.
import { execFileSync, spawn } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { buildProgram } from './child-program.ts'

/** "signal=KILL", or "error=EIO"; `forGood`: so are all that follow. */
export type Break = { readonly call: string; readonly how: string; readonly at: number; readonly forGood?: boolean }

export type Broken = {
  readonly lines: readonly string[]
  /** It ended by itself, before that call came or in spite of it. */
  readonly code: number | null
  readonly complaint: string
}

export const canBreak = ((): boolean => {
  try {
    execFileSync('strace', ['-o', '/dev/null', '-e', 'trace=fsync', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const programs = new Map<string, Promise<string>>()

export async function runBroken(source: string, words: readonly string[], cut: Break): Promise<Broken> {
  const built = programs.get(source) ?? buildProgram(source)
  programs.set(source, built)
  const { call, how, at, forGood = false } = cut
  const inject = `inject=${call}:${how}:when=${at}${forGood ? '+' : ''}`
  const tracing = ['-o', '/dev/null', '-e', `trace=${call}`, '-e', inject, process.execPath, await built, ...words]
  const child = spawn('strace', tracing, {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  let complaint = ''
  child.stdout.on('data', (bytes) => (said += String(bytes)))
  child.stderr.on('data', (bytes) => (complaint += String(bytes)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { lines: said.split('\n').slice(0, -1), code, complaint }
}

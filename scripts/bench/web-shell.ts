// The web shell as a person starts it, on a state folder of its own, and what it costs.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'

export const racksideProgram = join(import.meta.dirname, '..', 'rackside.mjs')

export type MeasuredShell = {
  readonly url: string
  /** From starting it until it said where it is. */
  readonly addressMs: number
  /** VmRSS of Linux, which proc(5) counts in kB of 1024 bytes. */
  residentBytes(): number
  /** Resolves when it is gone. */
  end(): Promise<void>
}

export async function startMeasuredShell(home: string): Promise<MeasuredShell> {
  const started = performance.now()
  const shell = spawn(process.execPath, [racksideProgram, 'web', '--no-open', '--json'], {
    env: { ...process.env, RACKSIDE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise<void>((resolve) => shell.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: shell.stdout })
    lines.once('close', () => reject(new Error('the web shell ended before it said its address')))
    lines.once('line', (line) => resolve((JSON.parse(line) as { url: string }).url))
  })
  return {
    url,
    addressMs: performance.now() - started,
    residentBytes() {
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${shell.pid}/status`, 'utf8'))?.[1]
      if (kib === undefined) throw new Error('the web shell has ended')
      return Number(kib) * 1024
    },
    async end() {
      shell.kill()
      await gone
    },
  }
}

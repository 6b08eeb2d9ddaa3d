// Looks for secrets in the words, environments and titles of every process of this machine while something runs: the
// processes of its lab appliances are among them, as the kernel sees them from here.
import { readdirSync, readFileSync } from 'node:fs'
import { type Needle, type Sighting, sightingsIn } from './canary.ts'
import { repeat } from './repeat.ts'

export type ProcessWatch = {
  stop(): { readonly looks: number; readonly processes: number; readonly sightings: readonly Sighting[] }
}

const parts = ['cmdline', 'environ', 'comm'] as const
/** The environment and the title seldom change where the words do not: they are read anew each so many looks. */
const looksBetween = 20

type Seen = { readonly text: Buffer; looksLeft: number }

export function watchProcesses(needles: readonly Needle[], milliseconds = 10): ProcessWatch {
  const sightings = new Map<string, Sighting>()
  const seen = new Map<string, Seen>()
  let looks = 0
  let processes = 0

  const search = (pid: string): void => {
    for (const part of parts) {
      for (const one of sightingsIn(partOf(pid, part), needles, `${part} of a process`)) {
        const where = `${part} of ${partOf(pid, 'comm').toString().trim()}, started by ${parentOf(pid)}`
        sightings.set(`${one.canary} ${one.form} ${pid} ${part}`, { ...one, where })
      }
    }
  }
  const look = (): void => {
    looks += 1
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    for (const pid of pids) {
      const words = partOf(pid, 'cmdline')
      const before = seen.get(pid)
      if (before?.text.equals(words) && before.looksLeft > 0) {
        before.looksLeft -= 1
        continue
      }
      if (before === undefined) processes += 1
      search(pid)
      // A new one is looked at twice: it may not have become yet what it was started for.
      seen.set(pid, { text: words, looksLeft: before === undefined ? 0 : looksBetween })
    }
    const here = new Set(pids)
    for (const pid of seen.keys()) if (!here.has(pid)) seen.delete(pid)
  }
  const stop = repeat(look, milliseconds)
  return {
    stop: () => {
      stop()
      look()
      return { looks, processes, sightings: [...sightings.values()] }
    },
  }
}

/** Empty where the process has gone, or is the kernel's. */
function partOf(pid: string, part: 'cmdline' | 'environ' | 'comm' | 'stat'): Buffer {
  try {
    return readFileSync(`/proc/${pid}/${part}`)
  } catch {
    return Buffer.alloc(0)
  }
}

/** A process that has a secret among its words is explained by whoever started it. */
function parentOf(pid: string): string {
  const parent = /\) \S+ (\d+)/.exec(partOf(pid, 'stat').toString())?.[1] ?? ''
  return partOf(parent, 'comm').toString().trim() || 'nobody any more'
}

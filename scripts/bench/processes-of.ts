// The processes whose program lies in a folder, and what they hold of the memory together: pages that several of them share
// are counted once (PSS of proc(5), in kB of 1024 bytes).
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export function processesOf(folder: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return readlinkSync(`/proc/${name}/exe`).startsWith(`${folder}/`) ? [Number(name)] : []
    } catch {
      // Gone meanwhile, or of the kernel.
      return []
    }
  })
}

export function memoryBytesOf(folder: string): number {
  return processesOf(folder).reduce((sum, id) => {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1]
    return sum + Number(kib) * 1024
  }, 0)
}

// Looks for secrets in the files of a folder while something runs: also in those that are gone before it ends.
import { statSync } from 'node:fs'
import { filesBelow, type Needle, type Sighting, searchFile } from './canary.ts'
import { repeat } from './repeat.ts'

export type FolderWatch = {
  stop(): { readonly looks: number; readonly files: number; readonly sightings: readonly Sighting[] }
}

/** Larger ones stay long enough to be looked at before they are removed. */
const largestBytes = 4 * 1024 * 1024

/** Each file once for each time it was written. */
export function watchFolder(folder: string, needles: readonly Needle[], milliseconds = 250): FolderWatch {
  const sightings = new Map<string, Sighting>()
  const seen = new Map<string, string>()
  let looks = 0
  const look = (): void => {
    looks += 1
    for (const file of filesBelow(folder)) {
      const status = statSync(file, { throwIfNoEntry: false })
      if (status === undefined || status.size > largestBytes) continue
      const state = `${status.ino} ${status.size} ${status.mtimeMs}`
      if (seen.get(file) === state) continue
      for (const one of searchFile(file, needles) ?? []) sightings.set(JSON.stringify(one), one)
      seen.set(file, state)
    }
  }
  const stop = repeat(look, milliseconds)
  return {
    stop: () => {
      stop()
      look()
      return { looks, files: seen.size, sightings: [...sightings.values()] }
    },
  }
}

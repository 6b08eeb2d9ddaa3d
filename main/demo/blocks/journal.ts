// The journal of runs on the simulated machine: the same lines in the same files as on a real one.
import { remoteJournal } from '../../../shared/domain/remote-layout.ts'
import { drillIsOn, type Machine } from '../machine.ts'

/** A run's newest records; a demo is set up again and again. */
const journalsKept = 20

/** False when the record is not on disk. `entry`: a record without its time. */
export function appendToJournal(
  machine: Machine,
  entry: { readonly run: string; readonly [field: string]: unknown },
): boolean {
  if (drillIsOn(machine, 'fill-disk')) return false
  const at = new Date(machine.nowMs()).toISOString().replace(/\.\d+Z$/, 'Z')
  machine.change(({ files }) => {
    const file = `${remoteJournal}/${entry.run}.jsonl`
    files[file] = `${files[file] ?? ''}${JSON.stringify({ ...entry, at })}\n`
    for (const old of journalFiles(files).slice(0, -journalsKept)) delete files[old]
  })
  return true
}

/** Paths of the journals, oldest first: a run's id begins with its time. */
export function journalFiles(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files)
    .filter((path) => path.startsWith(`${remoteJournal}/run-`))
    .sort()
}

// Looks for secrets in a lab appliance: every file that was written to its disk since it was made, whatever of it
// lies in memory only, what its journal says, and what its engine says about its containers.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { machineFolders } from '../lab/folders.ts'
import { runInside } from '../lab/machine/inside.ts'
import { requireMachine } from '../lab/machine/machine-record.ts'
import { findLeader } from '../lab/machine/power.ts'
import { type Looked, type Needle, searchFile, searchFolder, sightingsIn } from './canary.ts'

const inMemory = ['run', 'tmp', 'dev/shm']

const said = [
  ['journal', 'journalctl -q --no-pager --output=export --all'],
  ['journal as read', 'journalctl -q --no-pager --output=cat --all'],
  [
    'engine',
    'for c in $(docker ps -aq); do docker inspect "$c"; docker logs "$c" 2>&1; done; docker image inspect $(docker images -q)',
  ],
  ['units', 'systemctl show "*" --no-pager'],
  ['kernel', 'dmesg'],
] as const

/** Of one that is off, only the disk can be looked at. */
export async function searchAppliance(name: string, needles: readonly Needle[]): Promise<Looked> {
  const { upper, docker, containerd, consoleLog } = machineFolders(name)
  const looks: Looked[] = [upper, docker, containerd].map((folder) =>
    named(searchFolder(folder, needles), folder, name),
  )
  const log = searchFile(consoleLog, needles)
  if (log !== undefined) looks.push(named({ files: 1, sightings: log }, consoleLog, `${name} console`))
  looks.push(...(await searchRunning(name, needles)))
  return {
    files: looks.reduce((sum, { files }) => sum + files, 0),
    sightings: looks.flatMap(({ sightings }) => sightings),
  }
}

async function searchRunning(name: string, needles: readonly Needle[]): Promise<Looked[]> {
  const record = await requireMachine(name)
  const leader = await findLeader(record)
  if (leader === null) return []
  const root = `/proc/${leader.pid}/root`
  const looks: Looked[] = inMemory
    .map((place) => join(root, place))
    .filter((folder) => existsSync(folder))
    .map((folder) => named(searchFolder(folder, needles), root, name))
  for (const [what, text] of said) {
    const { stdout, stderr } = await runInside(record, ['sh', '-c', text], { deadlineMs: 60_000 })
    looks.push({ files: 1, sightings: sightingsIn(Buffer.from(stdout + stderr), needles, `${name} ${what}`) })
  }
  return looks
}

/** The place as the appliance itself calls it. */
function named({ files, sightings }: Looked, from: string, to: string): Looked {
  return { files, sightings: sightings.map((one) => ({ ...one, where: one.where.replace(from, to) })) }
}

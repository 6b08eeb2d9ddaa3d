// What the lab remembers of one appliance between commands: machine.json in its folder.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod'
import { machineFolders, machinesFolder } from '../folders.ts'
import { isAlive } from '../host/process-identity.ts'
import { LabFailure } from '../lab-failure.ts'
import { acceleratorKinds } from '../stand-ins/accelerator-kinds.ts'

export const machineRecord = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  number: z.int().positive(),
  address: z.string(),
  port: z.literal(22),
  user: z.string(),
  identityFile: z.string(),
  /** `SHA256:...` of the ed25519 host key. */
  hostKeyFingerprint: z.string(),
  machineId: z.string().regex(/^[0-9a-f]{32}$/),
  accelerators: z.enum(acceleratorKinds),
  baseBuildId: z.string(),
  /** The process that supervises systemd-nspawn while the appliance runs. */
  process: z.strictObject({ pid: z.int(), startTicks: z.int() }).nullable(),
  /** Set while `fault disk full` holds: where the small file system is mounted inside. */
  smallDisk: z.string().nullable(),
})
export type MachineRecord = z.infer<typeof machineRecord>

export const machineName = (number: number): string => `rackside-lab-${number}`

/** Where several checkouts try things side by side, each begins at a number of its own. */
export const firstMachineNumber = Number(process.env['RACKSIDE_LAB_FIRST'] ?? 1)

/** 1 to 20, or null where it is no appliance's name. */
export function machineNumber(name: string): number | null {
  const number = Number(/^rackside-lab-([1-9]\d?)$/.exec(name)?.[1] ?? 0)
  return number >= 1 && number <= 20 ? number : null
}

/** null when there is no such appliance. */
export async function readMachine(name: string): Promise<MachineRecord | null> {
  if (machineNumber(name) === null) return null
  const file = machineFolders(name).record
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return machineRecord.parse(JSON.parse(text))
  } catch {
    throw new LabFailure(
      'record-unreadable',
      `${file} cannot be read: npm run lab -- down ${name} removes the appliance`,
    )
  }
}

export async function requireMachine(name: string | undefined): Promise<MachineRecord> {
  const record = name === undefined ? null : await readMachine(name)
  if (record !== null) return record
  const known = (await listMachineNames()).join(', ') || 'none'
  throw new LabFailure('unknown-appliance', `no appliance ${name ?? 'was named'}; there are: ${known}`)
}

export async function writeMachine(record: MachineRecord): Promise<void> {
  const folders = machineFolders(record.name)
  await mkdir(folders.top, { recursive: true, mode: 0o700 })
  const draft = `${folders.record}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(record, null, 2)}\n`)
  await rename(draft, folders.record)
}

/** In the order of their numbers; a folder without a readable record is listed too, so that `down` removes it. */
export async function listMachineNames(): Promise<string[]> {
  const names = await readdir(machinesFolder()).catch(() => [])
  return names
    .filter((name) => machineNumber(name) !== null)
    .sort((a, b) => (machineNumber(a) ?? 0) - (machineNumber(b) ?? 0))
}

export async function isRunning(record: MachineRecord): Promise<boolean> {
  return record.process !== null && (await isAlive(record.process))
}

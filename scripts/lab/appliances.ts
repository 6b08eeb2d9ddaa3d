// The verbs on appliances: up, down, kill, boot, list. Each reads what is there and changes only what
// differs, so that every verb may be said twice.
import { join } from 'node:path'
import { type BaseImage, ensureBaseImage } from './base/base-image.ts'
import { mountSmallDisk, releaseSmallDisk } from './faults/small-disk.ts'
import { labHome, machineFolders } from './folders.ts'
import { killGroup } from './host/control-group.ts'
import { withLock } from './host/lock.ts'
import { removeTree } from './host/remove-tree.ts'
import { LabFailure } from './lab-failure.ts'
import { chooseImageStore, type ImageStore, imageStoreOf } from './machine/image-store.ts'
import {
  isRunning,
  listMachineNames,
  type MachineRecord,
  machineName,
  readMachine,
  requireMachine,
} from './machine/machine-record.ts'
import { removeNetwork, restoreLink } from './machine/network.ts'
import { powerCut, powerOff, powerOn, waitForLeader } from './machine/power.ts'
import { waitUntilReady } from './machine/ready.ts'
import { makeMachine, mountTree } from './machine/tree.ts'
import { progress } from './progress.ts'
import { type AcceleratorKind, defaultAccelerators } from './stand-ins/accelerator-kinds.ts'
import { installStandIns } from './stand-ins/install.ts'

/** The lock under which appliances are started, stopped and broken; nobody holds it while one boots. */
export function withMachines<Result>(work: () => Promise<Result>): Promise<Result> {
  return withLock(join(labHome(), 'machines.lock'), work)
}

/** What an appliance is to be; null: a new one gets the lab's usual, another keeps what it has. */
export interface Wanted {
  readonly accelerators: AcceleratorKind | null
  readonly imageStore: ImageStore | null
}

/** These appliances, running and ready. Those already running are left alone unless they are to be something else. */
export async function up(numbers: readonly number[], wanted: Wanted): Promise<MachineRecord[]> {
  const records = await withMachines(async () => {
    const base = await ensureBaseImage()
    const powered: MachineRecord[] = []
    for (const number of numbers) powered.push(await poweredOn(number, wanted, base))
    return powered
  })
  await Promise.all(records.map((record) => waitUntilReady(record)))
  return records
}

async function poweredOn(number: number, wanted: Wanted, base: BaseImage): Promise<MachineRecord> {
  const name = machineName(number)
  const known = await readMachine(name)
  if (known === null) {
    await removeTree(machineFolders(name).top)
    const made = await makeMachine(number, wanted.accelerators ?? defaultAccelerators, base)
    await installStandIns(machineFolders(name).root, made.accelerators, name)
    await chooseImageStore(machineFolders(name).root, wanted.imageStore ?? 'classic')
    progress(`${name}: new, with ${made.accelerators}; booting`)
    return powerOn(made, base)
  }
  const running = await isRunning(known)
  const accelerators = wanted.accelerators ?? known.accelerators
  if (!running) await mountAgain(known, base)
  const imageStore = await imageStoreOf(machineFolders(name).root)
  const store = wanted.imageStore ?? imageStore
  if (accelerators === known.accelerators && store === imageStore) {
    if (running) {
      progress(`${name}: already running with ${known.accelerators}`)
      return known
    }
    progress(`${name}: off; booting again`)
    return bootAgain(known, base)
  }
  const [has, asked] = [`${known.accelerators}, ${imageStore} store`, `${accelerators}, ${store} store`]
  progress(`${name}: has ${has}; ${asked} asked; ${running ? 'restarting' : 'booting'} with it`)
  await chooseImageStore(machineFolders(name).root, store)
  const off = await powerOff(known)
  return bootAgain({ ...off, accelerators }, base)
}

async function mountAgain(record: MachineRecord, base: BaseImage): Promise<void> {
  if (record.baseBuildId !== base.record.buildId) {
    const remedy = `npm run lab -- down ${record.name}`
    throw new LabFailure(
      'lab-in-use',
      `${record.name} stands on an older base image and cannot boot on this one: ${remedy}`,
    )
  }
  await mountTree(record.name, base)
}

async function bootAgain(record: MachineRecord, base: BaseImage): Promise<MachineRecord> {
  const off = await powerCut(record)
  await mountAgain(off, base)
  await installStandIns(machineFolders(off.name).root, off.accelerators, off.name)
  const running = await powerOn(off, base)
  if (running.smallDisk !== null) {
    await waitForLeader(running)
    await mountSmallDisk(running, running.smallDisk)
  }
  return running
}

export async function boot(name: string | undefined): Promise<MachineRecord> {
  const running = await withMachines(async () => {
    const record = await requireMachine(name)
    if (!(await isRunning(record))) return bootAgain(record, await ensureBaseImage())
    progress(`${record.name}: already running`)
    return record
  })
  await waitUntilReady(running)
  return running
}

export function kill(name: string | undefined): Promise<MachineRecord> {
  return withMachines(async () => powerCut(await requireMachine(name)))
}

/**
 * Removes one appliance or all of them, with their disks. Returns the names that were removed. The lab's
 * network goes with `down` of all only: somebody may still dial the address of one, and must not reach further.
 */
export function down(name: string | undefined): Promise<string[]> {
  return withMachines(async () => {
    const present = await listMachineNames()
    if (name !== undefined && !present.includes(name)) await requireMachine(name)
    const names = name === undefined ? present : [name]
    for (const each of names) await removeMachine(each)
    if (name === undefined) await removeNetwork()
    return names
  })
}

async function removeMachine(name: string): Promise<void> {
  const record = await readMachine(name).catch(() => null)
  if (record === null) {
    await killGroup(name)
  } else {
    await powerCut(record)
    await restoreLink(record.address)
    await releaseSmallDisk(record)
  }
  await removeTree(machineFolders(name).top)
  progress(`${name}: removed`)
}

export interface ListedAppliance {
  record: MachineRecord
  running: boolean
}

export async function list(): Promise<ListedAppliance[]> {
  const listed: ListedAppliance[] = []
  for (const name of await listMachineNames()) {
    const record = await readMachine(name)
    if (record !== null) listed.push({ record, running: await isRunning(record) })
  }
  return listed
}

/** A new base image; not under living appliances, whose disks stand on the old one. */
export async function checkNothingStandsOnBase(): Promise<void> {
  const names = await listMachineNames()
  if (names.length === 0) return
  throw new LabFailure('lab-in-use', `${names.join(', ')} stand on the base image: npm run lab -- down first`)
}

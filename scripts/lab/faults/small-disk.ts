// A nearly full disk, without filling the host's: what is in the folder moves onto a small ext4 file system
// of its own (a sparse file on a loop device), which has room for a few MiB more and then says ENOSPC.
import { open, rm } from 'node:fs/promises'
import { machineFolders } from '../folders.ts'
import { mustRun, runCommand } from '../host/run-command.ts'
import { LabFailure } from '../lab-failure.ts'
import { mustRunInside, runInside } from '../machine/inside.ts'
import { type MachineRecord, writeMachine } from '../machine/machine-record.ts'

const mebibyte = 1024 * 1024
const freeMebibytes = 16
const node = '/dev/rackside-lab-small-disk'
const side = '/run/rackside-lab-small-disk'

/** `room`: how many MiB are to be free, as words have it. */
export async function fillDisk(record: MachineRecord, path: string, room = `${freeMebibytes}`): Promise<string> {
  if (record.smallDisk !== null) return `${record.smallDisk} already has little room`
  if (!/^\/[A-Za-z0-9/._-]+$/.test(path)) throw new LabFailure('usage', `not an absolute path: ${path}`)
  if (!/^\d{1,5}$/.test(room)) throw new LabFailure('usage', 'disk full takes a path and MiB: disk full /srv 900')
  await mustRunInside(record, ['mkdir', '-p', path])
  const content = await mustRunInside(record, ['du', '--bytes', '--summarize', path])
  const files = await mustRunInside(record, ['sh', '-c', 'find "$0" | wc -l', path])
  const bytes = Number.parseInt(content, 10) + Number(room) * mebibyte
  await makeFileSystem(record, bytes, Number.parseInt(files, 10))
  await mountThere(record, side)
  await mustRunInside(record, ['sh', '-ec', `rmdir "$0/lost+found"; cp -a "$1/." "$0/"; umount "$0"`, side, path])
  await mountThere(record, path)
  await writeMachine({ ...record, smallDisk: path })
  return `${path} has ${await freeMib(record, path)} MiB free`
}

/** What was written meanwhile stays: it is copied back under the mount. */
export async function restoreDisk(record: MachineRecord): Promise<string> {
  const path = record.smallDisk
  if (path === null) return 'no disk was made small'
  const isMounted = (await runInside(record, ['mountpoint', '-q', path])).exitCode === 0
  if (isMounted) {
    // Lazily where something still has a file open: the name is free at once.
    const move = 'mkdir -p "$0"; mount --bind "$1" "$0"; umount "$1" 2>/dev/null || umount --lazy "$1"'
    await mustRunInside(record, ['sh', '-ec', move, side, path])
  } else {
    await mountThere(record, side)
  }
  const copyBack = 'find "$1" -mindepth 1 -delete; cp -a "$0/." "$1/"; umount "$0"; rmdir "$0"'
  await mustRunInside(record, ['sh', '-ec', copyBack, side, path])
  await releaseSmallDisk(record)
  await writeMachine({ ...record, smallDisk: null })
  return `${path} has ${await freeMib(record, path)} MiB free`
}

/** After a boot: the small disk is still there, as a real one would be. */
export async function mountSmallDisk(record: MachineRecord, path: string): Promise<void> {
  await mountThere(record, path)
}

/** Deletes the file; the loop device frees itself when its last mount goes. */
export async function releaseSmallDisk(record: MachineRecord): Promise<void> {
  const { disk } = machineFolders(record.name)
  for (const device of await loopDevicesOf(disk)) await runCommand(['losetup', '--detach', device])
  await rm(disk, { force: true })
}

/** For `neededBytes`, those to be free among them. */
async function makeFileSystem(record: MachineRecord, neededBytes: number, files: number): Promise<void> {
  const { disk } = machineFolders(record.name)
  // Whole blocks for each file, and 2 % for ext4's own tables.
  const bytes = Math.ceil((neededBytes + files * 4096) * 1.02) + 2 * mebibyte
  const file = await open(disk, 'w', 0o600)
  await file.truncate(Math.ceil(bytes / mebibyte) * mebibyte)
  await file.close()
  const inodes = String(Math.max(4096, files * 2))
  await mustRun(['mkfs.ext4', '-q', '-m', '0', '-N', inodes, '-O', '^has_journal,^resize_inode', disk])
}

/** The appliance has no loop devices: the host's is given to it as a node for the time of the mount. */
async function mountThere(record: MachineRecord, path: string): Promise<void> {
  const { disk } = machineFolders(record.name)
  const [device] = await loopDevicesOf(disk)
  const loop = device ?? (await mustRun(['losetup', '--find', '--show', disk])).trim()
  const number = await mustRun(['stat', '--format=%Hr %Lr', loop])
  const script = `mkdir -p "$0"; rm -f ${node}; mknod -m 0600 ${node} b $1 $2; mount -t ext4 ${node} "$0"; rm -f ${node}`
  await mustRunInside(record, ['sh', '-ec', script, path, ...number.trim().split(' ')])
  // Detaching a mounted device only marks it: it goes when it is no longer mounted.
  await mustRun(['losetup', '--detach', loop])
}

async function loopDevicesOf(disk: string): Promise<string[]> {
  const list = await runCommand(['losetup', '--noheadings', '--output', 'NAME', '--associated', disk])
  return list.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

async function freeMib(record: MachineRecord, path: string): Promise<string> {
  const free = await runInside(record, ['df', '--block-size=M', '--output=avail', path])
  return free.stdout.trim().split('\n').at(-1)?.replace('M', '').trim() ?? '?'
}

// Free space on the simulated disks: what Rackside sent, what the engine unpacked, and what was there before. While
// the disk is full every filesystem is, so that nothing can be written anywhere.
import { chunkBytes } from '../../../shared/domain/artifact.ts'
import {
  remoteArtifacts,
  remoteDeployments,
  remoteJournal,
  remoteRoot,
  remoteStaging,
} from '../../../shared/domain/remote-layout.ts'
import { drillIsOn, type Machine } from '../machine.ts'
import type { Disk } from './preset-shape.ts'
import { presets } from './presets.ts'

/** What `show PURPOSE FOLDER` of shared/facts/spaces.ts prints; a folder that is not there counts as its parent. */
export function spaceText(machine: Machine, purpose: string, folder: string): string {
  const path = nearestFolder(machine, folder)
  const disk = diskOf(machine, path)
  const [total, used, available] = kibibytes(machine, disk)
  const capacity = `${Math.ceil((used / (used + available)) * 100)}%`
  const width = Math.max(14, disk.filesystem.length)
  const row = (cells: readonly [string, string, string, string, string, string]) =>
    `${cells[0].padEnd(width)} ${cells[1].padStart(11)} ${cells[2].padStart(10)} ${cells[3].padStart(10)} ${cells[4].padStart(8)} ${cells[5]}\n`
  const head = row(['Filesystem', '1024-blocks', 'Used', 'Available', 'Capacity', 'Mounted on'])
  const figures = row([disk.filesystem, `${total}`, `${used}`, `${available}`, capacity, disk.mount])
  return `space ${purpose} ${path}\n${head}${figures}`
}

/** Where things of ours are written. */
export function freeBytes(machine: Machine): number {
  return kibibytes(machine, diskOf(machine, remoteRoot))[2] * 1024
}

/** Whether anything of Rackside was ever put on the machine: before that its folder is not there. */
export function hasOurFolder({ state }: Machine): boolean {
  const files = Object.keys(state.files).some((path) => path.startsWith(`${remoteRoot}/`))
  return files || Object.keys(state.artifacts).length > 0 || Object.keys(state.staged).length > 0
}

function kibibytes(machine: Machine, disk: Disk): [total: number, used: number, available: number] {
  const total = Math.floor(disk.totalBytes / 1024)
  const ours = disk === diskOf(machine, remoteRoot) ? writtenBytes(machine) : 0
  const used = Math.min(total, Math.ceil((disk.baseUsedBytes + ours) / 1024))
  return drillIsOn(machine, 'fill-disk') ? [total, total, 0] : [total, used, total - used]
}

/** The engine's folder is on the same filesystem as ours: both are under /var/lib. */
function writtenBytes({ state }: Machine): number {
  const artifacts = Object.values(state.artifacts).map((one) => one.bytes)
  const staged = Object.values(state.staged).map(({ bytes, chunks }) =>
    Math.min(bytes, Object.keys(chunks).length * chunkBytes),
  )
  const images = state.images.map((image) => image.unpackedBytes)
  return [...artifacts, ...staged, ...images].reduce((sum, bytes) => sum + bytes, 0)
}

/** The filesystem with the longest mount point above a folder. */
function diskOf({ state }: Machine, folder: string): Disk {
  return presets[state.preset].disks.reduce((best, disk) =>
    isWithin(folder, disk.mount) && disk.mount.length > best.mount.length ? disk : best,
  )
}

const systemFolders = ['/', '/var', '/var/lib', '/var/lib/docker', '/var/lib/containerd', '/home', '/opt', '/srv']
const ourFolders = [remoteRoot, remoteArtifacts, remoteStaging, remoteDeployments, remoteJournal]

function nearestFolder(machine: Machine, folder: string): string {
  const there = hasOurFolder(machine) ? [...systemFolders, ...ourFolders] : systemFolders
  return there.filter((one) => isWithin(folder, one)).sort((a, b) => b.length - a.length)[0] ?? '/'
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`)
}

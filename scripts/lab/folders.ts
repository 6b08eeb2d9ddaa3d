// Everything the lab keeps lies under one cache folder outside the repository, so that a fresh
// checkout reuses an earlier base image.
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder `scripts/lab` of this checkout (the runner sets it at bundling time). */
export const labSourceFolder = import.meta.dirname
export const repositoryFolder = join(labSourceFolder, '..', '..')

export function labHome(): string {
  const cache = process.env['XDG_CACHE_HOME']
  return join(cache !== undefined && cache !== '' ? cache : join(homedir(), '.cache'), 'rackside-lab')
}

export const machinesFolder = (): string => join(labHome(), 'machines')
export const keysFolder = (): string => join(labHome(), 'keys')

export interface MachineFolders {
  top: string
  /** The overlay: what differs from the base, the kernel's scratch folder, the merged tree. */
  upper: string
  work: string
  root: string
  /** Plain folders: Docker's overlay2 cannot sit on an overlay. */
  docker: string
  containerd: string
  record: string
  consoleLog: string
  knownHosts: string
  disk: string
}

export function machineFolders(name: string): MachineFolders {
  const top = join(machinesFolder(), name)
  return {
    top,
    upper: join(top, 'up'),
    work: join(top, 'work'),
    root: join(top, 'root'),
    docker: join(top, 'docker'),
    containerd: join(top, 'containerd'),
    record: join(top, 'machine.json'),
    consoleLog: join(top, 'console.txt'),
    knownHosts: join(top, 'known_hosts'),
    disk: join(top, 'small-disk.ext4'),
  }
}

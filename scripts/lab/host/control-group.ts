// A control group of the lab's own for each appliance: everything that runs in it, however it was
// started, dies with one write. nspawn also makes a shadow of it in a legacy systemd hierarchy.
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LabFailure } from '../lab-failure.ts'

export async function makeGroup(name: string): Promise<string> {
  const [folder] = groupFolders(name, await readFile('/proc/self/mounts', 'utf8'))
  if (folder === undefined) throw new LabFailure('host-command-failed', 'this host has no cgroup v2 mounted')
  await mkdir(folder, { recursive: true })
  return folder
}

export async function killGroup(name: string): Promise<void> {
  const folders = groupFolders(name, await readFile('/proc/self/mounts', 'utf8'))
  for (const folder of folders.filter((each) => existsSync(each))) {
    await writeFile(join(folder, 'cgroup.kill'), '1').catch(() => undefined)
    for (let attempt = 0; attempt < 100 && existsSync(folder); attempt += 1) {
      await removeGroups(folder)
      if (existsSync(folder)) await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** The group in the version 2 hierarchy first, then its shadow where a legacy hierarchy is mounted. */
export function groupFolders(name: string, mounts: string): string[] {
  const fields = mounts.split('\n').map((line) => line.split(' '))
  const unified = fields.filter(([, , type]) => type === 'cgroup2')
  const legacy = fields.filter(
    ([, , type, options]) => type === 'cgroup' && options?.split(',').includes('name=systemd') === true,
  )
  return [...unified.slice(0, 1), ...legacy].map(([, point]) => join(point ?? '', `rackside-lab.${name}`))
}

/** Control groups are removed from the leaves, with rmdir only. */
async function removeGroups(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (entry.isDirectory()) await removeGroups(join(folder, entry.name))
  }
  await rmdir(folder).catch(() => undefined)
}

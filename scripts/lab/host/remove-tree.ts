// Deleting what root mounted into is dangerous: unmount everything below first, and never cross into
// another file system while deleting.
import { readFile } from 'node:fs/promises'
import { LabFailure } from '../lab-failure.ts'
import { mustRun, runCommand } from './run-command.ts'

/** Mount points at or below a folder, deepest first, as /proc/self/mountinfo lists them. */
export function mountPointsBelow(mountInfo: string, folder: string): string[] {
  const points: string[] = []
  for (const line of mountInfo.split('\n')) {
    const point = line
      .split(' ')[4]
      ?.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
    if (point === folder || point?.startsWith(`${folder}/`) === true) points.push(point)
  }
  return points.reverse()
}

export async function unmountBelow(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const points = mountPointsBelow(await readFile('/proc/self/mountinfo', 'utf8'), folder)
    if (points.length === 0) return
    if (attempt === 50) {
      throw new LabFailure('host-command-failed', `${points[0]} is still in use: it cannot be unmounted`)
    }
    for (const point of points) await runCommand(['umount', point])
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

export async function removeTree(folder: string): Promise<void> {
  await unmountBelow(folder)
  await mustRun(['rm', '-rf', '--one-file-system', '--', folder])
}

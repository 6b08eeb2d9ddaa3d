// The state folder as it is at one moment, for whoever reads it slowly: second names of its files, made in one go without a
// pause. A document that is replaced meanwhile stays here as it was; of a file that grows, the length of that moment counts.
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { BackupPart } from '../../shared/domain/backup.ts'
import { type Placed, placeOf } from './state-parts.ts'

export type StateFile = {
  /** Inside the state folder, with "/". */
  readonly path: string
  readonly bytes: number
  /** Undefined: nobody knows it. */
  readonly placed: Placed | undefined
}

export type Snapshot = {
  readonly folder: string
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
  /** What is in the state folder is not touched. */
  remove(): void
}

/** Plain files; links and sockets are nobody's state. */
export function stateFiles(folder: string): StateFile[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  return found.flatMap((one) => {
    const file = join(one.parentPath, one.name)
    const about = statSync(file, { throwIfNoEntry: false })
    if (about === undefined) return []
    const path = relative(folder, file).split(sep).join('/')
    return [{ path, bytes: about.size, placed: placeOf(path) }]
  })
}

/** `id`: hex digits. Throws where the disk does not take it. Of the history a copy is made by whoever asks. */
export function takeSnapshot(folder: string, wanted: ReadonlySet<BackupPart>, id: string): Snapshot {
  forgetSnapshots(folder)
  const into = join(folder, `backup.${id}.new`)
  mkdirSync(into, { mode: 0o700 })
  const remove = () => rmSync(into, { recursive: true, force: true })
  try {
    const files = stateFiles(folder).filter(({ path, placed }) => isWanted(placed, wanted) && path !== 'history.db')
    for (const { path } of files) keepAt(join(folder, path), join(into, path))
    return { folder: into, files: files.map(({ path, bytes }) => ({ path, bytes })), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function isWanted(placed: Placed | undefined, wanted: ReadonlySet<BackupPart>): boolean {
  return placed !== undefined && 'part' in placed && wanted.has(placed.part)
}

/** Not every filesystem has hard links. */
function keepAt(file: string, at: string): void {
  mkdirSync(dirname(at), { recursive: true, mode: 0o700 })
  try {
    linkSync(file, at)
  } catch {
    copyFileSync(file, at)
  }
}

/** What a killed console left. */
function forgetSnapshots(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^backup\.[0-9a-f]+\.new$/.test(name)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

// Artifacts are kept one by one ("pieces"), each named by what went into it, and offline folders link to
// them: a change in the catalog does not write an image again.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Artifact, artifact } from '../../../shared/domain/artifact.ts'
import { labHome } from '../folders.ts'
import { progress } from '../progress.ts'

export interface Piece {
  record: Artifact
  file: string
}

/** Makes the bytes in `file` and says what they are; called only when they are not kept yet. */
export type PieceMaker = (file: string) => Promise<Artifact>

const piecesFolder = (): string => join(labHome(), 'pieces')

export async function keptPiece(id: string, hash: string, make: PieceMaker): Promise<Piece> {
  const folder = join(piecesFolder(), `${id}-${hash}`)
  const kept = await readPiece(folder)
  if (kept !== null) return kept
  progress(`making ${id}`)
  const building = `${folder}.building-${process.pid}`
  await mkdir(building, { recursive: true, mode: 0o755 })
  const record = artifact.parse(await make(join(building, 'bytes')))
  for (const name of await readdir(building)) {
    if (name !== 'bytes') await rm(join(building, name))
  }
  await writeFile(join(building, 'record.json'), JSON.stringify(record))
  await rm(folder, { recursive: true, force: true })
  await rename(building, folder)
  return { record, file: join(folder, 'bytes') }
}

async function readPiece(folder: string): Promise<Piece | null> {
  const text = await readFile(join(folder, 'record.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const record = artifact.safeParse(JSON.parse(text))
  return record.success ? { record: record.data, file: join(folder, 'bytes') } : null
}

/** Called under the artifacts' lock: removes unfinished pieces and those no offline folder links to. */
export async function removeUnusedPieces(): Promise<void> {
  for (const name of await readdir(piecesFolder()).catch(() => [])) {
    const folder = join(piecesFolder(), name)
    const links = (await stat(join(folder, 'bytes')).catch(() => null))?.nlink ?? 0
    if (links < 2) await rm(folder, { recursive: true, force: true })
  }
}

// Writes a bundle folder's documents and artifacts as one file or as parts. What is written beside its name takes the
// name only when all of it is on the medium.
import { createHash, type Hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { plainReading } from '../../files/plain-file.ts'
import { headBytes, partFileName, sha256Of } from './form.ts'
import { type LaidOut, layOut, withHashes } from './lay-out.ts'

const pieceBytes = 4 * 1024 * 1024

export type ToWrite = {
  readonly name: string
  /** By name; `documentName` in form.ts says which there may be. */
  readonly documents: ReadonlyMap<string, Uint8Array>
  readonly carried: readonly { readonly artifact: Pick<Artifact, 'id' | 'sha256' | 'bytes'>; readonly file: string }[]
  readonly folder: string
  readonly mostPartBytes: number
  readonly onBytes?: (bytes: number) => void
}

/** The files it became, in order. Nothing that lies there is overwritten. */
export async function writeContainer(wanted: ToWrite): Promise<Result<string[]>> {
  const { name, folder, carried, mostPartBytes } = wanted
  const documents = [...wanted.documents].map(([document, bytes]) => ({
    ...{ name: document, bytes: bytes.length, sha256: sha256Of(bytes) },
  }))
  const laid = layOut({ name, documents, carried: carried.map(({ artifact }) => artifact), mostPartBytes })
  if (!laid.ok) return laid
  const files = laid.value.map(({ head }) => join(folder, partFileName(name, head.part, head.parts)))
  const there = files.find((file) => existsSync(file))
  if (there !== undefined) return unusable(there, 'there is such a file already')
  const building = files.map((file) => `${file}.building`)
  try {
    await writeParts(wanted, laid.value, building)
    for (const [at, file] of files.entries()) await rename(building[at] ?? '', file)
    return ok(files)
  } catch (error) {
    for (const file of building) await rm(file, { force: true })
    const { code, message, path = folder } = error as NodeJS.ErrnoException
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    return isFull ? fail({ kind: 'disk-full', path: folder, detail: message }) : unusable(path, message)
  }
}

function unusable(file: string, problem: string): Result<never> {
  return fail({ kind: 'container-unusable', file: evidence(file, 490), problem: evidence(problem, 490) })
}

async function writeParts(wanted: ToWrite, laid: readonly LaidOut[], files: readonly string[]): Promise<void> {
  const parts = laid.map((one, at) => ({ ...one, file: files[at] ?? '' }))
  const hashes: string[] = []
  const payload = piecesOf(wanted)
  try {
    await writeShares(wanted, parts, payload, hashes)
  } finally {
    // It may have a file open.
    await payload.return(undefined)
  }
  const [first] = parts
  if (first === undefined) return
  const handle = await open(first.file, 'r+')
  try {
    await handle.write(withHashes(first, hashes), 0, first.headBytes, 0)
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

type ToFill = LaidOut & { readonly file: string }

async function writeShares(
  wanted: ToWrite,
  parts: readonly ToFill[],
  payload: AsyncGenerator<Buffer>,
  hashes: string[],
): Promise<void> {
  let left: Buffer = Buffer.alloc(0)
  for (const part of parts) {
    // What a killed process left.
    await rm(part.file, { force: true })
    const handle = await open(part.file, 'wx', 0o644)
    try {
      await handle.write(headBytes(part.head, part.headBytes), 0, part.headBytes, 0)
      const hash = createHash('sha256')
      let at = 0
      while (at < part.head.bytes) {
        if (left.length === 0) left = await nextOf(payload)
        const share = left.subarray(0, part.head.bytes - at)
        await put(handle, { hash, share, position: part.headBytes + at })
        at += share.length
        left = left.subarray(share.length)
        wanted.onBytes?.(share.length)
      }
      await handle.datasync()
      hashes.push(hash.digest('hex'))
    } finally {
      await handle.close()
    }
  }
}

type Share = { readonly hash: Hash; readonly share: Buffer; readonly position: number }

/** The medium takes it while it is hashed. */
async function put(handle: FileHandle, { hash, share, position }: Share): Promise<void> {
  const written = writeWhole(handle, share, position)
  hash.update(share)
  await written
}

/** One write may take only a part of the bytes. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    if (bytesWritten === 0) throw new Error(`only ${at} of ${bytes.length} bytes could be written`)
    at += bytesWritten
  }
}

async function nextOf(payload: AsyncGenerator<Buffer>): Promise<Buffer> {
  const next = await payload.next()
  if (next.done === true) throw new Error('there is less than was laid out')
  return next.value
}

async function* piecesOf({ documents, carried }: ToWrite): AsyncGenerator<Buffer> {
  for (const bytes of documents.values()) yield Buffer.from(bytes)
  for (const { artifact, file } of carried) {
    const handle = await open(file, plainReading)
    try {
      let at = 0
      while (at < artifact.bytes) {
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, artifact.bytes - at))
        const { bytesRead } = await handle.read(piece, 0, piece.length, at)
        if (bytesRead === 0) throw new Error(`${file} (${artifact.id}) has become shorter`)
        at += bytesRead
        yield piece.subarray(0, bytesRead)
      }
    } finally {
      await handle.close()
    }
  }
}

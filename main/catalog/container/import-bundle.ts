// A bundle in one file or in parts becomes a folder of the console's store. What is not there, or not right, is named
// and everything else is kept: with the pieces that were missing it goes on.
import { existsSync } from 'node:fs'
import { open, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Artifact, artifactFileName } from '../../../shared/domain/artifact.ts'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { reserveBytes } from '../../../shared/domain/disk-reserve.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { plainReading } from '../../files/plain-file.ts'
import type { Chunk } from './check-chunks.ts'
import { checkImages } from './check-images.ts'
import { bytesToWrite, fillPool, type Given } from './fill-pool.ts'
import type { Container } from './open-container.ts'
import { payloadOf } from './read-payload.ts'
import {
  homeOf,
  install,
  isInPool,
  keepIncoming,
  keepPartsHad,
  makeStore,
  partsHad,
  poolKey,
  sweepPool,
} from './store.ts'
import { troublesOf } from './troubles.ts'

export type Importing = {
  readonly store: string
  /** Folders of other bundles, where an artifact that the file leaves out may lie. */
  readonly others: readonly string[]
  /** `doneBytes`: of all artifacts that the bundle has. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
  readonly signal: AbortSignal
  /** Free bytes where the store lies; absent: as the system says. */
  readonly freeBytes?: () => Promise<number>
}

export type Imported = { readonly folder: string; readonly copiedBytes: number; readonly presentBytes: number }

export async function importBundle(container: Container, importing: Importing): Promise<Result<Imported>> {
  try {
    return await carryOut(container, importing)
  } catch (error) {
    return fail(failureOf(importing.store, error))
  }
}

async function carryOut(container: Container, importing: Importing): Promise<Result<Imported>> {
  const { store, signal } = importing
  const { header, artifacts } = container
  const home = homeOf(store, container)
  const all = distinct(artifacts)
  const totalBytes = sumOf(all)
  if (existsSync(home)) return ok({ folder: home, copiedBytes: 0, presentBytes: totalBytes })
  makeStore(store)
  keepIncoming(store, container)
  const missing = all.filter((artifact) => !isInPool(store, artifact))
  const presentBytes = totalBytes - sumOf(missing)
  const space = await checkSpace(importing, missing)
  if (!space.ok) return space
  let doneBytes = presentBytes
  importing.onProgress(doneBytes, totalBytes)
  const onBytes = (bytes: number) => {
    doneBytes += bytes
    importing.onProgress(doneBytes, totalBytes)
  }
  const pieces = await fill(container, missing, { ...importing, onBytes })
  if (signal.aborted) return fail({ kind: 'cancelled', at: 'the import' })
  if (missing.some((artifact) => !isInPool(store, artifact))) return fail(incomplete(header.name, pieces))
  const images = await checkImages(store, all, signal)
  if (!images.ok) return images
  if (signal.aborted) return fail({ kind: 'cancelled', at: 'the import' })
  const folder = await install(store, container)
  sweepPool(store)
  return ok({ folder, copiedBytes: totalBytes - presentBytes, presentBytes })
}

function distinct(artifacts: readonly Artifact[]): Artifact[] {
  return [...new Map(artifacts.map((one) => [poolKey(one), one])).values()]
}

function sumOf(artifacts: readonly Artifact[]): number {
  return artifacts.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function checkSpace({ store, freeBytes }: Importing, missing: readonly Artifact[]): Promise<Result<void>> {
  const needBytes = (await bytesToWrite(store, missing)) + reserveBytes
  const free = await (freeBytes ?? (() => freeAt(store)))()
  return free >= needBytes ? ok(undefined) : fail({ kind: 'disk-too-small', path: store, needBytes, freeBytes: free })
}

async function freeAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

type Filling = Importing & { readonly onBytes: (bytes: number) => void }

async function fill(container: Container, missing: readonly Artifact[], importing: Filling): Promise<BundlePiece[]> {
  const { store, signal, onBytes, others } = importing
  const carried = new Map(container.carried.map(({ artifact, offset }) => [artifact.sha256, offset]))
  const payload = payloadOf(container)
  try {
    const had = partsHad(store, container.head.file)
    const troubles = troublesOf(container, payload, had)
    /** What none of the copies gave. */
    const lostOf = new Map<Chunk, readonly number[]>()
    const offsetOf = (chunk: Chunk) => (carried.get(chunk.artifact.sha256) ?? 0) + chunk.offset
    const rangeOf = (chunk: Chunk) => ({ offset: offsetOf(chunk), bytes: chunk.bytes })
    await fillPool({
      ...{ store, signal, onBytes },
      artifacts: missing.filter(({ sha256 }) => carried.has(sha256)),
      source: {
        has: (chunk) => payload.has(rangeOf(chunk)),
        choices: (chunk) => payload.choices(rangeOf(chunk)),
        read: async (chunk, into, choice) => {
          const { given, lost } = await payload.read(offsetOf(chunk), into, choice)
          const before = lostOf.get(chunk) ?? lost
          lostOf.set(
            chunk,
            before.filter((part) => lost.includes(part)),
          )
          return given
        },
        absent: (chunk) => troubles.lost(chunk, offsetOf(chunk), payload.partsOf(rangeOf(chunk))),
        wrong: (chunk) => {
          const lost = lostOf.get(chunk) ?? []
          if (lost.length === 0) troubles.wrong(chunk, offsetOf(chunk))
          else troubles.lost(chunk, offsetOf(chunk), lost)
        },
      },
    })
    const elsewhere = missing.filter(({ sha256 }) => !carried.has(sha256))
    const absent = await fillFromOthers(elsewhere, others, { store, signal, onBytes })
    if (signal.aborted) return []
    const { pieces, sound } = await troubles.all()
    keepPartsHad(store, container.head.file, new Set([...had, ...sound]))
    return [...pieces, ...absent]
  } finally {
    await payload.close()
  }
}

/** What the file leaves out because the site has it: in the folder of a bundle that was opened here. */
async function fillFromOthers(
  artifacts: readonly Artifact[],
  others: readonly string[],
  filling: Pick<Filling, 'store' | 'signal' | 'onBytes'>,
): Promise<BundlePiece[]> {
  for (const artifact of artifacts) {
    for (const folder of others) {
      if (isInPool(filling.store, artifact)) break
      const file = join(folder, 'artifacts', artifactFileName(artifact.sha256))
      const read = ({ offset }: Chunk, into: Buffer) => readFrom(file, offset, into)
      const source = { ...{ has: () => existsSync(file), choices: () => 1, read }, ...unsaid }
      await fillPool({ ...filling, artifacts: [artifact], source })
    }
  }
  return artifacts
    .filter((artifact) => !isInPool(filling.store, artifact))
    .map(({ id }) => ({ file: id, problem: 'missing', why: 'this bundle leaves it out, and it is not here' }))
}

/** What is not there, or not right, is looked for in the next folder. */
const unsaid = { absent: () => undefined, wrong: () => undefined }

async function readFrom(file: string, offset: number, into: Buffer): Promise<Given[]> {
  const handle = await open(file, plainReading).catch(() => undefined)
  let at = 0
  try {
    while (at < into.length) {
      const got = await handle?.read(into, at, into.length - at, offset + at)
      if (got === undefined || got.bytesRead === 0) break
      at += got.bytesRead
    }
  } catch {
    // The medium it lies on may be gone: then it is not here, as its hash will say.
  } finally {
    await handle?.close()
  }
  return at === 0 ? [] : [{ offset: 0, bytes: at }]
}

function incomplete(name: string, pieces: readonly BundlePiece[]): Failure {
  // A file that is another bundle's is not missing as well.
  const each = pieces.filter(({ file }, at) => pieces.findIndex((one) => one.file === file) === at)
  return { kind: 'bundle-incomplete', name, pieces: each.map(({ file, problem }) => ({ file, problem })) }
}

function failureOf(store: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  const detail = evidence(message, 490)
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', path: store, detail }
  return { kind: 'state-unwritable', folder: store, detail }
}

// Segments follow one another without a gap: the key of the full one says which is next and signs its end, is destroyed,
// the file gets its place among the full ones, and the next begins with the digest of that end. Cut off between any two of
// these, the next writer goes on where it stopped.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs'
import { basename } from 'node:path'
import type * as z from 'zod'
import { ownActs, type stretchBegin, stretchEnd, successionText } from '../../../shared/domain/audit-own-acts.ts'
import type { SealedRecord } from '../../../shared/domain/audit-record.ts'
import { syncFolder, writeEveryByte } from '../folder.ts'
import { type AuditLine, byItself, chained, type Head, noHead } from './audit-line.ts'
import { type AuditPlaces, closedEpochs, legacyNumbers, sha256Of } from './audit-places.ts'
import { addCheckpointLine, checkpointsIn, signedCheckpoint } from './checkpoint-file.ts'
import { type EpochKey, makeEpochKey, readEpochKey, replaceKey } from './epoch-key.ts'
import { readSegment, type Segment } from './segment.ts'

/** What was found where the next record goes. `opening`: it begins a file and comes first. */
export type Found =
  | { readonly segment: Segment; readonly opening?: undefined }
  | { readonly head: Head; readonly begin: z.infer<typeof stretchBegin>; readonly opening: AuditLine }

/** Finishes what was cut off, and finds the end of the chain. Throws. */
export function findEnd(places: AuditPlaces, at: string): Found {
  const segment = readSegment(places.active)
  if (segment === 'foreign') {
    return beginNext(places, at, [setAside(places)])
  }
  if (segment === 'none') return beginNext(places, at)
  if (!isEnd(segment.last)) return { segment }
  finishRotation(places, segment)
  return beginNext(places, at)
}

function isEnd({ act }: SealedRecord): boolean {
  return act === ownActs.epochEnd
}

/** Lines of before there was a chain are kept as they are. */
function setAside(places: AuditPlaces): number {
  const number = (legacyNumbers(places).at(-1) ?? 0) + 1
  renameSync(places.active, places.legacy(number))
  syncFolder(places.folder)
  syncFolder(places.stateFolder)
  return number
}

/** The first segment names all that is of before it. */
function beginNext(places: AuditPlaces, at: string, aside: readonly number[] = []): Found {
  const [lastEpoch] = closedEpochs(places).slice(-1)
  const closed = lastEpoch === undefined ? undefined : readSegment(places.closed(lastEpoch))
  const before = typeof closed === 'object' ? closed : undefined
  const epoch = (lastEpoch ?? 0) + 1
  const kept = readEpochKey(places.key)
  const key = kept?.epoch === epoch ? kept : makeEpochKey(places.key, epoch)
  const { publicKey } = key
  const consoleId = before?.begin.consoleId ?? sha256Of(publicKey).slice(0, 32)
  const legacy = (epoch === 1 ? legacyNumbers(places) : aside).map((number) => about(places.legacy(number)))
  const begin = { consoleId, epoch, publicKey, ...(legacy.length > 0 && { legacy }) }
  const act = epoch === 1 ? ownActs.begin : ownActs.epochBegin
  return { head: before === undefined ? noHead : headOf(before.last), begin, opening: byItself(at, act, begin) }
}

function about(file: string) {
  const bytes = readFileSync(file)
  return { file: basename(file), bytes: bytes.length, sha256: sha256Of(bytes) }
}

export function headOf({ number, hash }: SealedRecord): Head {
  return { number, hash }
}

/** Ends the segment, whose last record is `head`. Throws; what was done until then is gone on with next time. */
export function rotate(places: AuditPlaces, segment: Segment, at: string): void {
  const { epoch, consoleId } = segment.begin
  const own = ownKey(places, segment)
  const { publicKey: next } = makeEpochKey(places.nextKey, epoch + 1)
  const text = successionText(consoleId, { epoch, next }, segment.last.hash)
  const input = { epoch, next, signature: own?.sign(text) ?? null }
  const { bytes } = chained(headOf(segment.last), [byItself(at, ownActs.epochEnd, input)])
  writeDurably(places.active, bytes)
  const ended = readSegment(places.active)
  if (typeof ended !== 'object' || !isEnd(ended.last)) throw new Error('the end of the segment is not in its file')
  finishRotation(places, ended)
}

export function ownKey({ key: file }: AuditPlaces, { begin }: Pick<Segment, 'begin'>): EpochKey | undefined {
  const key = readEpochKey(file)
  return key?.publicKey === begin.publicKey ? key : undefined
}

function finishRotation(places: AuditPlaces, ended: Segment): void {
  const { consoleId, epoch } = ended.begin
  const own = ownKey(places, ended)
  const head = headOf(ended.last)
  const isSigned = checkpointsIn(places.checkpoints).some(
    ({ number, hash }) => number === head.number && hash === head.hash,
  )
  if (own !== undefined && !isSigned) {
    addCheckpointLine(places.checkpoints, signedCheckpoint(own, { head, consoleId, at: ended.last.at }))
  }
  const announced = stretchEnd.safeParse(ended.last.input)
  const next = readEpochKey(places.nextKey)
  if (next !== undefined && next.publicKey === announced.data?.next) replaceKey(places.nextKey, places.key)
  const place = places.closed(epoch)
  if (existsSync(place)) throw new Error(`${basename(place)} is there already`)
  renameSync(places.active, place)
  syncFolder(places.folder)
  syncFolder(places.stateFolder)
}

/** Behind what is in the file. Throws. */
function writeDurably(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'a', 0o600)
  try {
    writeEveryByte(descriptor, bytes)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

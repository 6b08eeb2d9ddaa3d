// Walks along the bytes of an audit, segment by segment, and says of every record whether it is the one that follows. Works
// on bytes alone: whoever has the files can do it, on any computer.
import {
  foundGap,
  ownActs,
  stretchBegin,
  stretchEnd,
  successionText,
  voided,
} from '../../../shared/domain/audit-own-acts.ts'
import { beforeAll, type SealedRecord } from '../../../shared/domain/audit-record.ts'
import type { findings } from '../../../shared/domain/audit-report.ts'
import { sha256Of } from './audit-places.ts'
import { isSignedBy } from './epoch-key.ts'
import { linesOf, type ReadLine } from './lines.ts'

export type SegmentBytes = { readonly file: string; readonly bytes: Buffer }

type Found = ReturnType<typeof findings>
type Stretch = { readonly consoleId: string; readonly epoch: number; readonly publicKey: string }

export type Walk = {
  readonly found: Found
  readonly isPart: boolean
  /** Numbers may be left out, and are never doubled or in another order. */
  readonly isCopy: boolean
  records: number
  first: SealedRecord | undefined
  last: SealedRecord | undefined
  stretch: Stretch | undefined
  /** The key that the last segment made way for; null where it did not say so in a way that counts. */
  announced: string | null | undefined
  /** With the key that speaks for it. */
  seen(record: SealedRecord, stretch: Stretch | undefined): void
}

export function walkSegment(walk: Walk, { file, bytes }: SegmentBytes): void {
  const lines = linesOf(bytes)
  let strangeFrom: number | undefined
  lines.forEach((line, index) => {
    const record = takenRecord(lines, index)
    if (record === undefined) {
      strangeFrom ??= line.at
      return
    }
    if (strangeFrom !== undefined) strange(walk, file, { bytes: bytes.subarray(strangeFrom, line.at), behind: record })
    strangeFrom = undefined
    if (line.read?.hashIsRight === false) walk.found.problem('record-changed', file, record.number)
    follow(walk, file, record)
  })
  if (strangeFrom === undefined) return
  const rest = bytes.subarray(strangeFrom)
  const number = walk.last?.number ?? 0
  if (rest.includes(0x0a)) walk.found.problem('line-strange', file, number)
  else walk.found.note('cut-end', file, number)
}

/** A whole record whose line end alone was cut off was never told to be written: the next one says so. */
function takenRecord(lines: readonly ReadLine[], index: number): SealedRecord | undefined {
  const line = lines[index]
  if (line?.read === undefined || !line.isEnded) return undefined
  const next = lines[index + 1]?.read?.record
  const isCut = next?.act === ownActs.gap && next.number === line.read.record.number
  return isCut ? undefined : line.read.record
}

type Strange = { readonly bytes: Buffer; readonly behind: SealedRecord }

/** Only what the record behind it names, and what has no line end in it, can be a record that was cut short. */
function strange({ found, isCopy }: Walk, file: string, { bytes, behind }: Strange): void {
  const gap = behind.act === ownActs.gap ? foundGap.safeParse(behind.input).data : undefined
  const named = gap === undefined ? undefined : bytes.subarray(0, gap.bytes)
  const rest = bytes.length - (named?.length ?? 0)
  const isNamed = named !== undefined && rest <= 1 && sha256Of(named) === gap?.sha256
  // On an appliance nobody comes back to say so.
  if (isCopy || (isNamed && !named.includes(0x0a))) found.note('gap', file, behind.number)
  else found.problem('line-strange', file, behind.number)
}

function follow(walk: Walk, file: string, record: SealedRecord): void {
  const { found, last } = walk
  const { number } = record
  walk.records += 1
  walk.first ??= record
  const isNext = last === undefined || number === last.number + 1
  if (!isNext && !(walk.isCopy && number > last.number)) found.problem('number-wrong', file, number)
  else if (isNext && last !== undefined && record.previous !== last.hash) found.problem('link-broken', file, number)
  if (number === 1 && record.previous !== beforeAll) found.problem('link-broken', file, number)
  if (record.act === ownActs.begin || record.act === ownActs.epochBegin) begin(walk, file, record)
  else if (last?.act === ownActs.epochEnd) found.problem('segment-wrong', file, number)
  if (record.act === ownActs.epochEnd) end(walk, file, record)
  if (record.act === ownActs.void) found.note('voided', file, voided.safeParse(record.input).data?.number ?? number)
  walk.last = record
  walk.seen(record, walk.stretch)
}

function begin(walk: Walk, file: string, record: SealedRecord): void {
  const { found, stretch, announced, last } = walk
  const read = stretchBegin.safeParse(record.input).data
  const isFirst = record === walk.first
  const follows =
    read !== undefined &&
    (isFirst ||
      (read.consoleId === stretch?.consoleId && read.epoch === stretch.epoch + 1 && last?.act === ownActs.epochEnd))
  if (!follows || (record.act === ownActs.begin) !== (record.number === 1)) {
    found.problem('segment-wrong', file, record.number)
  } else if (!isFirst && announced !== read.publicKey) found.problem('key-unannounced', file, record.number)
  if (read !== undefined) walk.stretch = read
}

function end(walk: Walk, file: string, record: SealedRecord): void {
  const { found, stretch } = walk
  const said = stretchEnd.safeParse(record.input).data
  walk.announced = null
  if (said === undefined || stretch === undefined) {
    if (!walk.isPart) found.problem('segment-wrong', file, record.number)
    return
  }
  const text = successionText(stretch.consoleId, said, record.previous)
  const isSigned = said.signature !== null && isSignedBy(stretch.publicKey, text, said.signature)
  if (isSigned && said.epoch === stretch.epoch) walk.announced = said.next
  else found.problem('key-unannounced', file, record.number)
}

// The far side of the lease protocol (main/connect/lease.ts is the near one): the opening with the wrapper, then
// heartbeats and data frames, taken from a byte stream as they come. Whatever else comes is nonsense, and the end.
import { readQuotedWord } from '../../../shared/domain/quote.ts'
import { type HeadOf, readScriptHead } from '../../../shared/domain/script-head.ts'

export type LeaseOpening = { readonly lease: HeadOf<'lease'>; readonly work: string }

export type LeaseEvents = {
  onOpening(opening: LeaseOpening): void
  /** Anything that keeps the lease. */
  onSign(): void
  onData(bytes: Uint8Array): void
  /** No more data will come; the lease goes on. */
  onEndOfData(): void
  /** What no console of ours writes. Nothing is read after it. */
  onNonsense(): void
}

const lineLimit = 4096
/** The longest script of ours has some hundred thousand. */
const wrapperLimit = 2 * 1024 * 1024

type Waiting = { readonly kind: 'line' | 'wrapper' | 'data' | 'nothing'; left: number }

/** Takes the bytes of standard input one after the other. */
export function leaseFrames(events: LeaseEvents): (bytes: Uint8Array) => void {
  let held = Buffer.alloc(0)
  let waiting: Waiting = { kind: 'line', left: 0 }
  let opened = false

  function giveUp(): void {
    waiting = { kind: 'nothing', left: 0 }
    held = Buffer.alloc(0)
    events.onNonsense()
  }

  function takeLine(line: string): void {
    const bytes = opened ? frameBytes(line) : wrapperBytes(line)
    if (opened) events.onSign()
    if (bytes === undefined) giveUp()
    else if (opened && line === endLine) events.onEndOfData()
    // Bytes with a place go to a file over there; the work here gets them behind the line that says where.
    else if (line.startsWith('@')) events.onData(Buffer.from(`${line}\n`))
    if (bytes !== undefined && bytes > 0) waiting = { kind: opened ? 'data' : 'wrapper', left: bytes }
  }

  function takeWrapper(): boolean {
    if (held.length < waiting.left) return false
    const opening = readOpening(held.subarray(0, waiting.left).toString('utf8'))
    held = held.subarray(waiting.left)
    waiting = { kind: 'line', left: 0 }
    opened = true
    if (opening === undefined) giveUp()
    else events.onOpening(opening)
    return true
  }

  function takeData(): boolean {
    const piece = held.subarray(0, waiting.left)
    if (piece.length === 0) return false
    held = held.subarray(piece.length)
    waiting.left -= piece.length
    if (waiting.left === 0) waiting = { kind: 'line', left: 0 }
    events.onSign()
    events.onData(piece)
    return true
  }

  function takeNext(): boolean {
    if (waiting.kind === 'nothing') return false
    if (waiting.kind === 'wrapper') return takeWrapper()
    if (waiting.kind === 'data') return takeData()
    const end = held.indexOf('\n')
    if (end > lineLimit || (end < 0 && held.length > lineLimit)) giveUp()
    else if (end >= 0) {
      const line = held.subarray(0, end).toString('latin1')
      held = held.subarray(end + 1)
      takeLine(line)
      return true
    }
    return false
  }

  return (bytes) => {
    if (waiting.kind === 'nothing') return
    held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes])
    while (takeNext());
  }
}

const beatLine = '0'
const endLine = 'E'

function wrapperBytes(line: string): number | undefined {
  const bytes = Number(/^eval "\$\(timeout [0-9]{1,4} dd bs=([0-9]{1,9}) count=1 /.exec(line)?.[1])
  return bytes > 0 && bytes <= wrapperLimit ? bytes : undefined
}

/** 0 for a line that begins no data; undefined for one that is no frame. */
function frameBytes(line: string): number | undefined {
  if (line === beatLine || line === endLine) return 0
  const [, blockBytes, count] = /^@([0-9]{1,6}) [0-9]{1,12} ([0-9]{1,6})$/.exec(line) ?? []
  if (blockBytes !== undefined) return Number(blockBytes) * Number(count)
  const blocks = /^B([0-9]{1,6})$/.exec(line)?.[1]
  const bytes = blocks === undefined ? Number(/^[0-9]{1,9}$/.exec(line)?.[0]) : Number(blocks) * 64 * 1024
  return Number.isNaN(bytes) ? undefined : bytes
}

function readOpening(wrapper: string): LeaseOpening | undefined {
  const lease = readScriptHead(wrapper)
  const mark = '\nrackside_text='
  const at = wrapper.indexOf(mark)
  const work = at < 0 ? undefined : readQuotedWord(wrapper, at + mark.length)
  return lease?.block === 'lease' && work !== undefined ? { lease, work } : undefined
}

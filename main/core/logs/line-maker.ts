// From messages of a log to the lines that are shown. Docker stores a long line in pieces, each with the time of the first
// one: they become one line again, of which the beginning is kept and the rest is counted. What was read before a reader
// came back is left out.
import type { EngineLogMessage } from '../../../shared/domain/connection.ts'
import { type LogLine, type LogPlace, type LogStream, longestLineBytes } from '../../../shared/domain/log.ts'
import { shownLines } from '../../../shared/domain/log-text.ts'

/** `place`: a reader that has this line goes on there; undefined while no message told its time. */
export type PlacedLine = { readonly line: LogLine; readonly place: LogPlace | undefined }

export type LineMaker = {
  take(message: EngineLogMessage): PlacedLine[]
  /** What is not a whole line yet, and will not become one. */
  rest(): PlacedLine[]
}

type Begun = { readonly at: string; readonly pieces: Uint8Array[]; keptBytes: number; cutBytes: number }

/** `after`: so many messages of that moment come once more, and were read. */
export function lineMaker(after?: LogPlace): LineMaker {
  const begun = new Map<LogStream, Begun>()
  const isRead = readBefore(after)
  let place = after

  function flush(stream: LogStream, before: LogPlace | undefined): PlacedLine[] {
    const line = begun.get(stream)
    if (line === undefined) return []
    begun.delete(stream)
    const atMs = line.at === '' ? null : Date.parse(line.at)
    const texts = shownLines(Buffer.concat(line.pieces).toString('utf8'))
    return texts.map((text, index) => {
      if (index < texts.length - 1) return { line: { atMs, stream, text }, place: before }
      const cut = line.cutBytes === 0 ? {} : { cutBytes: line.cutBytes }
      return { line: { atMs, stream, text, ...cut }, place }
    })
  }

  return {
    take(message) {
      const { at, stream, bytes, cutBytes, endsLine } = message
      if (isRead(at)) return []
      const before = place
      if (at !== '') place = { at, messages: place?.at === at ? place.messages + 1 : 1 }
      const line = begun.get(stream) ?? { at, pieces: [], keptBytes: 0, cutBytes: 0 }
      const kept = bytes.subarray(0, longestLineBytes - line.keptBytes)
      if (kept.length > 0) line.pieces.push(kept)
      line.keptBytes += kept.length
      line.cutBytes += cutBytes + bytes.length - kept.length
      begun.set(stream, line)
      return endsLine ? flush(stream, before) : []
    },
    rest: () => [...begun.keys()].flatMap((stream) => flush(stream, place)),
  }
}

/** Asked once for each message, in their order. */
function readBefore(after: LogPlace | undefined): (at: string) => boolean {
  let left = after?.messages ?? 0
  return (at) => {
    if (after === undefined || left === 0 || at === '') return false
    if (at !== after.at) return at < after.at
    left -= 1
    return true
  }
}

// Bytes of the engine's log answer as messages. Without a terminal each message is a frame of its own: eight bytes of head,
// then the time, a blank and what was written, with a line end unless it is a piece of a long line. With a terminal the
// lines come as they are. However long a frame says it is, only its beginning is held.
import type { EngineLogMessage } from '../../shared/domain/connection.ts'
import { longestLineBytes } from '../../shared/domain/log.ts'

const headBytes = 8
/** "2026-11-28T13:00:00.000000000+08:00 " */
const longestStampBytes = 36
const stampShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{9})(Z|[+-]\d\d:\d\d) /
const lineEnd = 0x0a

/** What came with these bytes. Throws on what is no log. */
export type TakeBytes = (bytes: Buffer) => EngineLogMessage[]

export function framedMessages(): TakeBytes {
  const head = Buffer.alloc(headBytes)
  let headHeld = 0
  let left = 0
  let message = newMessage('stdout')
  return (bytes) => {
    const messages: EngineLogMessage[] = []
    let at = 0
    while (at < bytes.length) {
      if (headHeld < headBytes) {
        const taken = bytes.copy(head, headHeld, at, at + headBytes - headHeld)
        at += taken
        headHeld += taken
        if (headHeld < headBytes) break
        left = head.readUInt32BE(4)
        message = newMessage(streamOf(head))
      }
      const piece = bytes.subarray(at, at + left)
      message.add(piece)
      at += piece.length
      left -= piece.length
      if (left > 0) break
      headHeld = 0
      messages.push(message.end())
    }
    return messages
  }
}

function streamOf(head: Buffer): EngineLogMessage['stream'] {
  if ((head[0] ?? 3) > 2 || head.readUIntBE(1, 3) !== 0) throw new Error('no frames of a log')
  return head[0] === 2 ? 'stderr' : 'stdout'
}

export function plainMessages(): TakeBytes {
  let message = newMessage('stdout')
  return (bytes) => {
    const messages: EngineLogMessage[] = []
    let at = 0
    while (at < bytes.length) {
      const end = bytes.indexOf(lineEnd, at)
      const piece = bytes.subarray(at, end < 0 ? bytes.length : end + 1)
      message.add(piece)
      at += piece.length
      if (end < 0) break
      messages.push(message.end())
      message = newMessage('stdout')
    }
    return messages
  }
}

type Growing = { add(bytes: Buffer): void; end(): EngineLogMessage }

function newMessage(stream: EngineLogMessage['stream']): Growing {
  const pieces: Buffer[] = []
  let kept = 0
  let total = 0
  let last: number | undefined
  return {
    add(bytes) {
      const room = longestStampBytes + longestLineBytes - kept
      if (room > 0 && bytes.length > 0) {
        // A copy: a few bytes of it must not hold on to all that came with them.
        pieces.push(Buffer.from(bytes.subarray(0, room)))
        kept += Math.min(room, bytes.length)
      }
      total += bytes.length
      last = bytes.at(-1) ?? last
    },
    end() {
      const held = Buffer.concat(pieces)
      const { at, bytes: stampBytes } = stampIn(held)
      const endsLine = last === lineEnd
      const textBytes = Math.max(0, total - stampBytes - (endsLine ? 1 : 0))
      const bytes = held.subarray(stampBytes, stampBytes + Math.min(textBytes, longestLineBytes))
      return { at, stream, bytes, cutBytes: textBytes - bytes.length, endsLine }
    },
  }
}

/** In UTC, whatever the engine's own zone is. */
function stampIn(held: Buffer): { readonly at: string; readonly bytes: number } {
  const found = stampShape.exec(held.toString('latin1', 0, longestStampBytes))
  const milliseconds = found === null ? Number.NaN : Date.parse(`${found[1]}${found[3]}`)
  if (found === null || Number.isNaN(milliseconds)) return { at: '', bytes: 0 }
  return { at: `${new Date(milliseconds).toISOString().slice(0, 19)}.${found[2]}Z`, bytes: found[0].length }
}

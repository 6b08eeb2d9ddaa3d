// The way to a leased process's input: bytes cut into frames, with back-pressure, and heartbeats that
// never fall inside a frame. Frames grow while the link takes them quickly and shrink when it does not,
// so that on a slow line the next heartbeat is never far behind.

import { blockBytes, endFrame, frameHead, heartbeatFrame } from './lease.ts'
import type { ProcessChannel } from './link.ts'

const smallestFrameBytes = 1024 * 1024
const largestFrameBytes = 8 * 1024 * 1024
const quickMilliseconds = 500
const slowMilliseconds = 4000

export type InputLane = {
  /** The wrapper itself, as it is. */
  open(bytes: Uint8Array): void
  beat(): void
  /** Sends exactly that many bytes; false when the process is gone. Throws when the source does, or is too short. */
  feed(
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    bytes: number,
    onSent?: (bytes: number) => void,
  ): Promise<boolean>
  end(): void
  shut(): void
}

export function inputLane(channel: ProcessChannel): InputLane {
  const { input } = channel
  let isOpen = true
  let insideFrame = false
  let frameBytes = smallestFrameBytes
  // Whoever waits for the far side to take bytes must not wait for one that is gone.
  const waiting = new Set<() => void>()
  const shut = (): void => {
    isOpen = false
    for (const wake of [...waiting]) wake()
  }
  input.on('error', shut)
  const send = (bytes: string | Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      if (!isOpen || !input.writable) return resolve()
      const done = (): void => {
        waiting.delete(done)
        resolve()
      }
      waiting.add(done)
      input.write(bytes, done)
    })
  const beat = (): void => {
    if (!insideFrame) void send(heartbeatFrame)
  }
  const sendFrame = async (pieces: PieceReader, bytes: number, onSent?: (bytes: number) => void): Promise<void> => {
    insideFrame = true
    void send(frameHead(bytes))
    const startedAt = performance.now()
    for (let left = bytes; left > 0 && isOpen; ) {
      const piece = await pieces.next(left)
      await send(piece)
      left -= piece.byteLength
      if (isOpen) onSent?.(piece.byteLength)
    }
    insideFrame = false
    if (bytes >= smallestFrameBytes) beat()
    frameBytes = nextFrameBytes(frameBytes, bytes, performance.now() - startedAt)
  }
  return {
    open: (bytes) => void send(bytes),
    beat,
    feed: async (source, bytes, onSent) => {
      const pieces = pieceReader(source)
      try {
        for (let left = bytes; left > 0 && isOpen; ) {
          const whole = left - (left % blockBytes)
          const size = whole === 0 ? left : Math.min(whole, frameBytes)
          await sendFrame(pieces, size, onSent)
          left -= size
        }
      } finally {
        await pieces.close()
      }
      return isOpen
    },
    end: () => void send(endFrame),
    shut,
  }
}

function nextFrameBytes(current: number, sent: number, milliseconds: number): number {
  if (sent < current) return current
  if (milliseconds < quickMilliseconds) return Math.min(current * 2, largestFrameBytes)
  return milliseconds > slowMilliseconds ? Math.max(current / 2, smallestFrameBytes) : current
}

type PieceReader = { next(limit: number): Promise<Uint8Array>; close(): Promise<void> }

function pieceReader(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): PieceReader {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let held: Uint8Array = new Uint8Array(0)
  return {
    next: async (limit) => {
      while (held.byteLength === 0) {
        const answer = await iterator.next()
        if (answer.done) throw new Error('the source of an upload ended too early')
        held = answer.value
      }
      const piece = held.subarray(0, limit)
      held = held.subarray(piece.byteLength)
      return piece
    },
    close: async () => {
      await iterator.return?.()
    },
  }
}

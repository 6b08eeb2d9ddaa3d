// The way to a leased process's input: bytes cut into frames, with back-pressure, and heartbeats that
// never fall inside a frame. Frames grow while the link takes them quickly and shrink when it does not,
// so that on a slow line the next heartbeat is never far behind.

import { blockBytes, endFrame, frameHead, heartbeatFrame, placedFrameHead } from './lease.ts'
import type { ProcessChannel } from './link.ts'

const smallestFrameBytes = 1024 * 1024
const largestFrameBytes = 8 * 1024 * 1024
const quickMilliseconds = 500
const slowMilliseconds = 4000
/** A heartbeat costs a process over there: behind frames that follow each other closely it need not come every time. */
const beatsApartMilliseconds = 4000

/** One that starts in the middle of a file, at whole blocks of 64 KiB. */
export type Placed = { readonly offset: number; readonly bytes: number }

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
  /** Sends bytes for that place of the file that the lease knows; false and throws as `feed` does. */
  place(place: Placed, source: AsyncIterable<Uint8Array>, onSent: (bytes: number) => void): Promise<boolean>
  end(): void
  shut(): void
}

export function inputLane(channel: ProcessChannel): InputLane {
  const { input } = channel
  let isOpen = true
  let insideFrame = false
  const frames = frameSizes(largestFrameBytes)
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
  let beatAt = performance.now()
  const beat = (): void => {
    if (insideFrame) return
    beatAt = performance.now()
    void send(heartbeatFrame)
  }
  const sendFrame = async (
    pieces: PieceReader,
    { head, bytes }: { readonly head: string; readonly bytes: number },
    onSent?: (bytes: number) => void,
  ): Promise<void> => {
    insideFrame = true
    void send(head)
    for (let left = bytes; left > 0 && isOpen; ) {
      const piece = await pieces.next(left)
      await send(piece)
      left -= piece.byteLength
      if (isOpen) onSent?.(piece.byteLength)
    }
    insideFrame = false
    if (performance.now() - beatAt >= beatsApartMilliseconds) beat()
  }
  return {
    open: (bytes) => void send(bytes),
    beat,
    feed: async (source, bytes, onSent) => {
      const pieces = pieceReader(source)
      try {
        for (let left = bytes; left > 0 && isOpen; ) {
          const whole = left - (left % blockBytes)
          const bytes = whole === 0 ? left : Math.min(whole, frames.bytes())
          const startedAt = performance.now()
          await sendFrame(pieces, { head: frameHead(bytes), bytes }, onSent)
          frames.took(bytes, performance.now() - startedAt)
          left -= bytes
        }
      } finally {
        await pieces.close()
      }
      return isOpen
    },
    place: async ({ offset, bytes }, source, onSent) => {
      const pieces = pieceReader(source)
      try {
        let at = offset
        for (const block of [blockBytes, 512, 1]) {
          const length = offset + bytes - at
          const part = length - (length % block)
          if (part === 0 || !isOpen) continue
          const head = placedFrameHead(block, at / block, part / block)
          await sendFrame(pieces, { head, bytes: part }, onSent)
          at += part
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

export type FrameSizes = { bytes(): number; took(bytes: number, milliseconds: number): void }

/** Grows while frames pass quickly, shrinks when one took long. */
export function frameSizes(largestBytes: number): FrameSizes {
  let current = smallestFrameBytes
  return {
    bytes: () => current,
    took: (bytes, milliseconds) => {
      if (bytes < current) return
      if (milliseconds < quickMilliseconds) current = Math.min(current * 2, largestBytes)
      else if (milliseconds > slowMilliseconds) current = Math.max(current / 2, smallestFrameBytes)
    },
  }
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

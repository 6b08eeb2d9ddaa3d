// Bytes that arrive by event, read by a loop. The source is held back while too many wait, so a slow
// reader costs 256 KiB here and the SSH window there, never more.
const highWaterBytes = 256 * 1024
/** What a piece costs besides its bytes: many tiny ones must not pass for few. */
const pieceBytes = 128

export type ByteQueue = {
  push(bytes: Uint8Array): void
  end(): void
  readonly output: AsyncIterableIterator<Uint8Array>
}

export type QueueSource = { pause(): void; resume(): void; abandon(): void }

export function byteQueue(source: QueueSource): ByteQueue {
  const waiting: Uint8Array[] = []
  let heldBytes = 0
  let ended = false
  let wake: (() => void) | undefined
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    while (waiting.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const bytes = waiting.shift()
    if (bytes === undefined) return { done: true, value: undefined }
    const before = heldBytes
    heldBytes -= bytes.byteLength + pieceBytes
    if (before >= highWaterBytes && heldBytes < highWaterBytes) source.resume()
    return { done: false, value: bytes }
  }
  const stop = async (): Promise<IteratorResult<Uint8Array>> => {
    ended = true
    waiting.length = 0
    heldBytes = 0
    source.resume()
    source.abandon()
    wake?.()
    return { done: true, value: undefined }
  }
  const output: AsyncIterableIterator<Uint8Array> = { next, return: stop, [Symbol.asyncIterator]: () => output }
  return {
    push: (bytes) => {
      if (ended) return
      waiting.push(bytes)
      heldBytes += bytes.byteLength + pieceBytes
      if (heldBytes >= highWaterBytes) source.pause()
      wake?.()
    },
    end: () => {
      ended = true
      wake?.()
    },
    output,
  }
}

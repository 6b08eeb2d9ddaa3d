// Bytes on their way from a channel to the work that reads them: holds the channel back while too much waits.

export type InputQueue = {
  push(bytes: Uint8Array): void
  end(): void
  readonly bytes: AsyncIterable<Uint8Array>
}

const fullBytes = 1024 * 1024

export function inputQueue(channel: { pause(): void; resume(): void }): InputQueue {
  const waiting: Uint8Array[] = []
  let waitingBytes = 0
  let ended = false
  let wake: () => void = () => undefined
  async function* read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = waiting.shift()
      if (next !== undefined) {
        const before = waitingBytes
        waitingBytes -= next.byteLength
        if (before >= fullBytes && waitingBytes < fullBytes) channel.resume()
        yield next
      } else if (ended) return
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }
  return {
    push(bytes) {
      if (ended || bytes.byteLength === 0) return
      waiting.push(bytes)
      waitingBytes += bytes.byteLength
      if (waitingBytes >= fullBytes) channel.pause()
      wake()
    },
    end() {
      ended = true
      // What was held back has no reader any more, and a paused channel would never say that it closes.
      channel.resume()
      wake()
    },
    bytes: read(),
  }
}

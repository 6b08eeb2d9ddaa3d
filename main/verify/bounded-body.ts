// Reads the body of an answer of a deployment within a time and a size. What answers there is hostile: a body
// may drip one byte a second, stop, or never end, and whoever asks for the status must not wait for it.
import type { HttpResponse } from '../../shared/domain/connection.ts'

/** Milliseconds on a clock that only counts. */
export type Clock = () => number

type BodyBounds = { readonly bytes: number; readonly deadline: Deadline }
export type Deadline = { readonly seconds: number; leftMs(): number }

export type BodyEnd = 'whole' | 'too-long' | 'too-late' | 'broken-off'

/** One deadline for all that a rung does, from now on. */
export function deadlineIn(seconds: number, clock: Clock): Deadline {
  const began = clock()
  return { seconds, leftMs: () => began + seconds * 1000 - clock() }
}

/** Hands over the body as it arrives, at most `bytes` of it, and leaves its loop, so that its request is closed. */
export async function takeBody(
  body: HttpResponse['body'],
  { bytes, deadline }: BodyBounds,
  take: (piece: Uint8Array) => void,
): Promise<BodyEnd> {
  let left = false
  async function read(): Promise<BodyEnd> {
    let taken = 0
    for await (const piece of body) {
      if (left) return 'too-late'
      take(piece.subarray(0, bytes - taken))
      taken += piece.length
      if (taken > bytes) return 'too-long'
      if (deadline.leftMs() <= 0) return 'too-late'
    }
    return 'whole'
  }
  // The clock only tells the time when a byte comes; where none comes, the timer does. The loop then ends with
  // the next byte, or when the connection counts the body as dead.
  const timer = startTimer(deadline.leftMs())
  const end = await Promise.race([read().catch(() => 'broken-off' as const), timer.passed])
  left = true
  timer.stop()
  return end
}

function startTimer(milliseconds: number): { passed: Promise<'too-late'>; stop(): void } {
  let stop = (): void => undefined
  const passed = new Promise<'too-late'>((resolve) => {
    const timer = setTimeout(() => resolve('too-late'), Math.max(0, milliseconds))
    stop = () => clearTimeout(timer)
  })
  return { passed, stop: () => stop() }
}

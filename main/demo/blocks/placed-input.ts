// The input of work whose lease has a file: lines for the work, and bytes that have a place, each behind the line that
// says where (main/connect/lease.ts).
export type PlacedInput =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'bytes'; readonly offset: number; readonly bytes: Buffer }
  /** All bytes of one frame have come. */
  | { readonly kind: 'arrived'; readonly offset: number; readonly bytes: number }

type Frame = { readonly offset: number; readonly bytes: number }

/** No line of ours is as long. */
const lineLimit = 4096

/** Throws where a line does not end. */
export async function* placedInput(input: AsyncIterable<Uint8Array>): AsyncGenerator<PlacedInput> {
  let held = Buffer.alloc(0)
  let frame: Frame | undefined
  let at = 0
  for await (const piece of input) {
    held = held.length === 0 ? Buffer.from(piece) : Buffer.concat([held, piece])
    for (;;) {
      if (frame !== undefined) {
        const bytes = held.subarray(0, frame.offset + frame.bytes - at)
        if (bytes.length === 0) break
        yield { kind: 'bytes', offset: at, bytes }
        held = held.subarray(bytes.length)
        at += bytes.length
        if (at < frame.offset + frame.bytes) break
        yield { kind: 'arrived', ...frame }
        frame = undefined
        continue
      }
      const end = held.indexOf('\n')
      if (end < 0 && held.length > lineLimit) throw new Error('a line of the upload does not end')
      if (end < 0) break
      const text = held.subarray(0, end).toString('latin1')
      held = held.subarray(end + 1)
      frame = frameOf(text)
      if (frame === undefined) yield { kind: 'line', text }
      else at = frame.offset
    }
  }
}

function frameOf(line: string): Frame | undefined {
  const [, block, seek, count] = (/^@(\d{1,6}) (\d{1,12}) (\d{1,6})$/.exec(line) ?? []).map(Number)
  if (block === undefined || seek === undefined || count === undefined) return undefined
  return { offset: block * seek, bytes: block * count }
}

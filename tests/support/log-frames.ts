// A log as Docker's API sends it: frames of an eight-byte head, each with the time and what was written.
export type Written = { readonly at?: string; readonly stream?: 'stdout' | 'stderr'; readonly text: string | Buffer }

/** Without a line end of its own it is a piece of a long line. */
export function frameOf({ at, stream = 'stdout', text }: Written): Buffer {
  const stamp = at === undefined ? '' : `${at} `
  const body = Buffer.concat([Buffer.from(stamp), Buffer.from(text)])
  const head = Buffer.alloc(8)
  head[0] = stream === 'stdout' ? 1 : 2
  head.writeUInt32BE(body.length, 4)
  return Buffer.concat([head, body])
}

/** The moment of that number, a millisecond after the one before. */
export function momentOf(number: number): string {
  return `${new Date(1_795_000_000_000 + number).toISOString().slice(0, 23)}000000Z`
}

export function inPieces(bytes: Buffer, size: number): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size))
  return pieces
}

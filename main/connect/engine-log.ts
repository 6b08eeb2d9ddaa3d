// The end of a container's log as text. Without a terminal Docker sends both streams in frames of an
// eight-byte head; with one it sends the bytes as they are.
const limitBytes = 64 * 1024
const headBytes = 8

export function logText(raw: unknown): string {
  // docker-modem turns an answer that happens to be JSON into an object.
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(typeof raw === 'string' ? raw : JSON.stringify(raw ?? ''))
  const text = (unframe(bytes) ?? bytes).subarray(-limitBytes)
  return text.toString('utf8')
}

function unframe(bytes: Buffer): Buffer | undefined {
  const pieces: Buffer[] = []
  let at = 0
  while (at + headBytes <= bytes.length) {
    if ((bytes[at] ?? 3) > 2 || bytes.readUIntBE(at + 1, 3) !== 0) return undefined
    const length = bytes.readUInt32BE(at + 4)
    pieces.push(bytes.subarray(at + headBytes, at + headBytes + length))
    at += headBytes + length
  }
  return pieces.length === 0 && bytes.length > 0 ? undefined : Buffer.concat(pieces)
}

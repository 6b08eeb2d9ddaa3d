// A small reader of USTAR archives, so that tests see what an unpacker sees.

export interface ReadEntry {
  path: string
  kind: 'file' | 'folder' | 'link'
  mode: number
  modifiedAt: number
  userId: number
  target: string
  bytes: Buffer
}

export function readTar(archive: Buffer): ReadEntry[] {
  const entries: ReadEntry[] = []
  for (let position = 0; position + 512 <= archive.length; ) {
    const header = archive.subarray(position, position + 512)
    if (header.every((byte) => byte === 0)) break
    const text = (start: number, length: number): string =>
      header.toString('utf8', start, start + length).replace(/\0.*$/s, '')
    const octal = (start: number, length: number): number => Number.parseInt(text(start, length), 8)
    checkSum(header, octal(148, 8))
    const size = octal(124, 12)
    const prefix = text(345, 155)
    entries.push({
      path: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
      kind: ({ '0': 'file', '5': 'folder', '2': 'link' } as const)[text(156, 1) as '0' | '2' | '5'],
      mode: octal(100, 8),
      modifiedAt: octal(136, 12),
      userId: octal(108, 8),
      target: text(157, 100),
      bytes: Buffer.from(archive.subarray(position + 512, position + 512 + size)),
    })
    position += 512 + Math.ceil(size / 512) * 512
  }
  return entries
}

function checkSum(header: Buffer, written: number): void {
  let sum = 0
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte
  if (sum !== written) throw new Error(`the header's sum is ${sum}, it says ${written}`)
}

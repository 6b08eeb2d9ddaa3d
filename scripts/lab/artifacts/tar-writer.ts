// Tar archives whose bytes depend on nothing but their content: sorted, no clock, everything owned by
// root. The USTAR header is enough for paths of 255 characters and files under 8 GiB.
import { createReadStream } from 'node:fs'

export type TarContent =
  | { kind: 'folder' }
  | { kind: 'link'; target: string }
  | { kind: 'bytes'; bytes: Buffer }
  | { kind: 'file'; source: string; byteCount: number }
  | { kind: 'stream'; byteCount: number; pieces: () => Iterable<Buffer> }

export interface TarEntry {
  /** Without a leading slash. */
  path: string
  mode: number
  content: TarContent
}

const block = 512

export async function* writeTar(entries: readonly TarEntry[]): AsyncGenerator<Buffer> {
  for (const entry of [...entries].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    yield tarHeader(entry)
    let written = 0
    for await (const piece of contentOf(entry.content)) {
      written += piece.length
      yield piece
    }
    if (written !== contentBytes(entry.content)) {
      throw new Error(`${entry.path} has ${written} bytes, ${contentBytes(entry.content)} were announced`)
    }
    const padding = (block - (written % block)) % block
    if (padding > 0) yield Buffer.alloc(padding)
  }
  yield Buffer.alloc(2 * block)
}

function contentBytes(content: TarContent): number {
  if (content.kind === 'bytes') return content.bytes.length
  return content.kind === 'file' || content.kind === 'stream' ? content.byteCount : 0
}

async function* contentOf(content: TarContent): AsyncGenerator<Buffer> {
  if (content.kind === 'bytes') yield content.bytes
  else if (content.kind === 'stream') yield* content.pieces()
  else if (content.kind === 'file') {
    yield* createReadStream(content.source, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>
  }
}

function tarHeader(entry: TarEntry): Buffer {
  const isFolder = entry.content.kind === 'folder'
  const { prefix, name } = splitPath(isFolder ? `${entry.path}/` : entry.path)
  const header = Buffer.alloc(block)
  header.write(name, 0, 100, 'utf8')
  header.write(octal(entry.mode, 7), 100, 'latin1')
  header.write(octal(0, 7), 108, 'latin1')
  header.write(octal(0, 7), 116, 'latin1')
  header.write(octal(contentBytes(entry.content), 11), 124, 'latin1')
  header.write(octal(0, 11), 136, 'latin1')
  header.write(' '.repeat(8), 148, 'latin1')
  header.write(isFolder ? '5' : entry.content.kind === 'link' ? '2' : '0', 156, 'latin1')
  if (entry.content.kind === 'link') header.write(entry.content.target, 157, 100, 'utf8')
  header.write('ustar\u000000', 257, 'latin1')
  header.write(prefix, 345, 155, 'utf8')
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${octal(sum, 6)}\u0000 `, 148, 'latin1')
  return header
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

function splitPath(path: string): { prefix: string; name: string } {
  if (Buffer.byteLength(path) <= 100) return { prefix: '', name: path }
  for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1)) {
    const prefix = path.slice(0, cut)
    const name = path.slice(cut + 1)
    if (Buffer.byteLength(prefix) > 155) break
    if (name !== '' && Buffer.byteLength(name) <= 100) return { prefix, name }
  }
  throw new Error(`the path is too long for a tar header: ${path}`)
}

// As much of tar as image archives need: writing plain files, and finding them in an archive without unpacking it.
import { createReadStream, statSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

const block = 512
const mostEntries = 50_000

/** `part`: of a file, where not all of it is meant. */
export type TarFile = { readonly name: string } & (
  | { readonly bytes: Buffer }
  | { readonly file: string; readonly part?: TarPlace }
)

/** Owner, time and mode are the same for all, so that the same files give the same archive. */
export async function* tarOf(files: readonly TarFile[]): AsyncGenerator<Buffer> {
  for (const one of files) {
    const size = 'bytes' in one ? one.bytes.length : (one.part?.bytes ?? statSync(one.file).size)
    yield headerOf(one.name, size)
    if ('bytes' in one) yield one.bytes
    else if (size > 0) yield* bytesIn(one.file, one.part ?? { offset: 0, bytes: size })
    if (size % block !== 0) yield Buffer.alloc(block - (size % block))
  }
  yield Buffer.alloc(2 * block)
}

function bytesIn(file: string, { offset, bytes }: TarPlace): AsyncIterable<Buffer> {
  return createReadStream(file, { start: offset, end: offset + bytes - 1, highWaterMark: 4 * 1024 * 1024 })
}

function headerOf(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name is too long for a tar header: ${name}`)
  const header = Buffer.alloc(block)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  header.write(name, 0)
  header.write(octal(0o644, 7), 100)
  header.write(octal(0, 7), 108)
  header.write(octal(0, 7), 116)
  // Above 8 GiB the size is binary, as GNU tar has it.
  if (size < 8 ** 11) header.write(octal(size, 11), 124)
  else {
    header[124] = 0x80
    header.writeBigUInt64BE(BigInt(size), 128)
  }
  header.write(octal(0, 11), 136)
  header.write('        0', 148)
  header.write('ustar\u000000', 257)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${octal(sum, 6)}\u0000 `, 148)
  return header
}

export type TarPlace = { readonly offset: number; readonly bytes: number }

export type Tar = {
  readonly files: ReadonlyMap<string, TarPlace>
  /**
   * What another reader may read in another way, such as a name in an extended header; undefined where everybody reads
   * the same: plain files and folders with plain names.
   */
  readonly oddity: string | undefined
}

/** Plain files by name, and nothing else: links and devices are passed over, two of one name are refused. */
export async function filesInTar(handle: FileHandle): Promise<Tar> {
  const found = new Map<string, TarPlace>()
  let oddity: string | undefined
  const header = Buffer.alloc(block)
  for (let at = 0, entries = 0; ; entries += 1) {
    if (entries > mostEntries) throw new Error('it has too many entries')
    const { bytesRead } = await handle.read(header, 0, block, at)
    if (bytesRead < block || header.every((byte) => byte === 0)) return { files: found, oddity }
    const bytes = sizeIn(header)
    const type = String.fromCharCode(header[156] ?? 0)
    const name = nameIn(header)
    oddity ??= oddityOf(header, { type, name, bytes })
    if (type === '0' || type === '\u0000') {
      if (found.has(name)) throw new Error(`${name} is there twice`)
      found.set(name, { offset: at + block, bytes })
    }
    at += block + Math.ceil(bytes / block) * block
  }
}

type Entry = { readonly type: string; readonly name: string; readonly bytes: number }

/**
 * In headers of GNU's form a prefix is something else. Go's reader takes a name with a slash at its end for a folder, and a
 * folder for one without bytes, whatever its size says: what is skipped here would be entries there.
 */
function oddityOf(header: Buffer, { type, name, bytes }: Entry): string | undefined {
  if (!['0', '\u0000', '5'].includes(type)) return `it has an entry of the kind "${type}"`
  if (header.subarray(345, 512).some((byte) => byte !== 0)) return 'it has a header of another form'
  const isBinary = ((header[124] ?? 0) & 0x80) !== 0
  if (isBinary && header.subarray(124, 128).compare(Buffer.from([0x80, 0, 0, 0])) !== 0)
    return 'it has a size out of range'
  if (type === '5' && bytes > 0) return 'it has a folder with bytes'
  const path = type === '5' ? name.replace(/\/$/, '') : name
  const isPlain = path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  return isPlain ? undefined : 'it has a name that is none of a plain file'
}

/** Of what follows a header. Throws where it says none. */
export function sizeIn(header: Buffer): number {
  if (((header[124] ?? 0) & 0x80) !== 0) return Number(header.readBigUInt64BE(128))
  const text = textIn(header, 124, 12).trim()
  if (!/^[0-7]{1,12}$/.test(text)) throw new Error('it is no tar archive')
  return Number.parseInt(text, 8)
}

function nameIn(header: Buffer): string {
  const prefix = textIn(header, 257, 5) === 'ustar' ? textIn(header, 345, 155) : ''
  const name = textIn(header, 0, 100)
  return (prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, '')
}

export function textIn(header: Buffer, from: number, length: number): string {
  const bytes = header.subarray(from, from + length)
  const end = bytes.indexOf(0)
  return bytes.subarray(0, end === -1 ? length : end).toString('utf8')
}

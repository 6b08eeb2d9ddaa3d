// What the files of a layer are called, and where its links lead: a tar archive, or one packed by gzip, read once from its
// beginning to its end. Nothing is kept but names, and of them no more than any image has.
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { sizeIn, type TarPlace, textIn } from './tar.ts'

/** `path`: without a slash at either end. `target`: of a symbolic link, as it stands there. */
export type LayerName = { readonly path: string; readonly target?: string }

const block = 512
const mostNames = 300_000
const mostHeaderBytes = 64 * 1024
/** Of Linux. */
const mostPathBytes = 4096
const gzipStart = Buffer.from([0x1f, 0x8b])

/** Throws where it is no archive that is read here, such as one packed in another way. */
export async function* namesInLayer(file: string, place: TarPlace): AsyncGenerator<LayerName> {
  const bytes = piecesOf(file, place)
  let given: Given = {}
  for (let count = 0; ; count += 1) {
    if (count > mostNames) throw new Error('a layer has too many names')
    const header = await bytes.take(block)
    if (header === undefined || header.every((byte) => byte === 0)) return
    if (!hasItsSum(header)) throw new Error('a layer is no tar archive')
    const type = String.fromCharCode(header[156] ?? 0)
    const size = sizeIn(header)
    const padding = (block - (size % block)) % block
    if (['L', 'K', 'x'].includes(type)) {
      if (size > mostHeaderBytes) throw new Error('a layer has a name that is too long')
      const text = (await bytes.take(size)) ?? Buffer.alloc(0)
      await bytes.skip(padding)
      given = { ...given, ...givenBy(type, text.toString('utf8')) }
      continue
    }
    const length = type === 'g' || given.size === undefined ? size + padding : Math.ceil(given.size / block) * block
    await bytes.skip(length)
    if (type === 'g') continue
    const path = plainPath(given.path ?? nameOf(header))
    const target = type === '2' ? (given.target ?? textIn(header, 157, 100)) : undefined
    given = {}
    if ((path ?? '').length + (target ?? '').length > mostPathBytes)
      throw new Error('a layer has a name that is too long')
    if (path !== undefined) yield { path, ...(target !== undefined && { target }) }
  }
}

/** What stands before an entry and is said of it: by GNU's long names, or by an extended header. */
type Given = { readonly path?: string; readonly target?: string; readonly size?: number }

function givenBy(type: string, text: string): Given {
  const whole = text.replace(/\0.*$/s, '')
  if (type === 'L') return { path: whole }
  if (type === 'K') return { target: whole }
  const field = (name: string) => new RegExp(`^\\d+ ${name}=(.*)$`, 'm').exec(text)?.[1]
  const [path, target, size] = [field('path'), field('linkpath'), field('size')]
  return {
    ...(path !== undefined && { path }),
    ...(target !== undefined && { target }),
    ...(size !== undefined && /^\d{1,15}$/.test(size) && { size: Number(size) }),
  }
}

/** Undefined where it leads out of the image. */
function plainPath(name: string): string | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? undefined : parts.join('/')
}

/** In headers of GNU's form what stands in the place of a prefix is something else. */
function nameOf(header: Buffer): string {
  const isUstar = header.subarray(257, 263).equals(Buffer.from('ustar\0'))
  const prefix = isUstar ? textIn(header, 345, 155) : ''
  const name = textIn(header, 0, 100)
  return prefix === '' ? name : `${prefix}/${name}`
}

function hasItsSum(header: Buffer): boolean {
  const stated = Number.parseInt(textIn(header, 148, 8).trim(), 8)
  const sum = header.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0)
  return stated === sum
}

type Pieces = {
  /** Undefined at the end of the layer. */
  readonly take: (count: number) => Promise<Buffer | undefined>
  readonly skip: (count: number) => Promise<void>
}

function piecesOf(file: string, place: TarPlace): Pieces {
  const pieces = unpackedPieces(file, place)
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const next = await pieces.next()
    if (next.done === true) return false
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
    return true
  }
  const take = async (count: number) => {
    while (held.length < count) if (!(await more())) return undefined
    const taken = held.subarray(0, count)
    held = held.subarray(count)
    return taken
  }
  const skip = async (count: number) => {
    let left = count
    while (left > held.length) {
      left -= held.length
      held = Buffer.alloc(0)
      if (!(await more())) return
    }
    held = held.subarray(left)
  }
  return { take, skip }
}

async function* unpackedPieces(file: string, { offset, bytes }: TarPlace): AsyncGenerator<Buffer> {
  if (bytes === 0) return
  const from = (end: number) => createReadStream(file, { start: offset, end, highWaterMark: 1024 * 1024 })
  let isPacked = false
  for await (const start of from(offset + 1)) isPacked = gzipStart.equals(start as Buffer)
  const source = from(offset + bytes - 1)
  const stream = isPacked ? pipeline(source, createGunzip(), () => undefined) : source
  try {
    for await (const piece of stream) yield piece as Buffer
  } finally {
    source.destroy()
  }
}

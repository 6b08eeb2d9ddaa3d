// The key-values at the beginning of a GGUF file (docs/gguf.md of ggml), versions 2 and 3, little-endian, out of as many of
// its first bytes as there are. What it claims of lengths is looked at before anything is read or kept: a length beyond
// the bytes asks for more of them, one beyond all sense is an answer. Texts are kept short, long lists not at all.

export type GgufValue = number | string | readonly number[]

export type GgufValues =
  | { readonly state: 'known'; readonly values: ReadonlyMap<string, GgufValue> }
  /** So many more bytes at least; more may be asked for then. */
  | { readonly state: 'needs'; readonly bytes: number }
  | { readonly state: 'unreadable'; readonly why: string }

/** Vocabularies and merges take up to about 20 MB. */
export const mostHeaderBytes = 64 * 1024 * 1024
const mostKeys = 16_384
const mostKeyBytes = 512
const mostTextBytes = 256
/** Lists that say something of each layer. */
const mostListed = 4096
const mostDepth = 4

const magic = 0x46554747
const stringType = 8
const arrayType = 9
/** By type number; 8 and 9 have lengths of their own. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 }

type Cursor = { readonly view: DataView; at: number; stop?: Stop }
type Stop = Exclude<GgufValues, { state: 'known' }>

export function ggufValues(prefix: Uint8Array): GgufValues {
  const cursor: Cursor = { view: new DataView(prefix.buffer, prefix.byteOffset, prefix.byteLength), at: 0 }
  const values = new Map<string, GgufValue>()
  const count = keyCount(cursor)
  for (let index = 0; index < count && cursor.stop === undefined; index++) readPair(cursor, values)
  return cursor.stop ?? { state: 'known', values }
}

function keyCount(cursor: Cursor): number {
  if (uint32(cursor) !== magic) return broken(cursor, 'it does not begin like a GGUF file')
  const version = uint32(cursor)
  if (version !== 2 && version !== 3) return broken(cursor, `version ${version} of GGUF is not known`)
  // Of the tensors only their number is passed by.
  take(cursor, 8)
  const count = uint64(cursor)
  return count > mostKeys ? broken(cursor, `it claims ${count} keys`) : count
}

function readPair(cursor: Cursor, values: Map<string, GgufValue>): void {
  const key = text(cursor, mostKeyBytes)
  const value = readValue(cursor, uint32(cursor), mostDepth)
  if (cursor.stop !== undefined) return
  if (key === undefined) broken(cursor, 'a key is too long')
  else if (values.has(key)) broken(cursor, 'a key is there twice')
  else if (value !== undefined) values.set(key, value)
}

/** Undefined for what is passed by. */
function readValue(cursor: Cursor, type: number, depth: number): GgufValue | undefined {
  if (type === stringType) return text(cursor, mostTextBytes)
  if (type === arrayType) return readArray(cursor, depth)
  const size = sizes[type]
  if (size === undefined) return void broken(cursor, `values of type ${type} are not known`)
  const at = take(cursor, size)
  return at === undefined ? undefined : numberAt(cursor.view, at, type)
}

function readArray(cursor: Cursor, depth: number): readonly number[] | undefined {
  const [type, length] = [uint32(cursor), uint64(cursor)]
  if (cursor.stop !== undefined) return undefined
  if (depth === 0) return void broken(cursor, 'lists in lists go too deep')
  const size = sizes[type]
  if (size !== undefined) return numbers(cursor, { type, size, length })
  if (type !== stringType && type !== arrayType) return void broken(cursor, `lists of type ${type} are not known`)
  // Each takes bytes, so this ends with them at the latest.
  for (let index = 0; index < length && cursor.stop === undefined; index++) {
    if (type === stringType) text(cursor, 0)
    else readArray(cursor, depth - 1)
  }
  return undefined
}

function numbers(cursor: Cursor, list: { type: number; size: number; length: number }): number[] | undefined {
  const start = take(cursor, list.size * list.length)
  if (start === undefined || list.length > mostListed) return undefined
  return Array.from({ length: list.length }, (_, at) => numberAt(cursor.view, start + at * list.size, list.type))
}

/** Undefined where it is longer than wanted, and passed by. */
function text(cursor: Cursor, mostBytes: number): string | undefined {
  const length = uint64(cursor)
  const start = take(cursor, length)
  if (start === undefined || length > mostBytes) return undefined
  const bytes = Array.from({ length }, (_, at) => cursor.view.getUint8(start + at))
  return String.fromCharCode(...bytes)
}

function uint32(cursor: Cursor): number {
  const at = take(cursor, 4)
  return at === undefined ? 0 : cursor.view.getUint32(at, true)
}

function uint64(cursor: Cursor): number {
  const at = take(cursor, 8)
  return at === undefined ? 0 : Number(cursor.view.getBigUint64(at, true))
}

/** Where so many bytes begin; undefined, and a reason to stop, when they are not there. */
function take(cursor: Cursor, size: number): number | undefined {
  if (cursor.stop !== undefined) return undefined
  const end = cursor.at + size
  if (end > mostHeaderBytes) return void broken(cursor, `its header claims more than ${mostHeaderBytes} bytes`)
  if (end > cursor.view.byteLength) {
    cursor.stop = { state: 'needs', bytes: end - cursor.view.byteLength }
    return undefined
  }
  const start = cursor.at
  cursor.at = end
  return start
}

/** The first reason stays. */
function broken(cursor: Cursor, why: string): 0 {
  cursor.stop ??= { state: 'unreadable', why }
  return 0
}

function numberAt(view: DataView, at: number, type: number): number {
  const read: Readonly<Record<number, () => number>> = {
    0: () => view.getUint8(at),
    1: () => view.getInt8(at),
    2: () => view.getUint16(at, true),
    3: () => view.getInt16(at, true),
    4: () => view.getUint32(at, true),
    5: () => view.getInt32(at, true),
    6: () => view.getFloat32(at, true),
    7: () => view.getUint8(at),
    10: () => Number(view.getBigUint64(at, true)),
    11: () => Number(view.getBigInt64(at, true)),
    12: () => view.getFloat64(at, true),
  }
  return read[type]?.() ?? Number.NaN
}

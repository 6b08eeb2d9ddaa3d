// Columns of numbers as few bytes: whole numbers (and decimals of up to three places) as the differences between
// neighbours, everything else byte by byte in columns, then deflated. Reading is total: bytes that are no columns of
// ours are no columns.
import { deflateRawSync, inflateRawSync } from 'node:zlib'

const asFloats = 255
const scales = [1, 10, 100, 1000]
/** Differences of numbers below this are exact. */
const largestExact = 2 ** 50
/** A small window: the contents of a chunk are a few kilobytes, and a large one costs more to set up than to use. */
const deflating = { level: 6, windowBits: 12, memLevel: 5 }
/** More than a chunk of any size of ours inflates to. */
const mostBytes = 1024 * 1024

let scratch = new Uint8Array(64 * 1024)

/** Columns of equal length, of finite numbers. */
export function encodeColumns(columns: readonly Float64Array[]): Uint8Array {
  const rows = columns[0]?.length ?? 0
  const most = 10 + columns.length * (rows * 9 + 1)
  if (scratch.length < most) scratch = new Uint8Array(most)
  let at = writeVarint(0, rows)
  at = writeVarint(at, columns.length)
  for (const column of columns) at = writeColumn(at, column)
  return deflateRawSync(scratch.subarray(0, at), deflating)
}

function writeColumn(at: number, column: Float64Array): number {
  const place = scales.findIndex((scale) => column.every((value) => isExact(value, scale)))
  scratch[at] = place < 0 ? asFloats : place
  return place < 0 ? writeFloats(at + 1, column) : writeDifferences(at + 1, column, scales[place] ?? 1)
}

function isExact(value: number, scale: number): boolean {
  const scaled = Math.round(value * scale)
  return Math.abs(scaled) < largestExact && scaled / scale === value
}

function writeDifferences(from: number, column: Float64Array, scale: number): number {
  let [at, before] = [from, 0]
  for (const value of column) {
    const scaled = Math.round(value * scale)
    const difference = scaled - before
    at = writeVarint(at, difference >= 0 ? difference * 2 : -difference * 2 - 1)
    before = scaled
  }
  return at
}

/** All first bytes, then all second ones: those of neighbours are alike. */
function writeFloats(from: number, column: Float64Array): number {
  const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  const rows = column.length
  for (let byte = 0; byte < 8; byte++) {
    for (let row = 0; row < rows; row++) scratch[from + byte * rows + row] = bytes[row * 8 + byte] ?? 0
  }
  return from + rows * 8
}

function writeVarint(from: number, value: number): number {
  let [at, rest] = [from, value]
  while (rest >= 128) {
    scratch[at++] = (rest % 128) + 128
    rest = Math.floor(rest / 128)
  }
  scratch[at++] = rest
  return at
}

/** Undefined for anything that is not exactly so many columns. */
export function decodeColumns(data: Uint8Array, count: number): Float64Array[] | undefined {
  try {
    const reader = { bytes: inflateRawSync(data, { maxOutputLength: mostBytes }), at: 0 }
    const rows = readVarint(reader)
    if (readVarint(reader) !== count || rows * count > reader.bytes.length) return undefined
    const columns = Array.from({ length: count }, () => readColumn(reader, rows))
    const isWhole = reader.at === reader.bytes.length && columns.every((one) => one.every(Number.isFinite))
    return isWhole ? columns : undefined
  } catch {
    return undefined
  }
}

type Reader = { readonly bytes: Uint8Array; at: number }

function readColumn(reader: Reader, rows: number): Float64Array {
  const place = nextByte(reader)
  const column = new Float64Array(rows)
  if (place === asFloats) {
    readFloats(reader, column)
    return column
  }
  const scale = scales[place]
  if (scale === undefined) throw new RangeError('a column of no kind')
  let before = 0
  for (let row = 0; row < rows; row++) {
    const coded = readVarint(reader)
    before += coded % 2 === 0 ? coded / 2 : -(coded + 1) / 2
    column[row] = before / scale
  }
  return column
}

function readFloats(reader: Reader, column: Float64Array): void {
  const bytes = new Uint8Array(column.buffer)
  for (let byte = 0; byte < 8; byte++) {
    for (let row = 0; row < column.length; row++) bytes[row * 8 + byte] = nextByte(reader)
  }
}

function readVarint(reader: Reader): number {
  let [value, factor] = [0, 1]
  for (;;) {
    const byte = nextByte(reader)
    value += (byte % 128) * factor
    if (byte < 128) return value
    factor *= 128
    if (factor > 2 ** 56) throw new RangeError('a number without end')
  }
}

function nextByte(reader: Reader): number {
  const byte = reader.bytes[reader.at++]
  if (byte === undefined) throw new RangeError('cut short')
  return byte
}

// What safetensors files say of themselves: the index of a model that is split over several, and the header of one, whose
// sum must be the file's length: a download that broke off is told apart from a small model.
import { jsonIn } from '../../domain/json-text.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'

/** Of characters: 90,000 tensors have 9 million. */
export const mostIndexCharacters = 64 * 1024 * 1024
/** The format's own limit. */
const mostHeaderBytes = 100_000_000
const mostFiles = 4096
/** In the same folder, and nowhere else. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}\.safetensors$/

export type SafetensorsIndex = {
  readonly files: readonly string[]
  /** Of the tensors, without headers; files written by some tools do not say it. */
  readonly totalBytes: number | undefined
}

export function safetensorsIndex(text: string): Reading<SafetensorsIndex> {
  if (text.length > mostIndexCharacters) return unreadable('the index is too large')
  const index = fieldsOf(jsonIn(text))
  const places = fieldsOf(index?.['weight_map'])
  if (places === undefined) return unreadable('the index has no weight_map')
  const files = new Set<string>()
  for (const file of Object.values(places)) {
    if (typeof file !== 'string' || !fileName.test(file)) return unreadable('the index names something that is no file')
    files.add(file)
    if (files.size > mostFiles) return unreadable('the index names too many files')
  }
  if (files.size === 0) return unreadable('the index names no file')
  const total = fieldsOf(index?.['metadata'])?.['total_size']
  return known({ files: [...files].sort(), totalBytes: isCount(total) ? total : undefined })
}

/** How long the header is that begins after these 8 bytes. */
export function safetensorsHeaderBytes(prefix: Uint8Array): Reading<number> {
  if (prefix.byteLength < 8) return unreadable('it is shorter than the length of its header')
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, 8).getBigUint64(0, true))
  return length > mostHeaderBytes ? unreadable('its header claims to be longer than there may be') : known(length)
}

/** Bytes of all tensors that a header names: they lie one after the other, without gaps. */
export function safetensorsTensorBytes(header: string): Reading<number> {
  const tensors = fieldsOf(jsonIn(header))
  if (tensors === undefined) return unreadable('its header is not a JSON object')
  let [sum, end] = [0, 0]
  for (const [name, tensor] of Object.entries(tensors)) {
    if (name === '__metadata__') continue
    const [from, to] = offsetsOf(tensor)
    if (!isCount(from) || !isCount(to) || to < from) return unreadable('its header has a tensor without a place')
    sum += to - from
    end = Math.max(end, to)
  }
  return sum === end ? known(sum) : unreadable('the tensors in its header overlap or leave gaps')
}

function offsetsOf(tensor: unknown): readonly unknown[] {
  const offsets = fieldsOf(tensor)?.['data_offsets']
  return Array.isArray(offsets) && offsets.length === 2 ? offsets : []
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

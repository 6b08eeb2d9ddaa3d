// A model as it lies in a folder (config.json and *.safetensors) or in GGUF files: what the memory arithmetic needs of it,
// and what its weights weigh, which is what the files weigh. Whoever made them is not trusted: only regular files of this
// one folder are opened, so much of each is read, and what is not all there is no model.
import { readdirSync, readSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { ModelShape } from '../../shared/domain/model-shape.ts'
import { known, type Reading, unreadable } from '../../shared/domain/reading.ts'
import { shapeOfConfig } from '../../shared/plan/shape/config-json.ts'
import { type GgufModel, shapeOfGguf } from '../../shared/plan/shape/gguf-header.ts'
import { mostHeaderBytes } from '../../shared/plan/shape/gguf-values.ts'
import {
  mostIndexCharacters,
  safetensorsHeaderBytes,
  safetensorsIndex,
  safetensorsTensorBytes,
} from '../../shared/plan/shape/safetensors-index.ts'
import { plainSize, readPlainText, withPlainFile } from '../files/plain-file.ts'

export type WeightsFile = { readonly name: string; readonly bytes: number }
export type ReadModel = {
  readonly shape: ModelShape
  readonly weightsBytes: number
  /** Those that are weights, by name. */
  readonly files: readonly WeightsFile[]
}

const config = { follow: false, mostBytes: 16 * 1024 * 1024 }
const indexName = 'model.safetensors.index.json'
const soleName = 'model.safetensors'
/** Enough for what a model says of itself; a vocabulary before that asks for more. */
const firstBytes = 1024 * 1024
const mostFiles = 4096

/** `path`: a folder, or one file of GGUF, whatever it is called. Fails with `bundle-unusable`, which names the folder and what is wrong. */
export function readModel(path: string): Result<ReadModel> {
  const isFile = path.endsWith('.gguf') ? !isFolder(path) : isPlainFile(path)
  const folder = isFile ? dirname(path) : path
  const read = isFile ? readGguf(folder, basename(path)) : readFolder(folder)
  if (read.state === 'known') return ok(read.value)
  const problem = read.state === 'unreadable' ? read.why : 'there is no model'
  return fail({ kind: 'bundle-unusable', folder: evidence(folder, 490), problem: evidence(problem, 490) })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function isPlainFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function readFolder(folder: string): Reading<ReadModel> {
  const names = namesIn(folder)
  if (names.state !== 'known') return names
  if (names.value.includes('config.json')) return readSafetensors(folder, names.value)
  const [first, ...others] = names.value.filter((name) => name.endsWith('.gguf'))
  if (first === undefined) return unreadable('there is neither a config.json nor a .gguf file')
  const read = readGguf(folder, first)
  if (read.state !== 'known' || read.value.files.length === others.length + 1) return read
  return unreadable('there are several models: name one of the .gguf files')
}

function namesIn(folder: string): Reading<string[]> {
  try {
    const names = readdirSync(folder)
    return names.length > mostFiles ? unreadable('there are too many files') : known(names.sort())
  } catch {
    return unreadable('there is no such folder')
  }
}

function readSafetensors(folder: string, names: readonly string[]): Reading<ReadModel> {
  const text = readPlainText(join(folder, 'config.json'), config)
  if ('problem' in text) return unreadable(`config.json: ${text.why}`)
  const shape = shapeOfConfig(text.read)
  if (shape.state !== 'known') return shape
  const wanted = namesOfWeights(folder, names)
  if (wanted.state !== 'known') return wanted
  return weighed(shape.value, wanted.value, (name) => wholeSafetensors(join(folder, name)))
}

/** What the index names. Without one, the one file of the usual name, or all there are. */
function namesOfWeights(folder: string, names: readonly string[]): Reading<readonly string[]> {
  if (names.includes(indexName)) {
    const text = readPlainText(join(folder, indexName), { follow: false, mostBytes: mostIndexCharacters })
    if ('problem' in text) return unreadable(`${indexName}: ${text.why}`)
    const index = safetensorsIndex(text.read)
    if (index.state === 'known') return known(index.value.files)
    return index.state === 'unreadable' ? unreadable(`${indexName}: ${index.why}`) : index
  }
  if (names.includes(soleName)) return known([soleName])
  const found = names.filter((name) => name.endsWith('.safetensors'))
  return found.length === 0 ? unreadable('there are no *.safetensors files') : known(found)
}

function weighed(
  shape: ModelShape,
  names: readonly string[],
  sizeOf: (name: string) => Reading<number>,
): Reading<ReadModel> {
  const files: WeightsFile[] = []
  for (const name of names) {
    const size = sizeOf(name)
    if (size.state !== 'known')
      return unreadable(`${name}: ${size.state === 'unreadable' ? size.why : 'it is missing'}`)
    files.push({ name, bytes: size.value })
  }
  return known({ shape, weightsBytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files })
}

/** The size of a file whose header says just as much. */
function wholeSafetensors(file: string): Reading<number> {
  const opened = withPlainFile(file, { follow: false }, (descriptor, { size }: Stats): Reading<number> => {
    const length = safetensorsHeaderBytes(bytesOf(descriptor, 0, 8))
    if (length.state !== 'known') return length
    if (8 + length.value > size) return unreadable('it ends within its header')
    const tensors = safetensorsTensorBytes(bytesOf(descriptor, 8, length.value).toString('utf8'))
    if (tensors.state !== 'known') return tensors
    const whole = 8 + length.value + tensors.value
    return whole === size ? known(size) : unreadable(`it has ${size} bytes instead of ${whole}`)
  })
  return 'problem' in opened ? unreadable(opened.why) : opened.read
}

function readGguf(folder: string, name: string): Reading<ReadModel> {
  const header = readGgufHeader(join(folder, name))
  if (header.state !== 'known') return header.state === 'unreadable' ? unreadable(`${name}: ${header.why}`) : header
  const { shape, files } = header.value
  const names = partNames(name, files)
  if (names === undefined) return unreadable(`${name}: it is not the first of ${files} files`)
  return weighed(shape, names, (part) => {
    const size = plainSize(join(folder, part))
    return 'problem' in size ? unreadable(size.why) : known(size.read)
  })
}

function readGgufHeader(file: string): Reading<GgufModel> {
  const opened = withPlainFile(file, { follow: false }, (descriptor, { size }: Stats): Reading<GgufModel> => {
    let wanted = firstBytes
    for (;;) {
      const length = Math.min(wanted, size, mostHeaderBytes)
      const read = shapeOfGguf(bytesOf(descriptor, 0, length))
      if (read.state !== 'needs') return read
      if (length < wanted || length === size) return unreadable('it ends within its header')
      // At least twice as much: a vocabulary asks for a few bytes more at each of its words.
      wanted = Math.max(length + read.bytes, length * 2)
    }
  })
  return 'problem' in opened ? unreadable(opened.why) : opened.read
}

/** As llama.cpp's gguf-split calls them: model-00001-of-00006.gguf. */
function partNames(name: string, files: number): string[] | undefined {
  if (files === 1) return [name]
  const first = `-00001-of-${String(files).padStart(5, '0')}.gguf`
  if (files > mostFiles || !name.endsWith(first)) return undefined
  const stem = name.slice(0, -first.length)
  return Array.from({ length: files }, (_, at) => stem + first.replace('00001', String(at + 1).padStart(5, '0')))
}

/** Fewer where the file has become shorter meanwhile. */
function bytesOf(descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let got = 0
  while (got < length) {
    const read = readSync(descriptor, bytes, got, length - got, from + got)
    if (read === 0) break
    got += read
  }
  return bytes.subarray(0, got)
}

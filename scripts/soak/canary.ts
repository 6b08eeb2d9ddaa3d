// The search for secrets that can be recognised, in bytes and in folders. A secret is found as it is, and as the
// encodings that programs put secrets into.
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** Bytes: what is no text, such as the secret half of a key. */
export type Canary = { readonly name: string; readonly secret: string | Uint8Array }

/** `where`: a file or a process. `form`: how the secret stood there. */
export type Sighting = { readonly canary: string; readonly form: string; readonly where: string }

export type Needle = { readonly canary: string; readonly form: string; readonly bytes: Buffer }

export type Looked = { readonly files: number; readonly sightings: readonly Sighting[] }

export function needlesOf(canaries: readonly Canary[]): readonly Needle[] {
  return canaries.flatMap(({ name, secret }) => {
    const bytes = Buffer.from(secret)
    const forms: [string, Buffer][] = [
      ['clear', bytes],
      ...(typeof secret === 'string' ? textForms(secret) : []),
      ['hex', Buffer.from(bytes.toString('hex'))],
      ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
      ...base64Forms(bytes),
    ]
    const seen = new Set<string>()
    return forms
      .filter(([, form]) => !seen.has(form.toString('latin1')) && seen.add(form.toString('latin1')))
      .map(([form, needle]) => ({ canary: name, form, bytes: needle }))
  })
}

function textForms(secret: string): [string, Buffer][] {
  return [
    ['latin1', Buffer.from(secret, 'latin1')],
    ['utf16', Buffer.from(secret, 'utf16le')],
    ['json', Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ['json ascii', Buffer.from(asciiJson(secret))],
    ['url', Buffer.from(encodeURIComponent(secret))],
    ['form', Buffer.from(new URLSearchParams({ x: secret }).toString().slice(2))],
  ]
}

function asciiJson(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return escaped.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Whatever stands before it: the characters that the secret alone decides, at each of the three places it can begin. */
function base64Forms(bytes: Buffer): [string, Buffer][] {
  return [0, 1, 2].flatMap((before): [string, Buffer][] => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = before === 0 ? 0 : before + 1
    const sure = encoded.slice(from, from + Math.floor(((bytes.length - (before === 0 ? 0 : 3 - before)) * 4) / 3) - 1)
    const url = sure.replaceAll('+', '-').replaceAll('/', '_')
    return [
      [`base64+${before}`, Buffer.from(sure)],
      [`base64url+${before}`, Buffer.from(url)],
    ]
  })
}

export function sightingsIn(bytes: Buffer, needles: readonly Needle[], where: string): Sighting[] {
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ canary, form }) => ({ canary, form, where }))
}

const blockBytes = 8 * 1024 * 1024

/** Every plain file below, whatever its size; links are not followed, and what goes meanwhile is gone. */
export function searchFolder(folder: string, needles: readonly Needle[]): Looked {
  const found = { files: 0, sightings: [] as Sighting[] }
  for (const file of filesBelow(folder)) {
    const sightings = searchFile(file, needles)
    if (sightings === undefined) continue
    found.files += 1
    found.sightings.push(...sightings)
  }
  return found
}

export function* filesBelow(folder: string): Generator<string> {
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const below = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(below)
    else if (entry.isFile()) yield below
  }
}

/** Undefined: it is gone, or is no plain file any more. */
export function searchFile(file: string, needles: readonly Needle[]): Sighting[] | undefined {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const descriptor = unlessGone(() => openSync(file, flags))
  if (descriptor === undefined) return undefined
  try {
    const { size } = fstatSync(descriptor)
    const longest = Math.max(0, ...needles.map(({ bytes }) => bytes.length))
    const sightings: Sighting[] = []
    const block = Buffer.alloc(Math.min(blockBytes, size) + longest)
    for (let at = 0; at < size; at += blockBytes) {
      const read = readSync(descriptor, block, 0, block.length, at)
      sightings.push(...sightingsIn(block.subarray(0, read), needles, file))
    }
    return sightings
  } finally {
    closeSync(descriptor)
  }
}

const gone = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'ESTALE'])

/** Undefined where the place has gone; whatever else stands in the way of looking is an error, not "nothing found". */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (gone.has((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

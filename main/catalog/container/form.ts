// A bundle as one file, or as parts for media that take no large ones. Every part is 44 bytes (the magic, how long its
// head is, and the sha256 of that), a head of JSON, and its share of the payload: the documents one after the other, then
// the artifacts. The sha256 finds damage; against who forges a head there are the hashes in it and the signatures behind.
// Nothing is compressed and nothing is named by a path but documents, whose names are on a list. The head of the first
// part says all that the file holds, so that what is in a bundle is read from its beginning; each other part says which
// share of which file it is.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { entryId } from '../../../shared/domain/artifact.ts'
import { sha256Hex } from '../../../shared/domain/sha256.ts'

export const magic = Buffer.from('RSBUNDL2')
const sumAt = magic.length + 4
export const prefixBytes = sumAt + 32
/** A head takes a multiple of this, so that the payload begins where reading is cheap. */
export const headUnit = 4096
/** 10,000 artifacts and 4,000 documents with long names have about 3 MB. */
export const mostHeadBytes = 8 * 1024 * 1024
const mostDocumentBytes = 16 * 1024 * 1024
const mostDocuments = 4000
export const mostParts = 999

const namePart = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/
const deepest = 6

const atTop = ['bundle.json', 'digests.json', 'blocked.json']

/** Header, digest list, versions that were taken back, and what lies in `catalog/` and `trust/`: nothing hidden, nothing above, no odd letter. */
const documentName = z
  .string()
  .max(250)
  .refine(isDocumentName, { message: 'no name that a document of a bundle may have' })

export function isDocumentName(name: string): boolean {
  const parts = name.split('/')
  const [first = '', ...rest] = parts
  if (rest.length === 0) return atTop.includes(first)
  if (parts.length > deepest || !parts.every((part) => namePart.test(part) && !part.endsWith('.'))) return false
  return first === 'trust' || (first === 'catalog' && parts.at(-1)?.endsWith('.yaml') === true)
}

const count = z.int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const documentPlace = z.strictObject({
  name: documentName,
  bytes: count.positive().max(mostDocumentBytes),
  sha256: sha256Hex,
})
export type DocumentPlace = z.infer<typeof documentPlace>

export const contents = z
  .strictObject({
    documents: z.array(documentPlace).min(2).max(mostDocuments),
    /** The artifacts whose bytes the payload has, in this order. Others of the digest list are where the bundle goes. */
    carried: z.array(sha256Hex).max(10_000),
    /** Of each part: how much of the payload it has, and the sha256 of that. */
    table: z
      .array(z.strictObject({ bytes: count.positive(), sha256: sha256Hex }))
      .min(1)
      .max(mostParts),
  })
  .superRefine(({ documents, carried, table }, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message })
    const twice = firstClash(documents.map(({ name }) => name))
    if (twice !== undefined) say(`${twice} is there twice`)
    for (const needed of ['bundle.json', 'digests.json']) {
      if (!documents.some(({ name }) => name === needed)) say(`${needed} is missing`)
    }
    if (sum(documents) > 4 * mostDocumentBytes) say('its documents are too large')
    if (new Set(carried).size !== carried.length) say('an artifact is there twice')
    if (!Number.isSafeInteger(sum(table))) say('its parts are too large')
  })
export type Contents = z.infer<typeof contents>

/** `bundle`: of the documents; `file`: of all that belongs together, so that parts of another making do not mix. */
export const partHead = z.strictObject({
  format: z.literal(1),
  name: entryId,
  bundle: sha256Hex,
  file: sha256Hex,
  part: z.int().min(1).max(mostParts),
  parts: z.int().min(1).max(mostParts),
  /** Where in the payload its share begins, and how long that is. */
  offset: count,
  bytes: count.positive(),
  contents: contents.optional(),
})
export type PartHead = z.infer<typeof partHead>

/** Two names that one file system or another takes for one: also in another case, and as a file and as a folder. */
function firstClash(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  const folders = new Set<string>()
  for (const name of names) {
    const lower = name.toLowerCase()
    if (seen.has(lower)) return name
    seen.add(lower)
    const parts = lower.split('/')
    for (let length = 1; length < parts.length; length += 1) folders.add(parts.slice(0, length).join('/'))
  }
  return names.find((name) => folders.has(name.toLowerCase()))
}

export function sum(all: readonly { readonly bytes: number }[]): number {
  return all.reduce((total, { bytes }) => total + bytes, 0)
}

export function sha256Of(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What a bundle is called by: the sha256 of its documents as sha256sum lists them. */
export function bundleIdentity(documents: readonly Pick<DocumentPlace, 'name' | 'sha256'>[]): string {
  const sorted = [...documents].sort((a, b) => (a.name < b.name ? -1 : 1))
  return sha256Of(sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''))
}

/** Not of the hashes of the parts: those are known only when all is written. */
export function fileIdentity({ documents, carried, table }: Contents): string {
  const parts = table.map(({ bytes }) => bytes).join(',')
  const order = documents.map(({ name }) => name).join('\n')
  return sha256Of([bundleIdentity(documents), order, carried.join('\n'), parts].join('\n\n'))
}

/** "ward.rsb" alone, else "ward.rsb.001" and on. */
export function partFileName(name: string, part: number, parts: number): string {
  return parts === 1 ? `${name}.rsb` : `${name}.rsb.${String(part).padStart(3, '0')}`
}

/** The head with its prefix, filled up with spaces to `bytes`. */
export function headBytes(head: PartHead, bytes: number): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  const room = bytes - prefixBytes
  if (text.length > room) throw new Error(`a head of ${text.length} bytes does not fit into ${room}`)
  const whole = Buffer.alloc(bytes, ' ')
  magic.copy(whole)
  whole.writeUInt32BE(room, magic.length)
  text.copy(whole, prefixBytes)
  whole.write(sha256Of(whole.subarray(prefixBytes)), sumAt, 'hex')
  return whole
}

/** Whether the head, with what fills it up, is as it was written. */
export function isWholeHead(prefix: Buffer, text: Uint8Array): boolean {
  return prefix.toString('hex', sumAt, prefixBytes) === sha256Of(text)
}

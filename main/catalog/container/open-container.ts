// Opens what lies on a medium as a bundle in one file or in parts. Whoever made it is not trusted, and parts may be
// missing, cut or of another bundle: each is named by its file, and what the others hold is used.
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Artifact, BundleHeader } from '../../../shared/domain/artifact.ts'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { notRead, plainReading, problemOfKind } from '../../files/plain-file.ts'
import { readJson } from '../bounded-json.ts'
import { readDigests, readHeader } from '../read-digests.ts'
import {
  bundleIdentity,
  type Contents,
  fileIdentity,
  isWholeHead,
  magic,
  mostHeadBytes,
  type PartHead,
  partFileName,
  partHead,
  prefixBytes,
  sha256Of,
  sum,
} from './form.ts'

/** As many as `contents` may have, and some. */
const headBounds = { mostItems: 10_000, mostValues: 40_000, deepest: 6 }

/** What a bundle's file says of itself, kept by whoever goes on without its first part. */
export type Known = {
  readonly head: PartHead & { contents: Contents }
  readonly documents: ReadonlyMap<string, Buffer>
}

export type OpenPart = {
  readonly file: string
  /** Where in its file the payload begins, and what there is of it. */
  readonly payloadAt: number
  readonly payloadBytes: number
}

export type Container = Known & {
  readonly header: BundleHeader
  readonly artifacts: readonly Artifact[]
  /** Those of `artifacts` whose bytes are here, each with where in the payload they begin. */
  readonly carried: readonly { readonly artifact: Artifact; readonly offset: number }[]
  /** By their number, from 1; what is not here is missing. Of several copies the first counts, and the others help out. */
  readonly parts: ReadonlyMap<number, readonly OpenPart[]>
  /** Files that are of no use, or no more than in part. */
  readonly problems: readonly BundlePiece[]
}

type Part = OpenPart & { readonly head: PartHead }

/** Of one part. */
const mostCopies = 4

/** `known`: what was read of it before, so that its first part need not be there again. */
export async function openContainer(
  files: readonly string[],
  known?: (file: string) => Known | undefined,
): Promise<Result<Container>> {
  const parts: Part[] = []
  const problems: BundlePiece[] = []
  for (const file of files) {
    const part = await readPart(file)
    if ('problem' in part) problems.push({ file: shown(file), ...part })
    else parts.push(part)
  }
  const [any] = parts
  if (any === undefined) {
    const [first] = problems
    return unusable(first?.file ?? '', first?.why ?? 'no file was named')
  }
  const ours = parts.filter(({ head }) => head.file === any.head.file)
  const strangers = parts.filter(({ head }) => head.file !== any.head.file)
  problems.push(...strangers.map(({ file }) => piece(file, 'foreign', 'it belongs to another bundle')))
  const read = await readFirstPart(ours)
  const before = known?.(any.head.file)
  if (before !== undefined && !(read.ok && read.value !== undefined)) return assemble(before, ours, problems)
  if (!read.ok) return read
  return read.value === undefined ? withoutFirst(any, problems) : assemble(read.value, ours, problems)
}

/** By the files that somebody gave: one of them that is damaged may be the first part. */
function withoutFirst({ file, head }: Part, problems: readonly BundlePiece[]): Result<never> {
  const [spoiled] = problems.filter(({ problem }) => problem !== 'foreign' && problem !== 'missing')
  if (spoiled !== undefined) return unusable(spoiled.file, spoiled.why)
  const numbered = /\.\d{3}$/
  const name = shown(file)
  const first = numbered.test(name) ? name.replace(numbered, '.001') : partFileName(head.name, 1, head.parts)
  const [other] = problems.filter((one) => one.file === first)
  const why = other?.why ?? 'which says what the bundle holds, is not there'
  const where = `it is part ${head.part} of ${head.parts} of ${head.name}, and the first one, ${first}`
  return unusable(name, other === undefined ? `${where}, ${why}` : `${where}: ${why}`)
}

/** As whoever brought it calls it, also where it is not there: parts may have been given another name together. */
export function partNamed({ head, parts }: Pick<Container, 'head' | 'parts'>, part: number): string {
  const given = parts.get(part)?.[0]
  if (given !== undefined) return shown(given.file)
  const ending = (number: number) => `.${String(number).padStart(3, '0')}`
  for (const [number, [one]] of parts) {
    const name = shown(one?.file ?? '')
    if (name.endsWith(ending(number))) return name.slice(0, -ending(number).length) + ending(part)
  }
  return partFileName(head.name, part, head.parts)
}

/** Which bundle's file, by `file` of its head, each of these is a part of; others are passed over. */
export async function partsAmong(files: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const file of files) {
    const part = await readPart(file)
    if (!('problem' in part)) found.set(part.head.file, [...(found.get(part.head.file) ?? []), file])
  }
  return found
}

function assemble(known: Known, parts: readonly Part[], before: readonly BundlePiece[]): Result<Container> {
  const { head, documents } = known
  const problems = [...before]
  const usable = new Map<number, OpenPart[]>()
  for (const part of parts) {
    const share = head.contents.table[part.head.part - 1]
    const offset = sum(head.contents.table.slice(0, part.head.part - 1))
    if (share === undefined || !isShare(part.head, { head, offset, bytes: share.bytes })) {
      problems.push(piece(part.file, 'damaged', 'it is not the part that it says'))
    } else {
      const copies = usable.get(part.head.part) ?? []
      if (copies.length >= mostCopies) continue
      if (part.payloadBytes !== share.bytes) {
        const why = `it has ${part.payloadBytes} bytes of its share instead of ${share.bytes}`
        problems.push(piece(part.file, part.payloadBytes < share.bytes ? 'cut' : 'damaged', why))
      }
      usable.set(part.head.part, [...copies, part])
    }
  }
  const name = partNamed({ head, parts: usable }, 1)
  const header = readHeader(documents.get('bundle.json'))
  if ('problem' in header) return unusable(name, `bundle.json: ${header.problem}`)
  const digests = readDigests(documents.get('digests.json'))
  if ('problem' in digests) return unusable(name, `digests.json: ${digests.problem}`)
  const carried = placed(head.contents, digests.value)
  if ('problem' in carried) return unusable(name, carried.problem)
  return ok({ ...known, ...carried, header: header.value, artifacts: digests.value, parts: usable, problems })
}

type Share = { readonly head: PartHead; readonly offset: number; readonly bytes: number }

function isShare(one: PartHead, { head, offset, bytes }: Share): boolean {
  const isOfIt = one.name === head.name && one.bundle === head.bundle && one.parts === head.parts
  return isOfIt && one.offset === offset && one.bytes === bytes
}

type Placed = Pick<Container, 'carried'>

/** What is carried is what the digest list names, and fills the payload to the byte. */
function placed(contents: Contents, artifacts: readonly Artifact[]): Placed | { readonly problem: string } {
  const bySum = new Map(artifacts.map((one) => [one.sha256, one]))
  const twin = artifacts.find((one) => bySum.get(one.sha256)?.chunks.join() !== one.chunks.join())
  if (twin !== undefined) return { problem: `its digest list has two sets of chunks for ${twin.id}` }
  let offset = sum(contents.documents)
  const carried: { artifact: Artifact; offset: number }[] = []
  for (const sha256 of contents.carried) {
    const artifact = bySum.get(sha256)
    if (artifact === undefined) return { problem: `it carries ${sha256}, which is not in its digest list` }
    carried.push({ artifact, offset })
    offset += artifact.bytes
  }
  const payload = sum(contents.table)
  return offset === payload ? { carried } : { problem: `it has ${payload} bytes where its lists say ${offset}` }
}

type NotRead = Pick<BundlePiece, 'problem' | 'why'>

async function readPart(file: string): Promise<Part | NotRead> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, plainReading)
    const about = await handle.stat()
    const odd = problemOfKind(about)
    if (odd !== undefined) return { problem: 'unreadable', why: odd }
    const prefix = await exactly(handle, 0, prefixBytes)
    if (prefix === undefined) return await tooShort(handle, about.size)
    if (!prefix.subarray(0, magic.length).equals(magic)) return { problem: 'foreign', why: 'it is no file of a bundle' }
    const length = prefix.readUInt32BE(magic.length)
    if (length > mostHeadBytes) return { problem: 'damaged', why: 'its head is too large' }
    const text = await exactly(handle, prefixBytes, length)
    if (text === undefined) return { problem: 'cut', why: 'it ends within its head' }
    if (!isWholeHead(prefix, text)) return { problem: 'damaged', why: 'its head is damaged' }
    const head = readJson(text, partHead, headBounds)
    if ('problem' in head) return { problem: 'damaged', why: `its head: ${head.problem}` }
    const odds = oddHead(head.value)
    if (odds !== undefined) return { problem: 'damaged', why: odds }
    const payloadAt = prefixBytes + length
    return { file, head: head.value, payloadAt, payloadBytes: about.size - payloadAt }
  } catch (error) {
    const { problem, why } = notRead(error)
    return { problem: problem === 'missing' ? 'missing' : 'unreadable', why: evidence(why, 300) }
  } finally {
    await handle?.close()
  }
}

/** Of a copy that was cut off early, what there is begins as it should. */
async function tooShort(handle: FileHandle, bytes: number): Promise<NotRead> {
  if (bytes === 0) return { problem: 'cut', why: 'it is empty' }
  const length = Math.min(bytes, magic.length)
  const begun = await exactly(handle, 0, length)
  if (begun?.equals(magic.subarray(0, length)) === true) return { problem: 'cut', why: 'it ends within its head' }
  return { problem: 'foreign', why: 'it is no file of a bundle' }
}

function oddHead({ part, parts, file, bundle, contents }: PartHead): string | undefined {
  if (part > parts) return `it is part ${part} of ${parts}`
  if ((part === 1) !== (contents !== undefined)) return 'only the first part says what the bundle holds'
  if (contents === undefined) return undefined
  if (contents.table.length !== parts) return 'its list of parts has another number of them'
  if (bundleIdentity(contents.documents) !== bundle) return 'its documents are not those of the bundle it names'
  return fileIdentity(contents) === file ? undefined : 'its lists are not those of the file it names'
}

/** Of several copies the first one whose documents are right. */
async function readFirstPart(parts: readonly Part[]): Promise<Result<Known | undefined>> {
  let damaged: Result<Known> | undefined
  for (const part of parts.filter(({ head }) => head.contents !== undefined).slice(0, mostCopies)) {
    const read = await readKnown(part)
    if (read.ok) return read
    damaged ??= read
  }
  return damaged ?? ok(undefined)
}

/** The documents, each checked against its sha256. They lie in the first part, or the bundle cannot be read. */
async function readKnown({ file, head, payloadAt }: Part): Promise<Result<Known>> {
  const { contents } = head
  if (contents === undefined) return unusable(shown(file), 'it does not say what the bundle holds')
  const documents = new Map<string, Buffer>()
  const handle = await open(file, plainReading)
  try {
    let at = payloadAt
    for (const { name, bytes, sha256 } of contents.documents) {
      const read = await exactly(handle, at, bytes)
      if (read === undefined || at + bytes - payloadAt > head.bytes) {
        return unusable(shown(file), `it ends within ${name}`)
      }
      if (sha256Of(read) !== sha256) return unusable(shown(file), `${name} is damaged`)
      documents.set(name, read)
      at += bytes
    }
    return ok({ head: { ...head, contents }, documents })
  } finally {
    await handle.close()
  }
}

async function exactly(handle: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at < length; ) {
    const { bytesRead } = await handle.read(bytes, at, length - at, position + at)
    if (bytesRead === 0) return undefined
    at += bytesRead
  }
  return bytes
}

function piece(file: string, problem: BundlePiece['problem'], why: string): BundlePiece {
  return { file: shown(file), problem, why }
}

function shown(file: string): string {
  return evidence(basename(file), 250)
}

function unusable(file: string, problem: string): Result<never> {
  return fail({ kind: 'container-unusable', file: evidence(file, 490), problem: evidence(problem, 490) })
}

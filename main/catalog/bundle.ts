// An offline folder: header, digest list, catalog entries, and the artifacts named by their sha256.
// Opening one reads and checks the small documents; artifact bytes are checked chunk by chunk when sent.
// Whoever made the folder is not trusted: only regular files are read, and no name is shown as it came. Documents whose
// signatures were checked come as the bytes that were checked, and are not read here.
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Artifact, artifactFileName, type BundleHeader } from '../../shared/domain/artifact.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import type { Entry } from '../../shared/domain/entry.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { filesListText } from '../../shared/domain/weights-folder.ts'
import { notRead, plainSize, readPlainText } from '../files/plain-file.ts'
import { listCatalogFiles, readCatalogFile } from './catalog-files.ts'
import { readDigests, readHeader } from './read-digests.ts'
import { notInCatalog, readEntries } from './read-entries.ts'
import type { SharedReading } from './shared-reading.ts'

const document = { follow: false, mostBytes: 16 * 1024 * 1024 }

export type Bundle = {
  readonly folder: string
  readonly header: BundleHeader
  readonly entries: readonly Entry[]
  readonly artifacts: readonly Artifact[]
}

/** A folder that nobody signed, with all its artifacts. */
export function openBundle(folder: string): Result<Bundle> {
  const bundle = readBundle(folder)
  return bundle.ok ? withArtifacts(bundle.value) : bundle
}

/** Whether it looks like a bundle at all, by its header: nothing else of it is read. */
export function openHeader(folder: string): Result<BundleHeader> {
  const texts = topDocuments(folder, ['bundle.json'])
  if (!texts.ok) return texts
  const header = readHeader(texts.value.get('bundle.json'))
  return 'problem' in header ? unusableIn(folder)(`bundle.json: ${header.problem}`) : ok(header.value)
}

function topDocuments(folder: string, names: readonly string[]): Result<Map<string, string>> {
  const unusable = unusableIn(folder)
  try {
    if (!statSync(folder).isDirectory()) return unusable('it is not a folder')
  } catch {
    return unusable('there is no such folder')
  }
  const documents = new Map<string, string>()
  for (const name of names) {
    const text = readPlainText(join(folder, name), document)
    if ('problem' in text) return unusable(`${name}: ${text.why}`)
    documents.set(name, text.read)
  }
  return ok(documents)
}

/** The documents of a folder that nobody signed, read from it; artifacts may be missing. */
export function readBundle(folder: string): Result<Bundle> {
  const unusable = unusableIn(folder)
  const read = topDocuments(folder, ['bundle.json', 'digests.json'])
  if (!read.ok) return read
  const documents = read.value
  const files = listCatalog(folder)
  if (!files.ok) return unusable(files.problem)
  for (const name of files.value) {
    const text = readCatalogFile(join(folder, 'catalog', name))
    if ('problem' in text) return notInCatalog(name, text.why)
    documents.set(`catalog/${name}`, text.read)
  }
  return documentsOf(folder, documents)
}

/** `documents`: by their path in the folder. */
export function bundleOf(folder: string, documents: ReadonlyMap<string, string>): Result<Bundle> {
  const bundle = documentsOf(folder, documents)
  return bundle.ok ? withArtifacts(bundle.value) : bundle
}

function withArtifacts(bundle: Bundle): Result<Bundle> {
  const problem = checkArtifacts(bundle.folder, bundle.artifacts)
  return problem === undefined ? ok(bundle) : unusableIn(bundle.folder)(problem)
}

function documentsOf(folder: string, documents: ReadonlyMap<string, string>): Result<Bundle> {
  const unusable = unusableIn(folder)
  const header = readHeader(documents.get('bundle.json'))
  if ('problem' in header) return unusable(`bundle.json: ${header.problem}`)
  const digests = readDigests(documents.get('digests.json'))
  if ('problem' in digests) return unusable(`digests.json: ${digests.problem}`)
  const inCatalog = [...documents].flatMap(([path, text]) =>
    path.startsWith('catalog/') ? [{ name: path.slice('catalog/'.length), text }] : [],
  )
  const entries = readEntries(inCatalog)
  if (!entries.ok) return entries
  return ok({ folder, header: header.value, entries: entries.value, artifacts: digests.value })
}

function unusableIn(folder: string) {
  return (problem: string) =>
    fail({ kind: 'bundle-unusable', folder: evidence(folder, 490), problem: evidence(problem, 490) })
}

type Checked<T> = { ok: true; value: T } | { ok: false; problem: string }

function listCatalog(folder: string): Checked<readonly string[]> {
  // One that only says which versions were taken back has no entries.
  const onlyTakesBack = existsSync(join(folder, 'blocked.json')) && !existsSync(join(folder, 'catalog'))
  if (onlyTakesBack) return { ok: true, value: [] }
  const listed = listCatalogFiles(join(folder, 'catalog'))
  if ('problem' in listed) return { ok: false, problem: `catalog: ${listed.problem}` }
  const [odd] = listed.odd
  if (odd !== undefined) return { ok: false, problem: `${join('catalog', odd.name)}: ${odd.why}` }
  return { ok: true, value: listed.names }
}

/** A cheap look before planning: every listed file is there in full length. */
function checkArtifacts(folder: string, artifacts: readonly Artifact[]): string | undefined {
  // One that only brings words, such as which versions were taken back.
  if (artifacts.length === 0) return undefined
  try {
    if (!lstatSync(join(folder, 'artifacts')).isDirectory()) return 'artifacts: it is not a folder'
  } catch {
    return 'the artifacts folder is missing'
  }
  for (const artifact of artifacts) {
    const file = join('artifacts', artifactFileName(artifact.sha256))
    const size = plainSize(join(folder, file))
    if ('problem' in size) return `${file} (${artifact.id}): ${size.why}`
    if (size.read !== artifact.bytes) {
      return `${file} (${artifact.id}) has ${size.read} bytes instead of ${artifact.bytes}`
    }
    if (!namesItsFiles(artifact)) return `digests.json: ${artifact.id} is not the sha256 of the list of its files`
  }
  return undefined
}

/** What a folder of weights is made from there are the bytes of its list, and what is planned here the files it names. */
function namesItsFiles(artifact: Artifact): boolean {
  if (artifact.kind !== 'weights' || artifact.weights.format !== 'safetensors') return true
  const list = filesListText(artifact.weights.files)
  return createHash('sha256').update(list).digest('hex') === artifact.sha256
}

/** For one upload; others of the same file share what it reads. */
export function byteSourceOf(folder: string, artifact: Artifact, reading: SharedReading): ByteSource {
  const file = join('artifacts', artifactFileName(artifact.sha256))
  const source = reading.source(join(folder, file), artifact.bytes)
  let problem: string | undefined
  return {
    ...source,
    read: (offset, length) =>
      wholeOf(source.read(offset, length), length, (why) => {
        problem ??= `${file} (${artifact.id}): ${why}`
      }),
    problem: () => (problem === undefined ? undefined : { kind: 'bundle-unusable', folder, problem }),
  }
}

/** The medium may have been taken out, or the file cut, since the bundle was looked at. */
async function* wholeOf(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
  onProblem: (why: string) => void,
): AsyncGenerator<Uint8Array> {
  let left = length
  try {
    for await (const piece of pieces) {
      left -= piece.byteLength
      yield piece
    }
    if (left > 0) throw new Error('it has become shorter')
  } catch (error) {
    onProblem(notRead(error).why)
    throw error
  }
}

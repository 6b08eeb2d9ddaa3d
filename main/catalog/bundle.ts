// An offline folder: header, digest list, catalog entries, and the artifacts named by their sha256.
// Opening one reads and checks the small documents; artifact bytes are checked chunk by chunk when sent.
import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import {
  type Artifact,
  artifactFileName,
  type BundleHeader,
  bundleHeader,
  digestList,
} from '../../shared/domain/artifact.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { readYaml } from './read-yaml.ts'

const maximumDocumentBytes = 16 * 1024 * 1024
const maximumEntryFiles = 2000

export type Bundle = {
  readonly folder: string
  readonly header: BundleHeader
  readonly entries: readonly Entry[]
  readonly artifacts: readonly Artifact[]
}

export function openBundle(folder: string): Result<Bundle> {
  const unusable = (problem: string) => fail({ kind: 'bundle-unusable', folder, problem: problem.slice(0, 500) })
  try {
    if (!statSync(folder).isDirectory()) return unusable('it is not a folder')
  } catch {
    return unusable('there is no such folder')
  }
  const header = readJson(join(folder, 'bundle.json'), bundleHeader)
  if (!header.ok) return unusable(`bundle.json: ${header.problem}`)
  const digests = readJson(join(folder, 'digests.json'), digestList)
  if (!digests.ok) return unusable(`digests.json: ${digests.problem}`)
  const entries = readEntries(join(folder, 'catalog'))
  if (!entries.ok) return entries
  const sizes = checkSizes(folder, digests.value.artifacts)
  if (sizes !== undefined) return unusable(sizes)
  return ok({ folder, header: header.value, entries: entries.value, artifacts: digests.value.artifacts })
}

type Checked<T> = { ok: true; value: T } | { ok: false; problem: string }

function readJson<T>(file: string, schema: { parse(value: unknown): T }): Checked<T> {
  try {
    if (statSync(file).size > maximumDocumentBytes) return { ok: false, problem: 'it is too large' }
    return { ok: true, value: schema.parse(JSON.parse(readFileSync(file, 'utf8'))) }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { ok: false, problem: code === 'ENOENT' ? 'it is missing' : message }
  }
}

function readEntries(folder: string): Result<Entry[]> {
  let names: string[]
  try {
    names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((e) => e.isFile() && e.name.endsWith('.yaml'))
      .map((e) => relative(folder, join(e.parentPath, e.name)))
      .sort()
  } catch {
    return fail({ kind: 'bundle-unusable', folder, problem: 'the catalog folder is missing' })
  }
  if (names.length > maximumEntryFiles) {
    return fail({ kind: 'bundle-unusable', folder, problem: `more than ${maximumEntryFiles} catalog files` })
  }
  const entries: Entry[] = []
  for (const name of names) {
    if (statSync(join(folder, name)).size > maximumDocumentBytes) {
      return fail({ kind: 'catalog-invalid', file: name, line: 0, problem: 'it is too large' })
    }
    const read = readYaml(name, readFileSync(join(folder, name), 'utf8'), entry)
    if (!read.ok) return read
    const twin = entries.find((e) => e.kind === read.value.kind && e.id === read.value.id)
    if (twin !== undefined) {
      return fail({ kind: 'catalog-invalid', file: name, line: 0, problem: `${twin.kind} "${twin.id}" exists twice` })
    }
    entries.push(read.value)
  }
  return ok(entries)
}

/** A cheap look before planning: every listed file is there in full length. */
function checkSizes(folder: string, artifacts: readonly Artifact[]): string | undefined {
  for (const artifact of artifacts) {
    const file = join('artifacts', artifactFileName(artifact.sha256))
    let bytes: number
    try {
      bytes = statSync(join(folder, file)).size
    } catch {
      return `${file} (${artifact.id}) is missing`
    }
    if (bytes !== artifact.bytes) return `${file} (${artifact.id}) has ${bytes} bytes instead of ${artifact.bytes}`
  }
  return undefined
}

export function byteSourceOf(folder: string, artifact: Artifact): ByteSource {
  const file = join(folder, 'artifacts', artifactFileName(artifact.sha256))
  return {
    read: (offset, length) =>
      createReadStream(file, { start: offset, end: offset + length - 1, highWaterMark: 1024 * 1024 }),
  }
}

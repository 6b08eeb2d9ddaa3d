// `rackside bundle build`: the entries that a solution is made of and every artifact that it needs, on one server or on
// every one of a class, as one file or as parts. What was made is proven: a plan for that server lacks nothing of it.
import { basename, dirname, join } from 'node:path'
import type { Artifact, BundleHeader } from '../../../shared/domain/artifact.ts'
import { digestList } from '../../../shared/domain/artifact.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  type Closure,
  closureForClass,
  closureForFacts,
  type HardwareClass,
  lackedBy,
} from '../../../shared/plan/bundle-closure.ts'
import { makePlan } from '../../../shared/plan/make-plan.ts'
import { readSources, type Sources, sourceText } from '../../catalog/build/sources.ts'
import { listCatalogFiles, readCatalogFile } from '../../catalog/catalog-files.ts'
import { poolKey } from '../../catalog/container/store.ts'
import { type ToWrite as ToPack, writeContainer } from '../../catalog/container/write-container.ts'
import { writeFolder } from '../../catalog/container/write-folder.ts'
import { openCatalog, readEntries } from '../../catalog/read-entries.ts'
import type { CoreTools } from '../core-tools.ts'
import { factsFrom } from './facts-from.ts'
import { type ArtifactKind, type Obtained, obtain } from './obtain.ts'
import { artifactsOf } from './other-bundle.ts'

export type BuildWish = {
  readonly catalog: string
  readonly solution: string
  /** A recording, or facts as `detect --json` says them; else every server of a class. */
  readonly target: { readonly facts: string } | { readonly hardware: HardwareClass }
  readonly sources: string
  /** "ward.rsb": a file, or parts; without that ending a folder, to be signed and packed. Its name is that of the bundle. */
  readonly out: string
  /** A bundle that the place where it goes has already. */
  readonly against?: string | undefined
  readonly mostPartBytes: number
  readonly cache: string
  readonly onStep?: (artifact: string) => void
}

export type Built = {
  readonly name: string
  readonly files: readonly string[]
  readonly carriedBytes: number
  readonly leftOut: readonly string[]
}

export async function buildBundle(tools: Pick<CoreTools, 'now' | 'sha256'>, wish: BuildWish): Promise<Result<Built>> {
  const entries = openCatalog(wish.catalog)
  if (!entries.ok) return entries
  const sources = readSources(wish.sources)
  if (!sources.ok) return sources
  const facts = 'facts' in wish.target ? await factsFrom(wish.target.facts, tools) : undefined
  if (facts?.ok === false) return facts
  const closure = closureOf(entries.value, wish, facts?.value)
  if (!closure.ok) return closure
  const obtained = await obtainAll(closure.value, sources.value, wish)
  if (!obtained.ok) return obtained
  const artifacts = digestList.parse({ format: 1, artifacts: obtained.value.map(({ artifact }) => artifact) }).artifacts
  const proven = prove({ ...closure.value, artifacts }, wish, facts?.value, tools)
  if (!proven.ok) return proven
  const before = await artifactsOf(wish.against)
  if (!before.ok) return before
  return write(
    { closure: closure.value, obtained: obtained.value, sources: sources.value, before: before.value },
    wish,
    tools,
  )
}

function closureOf(
  entries: readonly Entry[],
  { target, solution }: BuildWish,
  facts: Facts | undefined,
): Result<Closure> {
  const catalog = { entries, artifacts: [] }
  if (facts !== undefined) return closureForFacts(catalog, solution, facts)
  return closureForClass(catalog, solution, 'hardware' in target ? target.hardware : 'cpu')
}

async function obtainAll(closure: Closure, { artifacts }: Sources, wish: BuildWish): Promise<Result<Obtained[]>> {
  const unnamed = closure.artifacts.filter((id) => artifacts[id] === undefined)
  if (unnamed.length > 0) return fail({ kind: 'build-incomplete', solution: wish.solution, artifacts: unnamed })
  const kinds = kindsOf(closure.entries)
  const all = new Map<string, Obtained>()
  for (const id of new Set([...closure.artifacts, ...closure.optional])) {
    const source = artifacts[id]
    if (source === undefined) continue
    wish.onStep?.(id)
    try {
      const kind = kinds.get(id) ?? 'file'
      const got = await obtain({ id, kind, source, folder: dirname(wish.sources), cache: wish.cache })
      if (!got.ok) return got
      for (const one of got.value) all.set(one.artifact.sha256, one)
    } catch (error) {
      const detail = evidence((error as Error).message, 490)
      return fail({ kind: 'source-failed', artifact: id, source: evidence(sourceText(source), 490), detail })
    }
  }
  return ok([...all.values()])
}

/** What an entry says that an artifact is. */
function kindsOf(entries: readonly Entry[]): Map<string, ArtifactKind> {
  const kinds = new Map<string, ArtifactKind>()
  for (const entry of entries) {
    if (entry.kind === 'model') for (const { weights } of entry.variants) kinds.set(weights, 'weights')
    else if (entry.kind === 'host-package') for (const one of entry.packages) kinds.set(one.artifact, 'file')
    else if (entry.kind !== 'solution') for (const id of imagesOf(entry)) kinds.set(id, 'image')
  }
  return kinds
}

function imagesOf(entry: Extract<Entry, { variants: unknown }>): string[] {
  const pictured = [...entry.variants, ...('parts' in entry && entry.parts !== undefined ? entry.parts : [])]
  return pictured.flatMap((one) =>
    'images' in one ? Object.values(one.images).flatMap((image) => image?.artifact ?? []) : [],
  )
}

type Made = { readonly entries: readonly Entry[]; readonly artifacts: readonly Artifact[] }

/** A plan for a bare server of this kind, from what the bundle brings and nothing else. */
function prove(
  made: Made,
  wish: BuildWish,
  facts: Facts | undefined,
  tools: Pick<CoreTools, 'now' | 'sha256'>,
): Result<void> {
  if (facts === undefined) return ok(undefined)
  const address = { host: 'appliance', port: 22, user: 'operator' }
  const asked = { solution: wish.solution, address, bundleId: 'bundle', signed: false, soakSeconds: 60 }
  const plan = makePlan(facts, made, asked, { sha256: tools.sha256, now: tools.now() })
  if (!plan.ok) return plan
  const lacked = lackedBy(plan.value.blockers)
  return lacked.length === 0
    ? ok(undefined)
    : fail({ kind: 'build-incomplete', solution: wish.solution, artifacts: [...new Set(lacked)] })
}

type ToWrite = {
  readonly closure: Closure
  readonly obtained: readonly Obtained[]
  readonly sources: Sources
  readonly before: readonly Artifact[]
}

async function write(
  { closure, obtained, sources, before }: ToWrite,
  wish: BuildWish,
  tools: Pick<CoreTools, 'now'>,
): Promise<Result<Built>> {
  const name = basename(wish.out).replace(/\.rsb$/, '')
  const header: BundleHeader = {
    ...{ format: 1, name, publisher: sources.publisher, createdAt: tools.now() },
  }
  const documents = new Map<string, Uint8Array>([
    ['bundle.json', textOf(header)],
    ['digests.json', textOf({ format: 1, artifacts: obtained.map(({ artifact }) => artifact) })],
    ...entryFiles(wish.catalog, closure.entries),
  ])
  const there = new Set(before.map(poolKey))
  const carried = obtained.filter(({ artifact }) => !there.has(poolKey(artifact)))
  const written = await putOut({ name, documents, carried }, wish)
  if (!written.ok) return written
  const leftOut = obtained.filter((one) => !carried.includes(one)).map(({ artifact }) => artifact.id)
  const carriedBytes = carried.reduce((sum, { artifact }) => sum + artifact.bytes, 0)
  return ok({ name, files: written.value, carriedBytes, leftOut })
}

type Contents = Pick<ToPack, 'name' | 'documents' | 'carried'>

async function putOut(contents: Contents, { out, mostPartBytes }: BuildWish): Promise<Result<readonly string[]>> {
  if (out.endsWith('.rsb')) return writeContainer({ ...contents, folder: dirname(out), mostPartBytes })
  const written = await writeFolder(out, contents)
  return written.ok ? ok([out]) : written
}

function textOf(document: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(document, undefined, 1)}\n`)
}

/** Their files as they are, comments and all. */
function entryFiles(catalog: string, wanted: readonly Entry[]): [string, Uint8Array][] {
  const listed = listCatalogFiles(catalog)
  if ('problem' in listed) return []
  return listed.names.flatMap((name): [string, Uint8Array][] => {
    const text = readCatalogFile(join(catalog, name))
    if ('problem' in text) return []
    const read = readEntries([{ name, text: text.read }])
    const is = read.ok ? read.value[0] : undefined
    const isWanted = wanted.some((one) => one.kind === is?.kind && one.id === is.id)
    return isWanted ? [[`catalog/${name}`, Buffer.from(text.read)]] : []
  })
}

// `rackside bundle build`: the entries that a solution is made of and every artifact that it needs, on one server or on
// every one of a class, as one file or as parts. What was made is proven: a plan for that server lacks nothing of it.
import { basename, dirname } from 'node:path'
import type { Artifact, BundleHeader } from '../../../shared/domain/artifact.ts'
import { digestList } from '../../../shared/domain/artifact.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  type Closure,
  closureForClass,
  closureForFacts,
  type HardwareClass,
  lackedBy,
} from '../../../shared/plan/bundle-closure.ts'
import { makePlan } from '../../../shared/plan/make-plan.ts'
import { readSources, type Sources } from '../../catalog/build/sources.ts'
import { poolKey } from '../../catalog/container/store.ts'
import { type ToWrite as ToPack, writeContainer } from '../../catalog/container/write-container.ts'
import { writeFolder } from '../../catalog/container/write-folder.ts'
import { openCatalog } from '../../catalog/read-entries.ts'
import type { CoreTools } from '../core-tools.ts'
import { factsFrom } from './facts-from.ts'
import { checkPrograms } from './image-needs.ts'
import { madeDocuments } from './made-documents.ts'
import type { Obtained } from './obtain.ts'
import { artifactKinds, obtainAll } from './obtain-all.ts'
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
  const obtained = await obtainFor(closure.value, sources.value, wish)
  if (!obtained.ok) return obtained
  const able = await checkPrograms(closure.value.entries, obtained.value)
  if (!able.ok) return able
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

function obtainFor(closure: Closure, { artifacts }: Sources, wish: BuildWish): Promise<Result<Obtained[]>> {
  const unnamed = closure.artifacts.filter((id) => !Object.hasOwn(artifacts, id))
  if (unnamed.length > 0) {
    return Promise.resolve(fail({ kind: 'build-incomplete', solution: wish.solution, artifacts: unnamed }))
  }
  const ids = [...closure.artifacts, ...closure.optional]
  return obtainAll({ artifacts, ids, kinds: artifactKinds(closure.entries), folder: dirname(wish.sources) }, wish)
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
  const artifacts = obtained.map(({ artifact }) => artifact)
  const documents = madeDocuments({ header, artifacts, catalog: wish.catalog, wanted: closure.entries })
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

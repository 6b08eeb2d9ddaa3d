// Looking at a bundle without installing from it: what it holds, what differs from another one, and whether every byte
// of it is right.
import type {
  BundleDifference,
  BundleInspection,
  BundleSignature,
  VerifyProgress,
} from '../../../shared/contract/bundles.ts'
import type { Artifact, BundleHeader } from '../../../shared/domain/artifact.ts'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import type { DeclaredPrivilege } from '../../../shared/domain/entry/privileges.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { evidence, ok, type Result } from '../../../shared/domain/failure.ts'
import { privilegeName } from '../../../shared/domain/privilege.ts'
import { documentsOf } from '../../catalog/container/documents.ts'
import { bundleIdentity, sha256Of } from '../../catalog/container/form.ts'
import type { Container } from '../../catalog/container/open-container.ts'
import { verifyContainer, verifyFolder } from '../../catalog/container/verify-bundle.ts'
import { readEntries } from '../../catalog/read-entries.ts'
import type { Core } from '../context.ts'
import { readBundleNamed } from '../desk/bundles.ts'
import { followWork } from '../newest-value.ts'
import { openBrought, publisherIn, signatureOfBrought } from './brought.ts'
import { signatureIn } from './signature.ts'

type Looked = {
  readonly header: BundleHeader
  readonly identity: string
  readonly entries: readonly Entry[]
  readonly artifacts: readonly Artifact[]
  readonly carried: ReadonlySet<string>
  readonly signature: () => BundleSignature
  readonly verify: (watched: {
    onBytes: (bytes: number) => void
    signal: AbortSignal | undefined
  }) => Promise<BundlePiece[]>
}

async function lookAt(core: Core, place: string): Promise<Result<Looked>> {
  return place.startsWith('import-') ? lookAtBrought(core, place) : lookAtFolder(core, place)
}

async function lookAtBrought(core: Core, importId: string): Promise<Result<Looked>> {
  const opened = await openBrought(core, importId)
  if (!opened.ok) return opened
  const container: Container = opened.value
  const entries = entriesIn(container.documents)
  if (!entries.ok) return entries
  return ok({
    ...{ header: container.header, identity: container.head.bundle, entries: entries.value },
    artifacts: container.artifacts,
    carried: new Set(container.carried.map(({ artifact }) => artifact.sha256)),
    signature: () => signatureOfBrought(core, importId, container),
    verify: (watched) => verifyContainer(container, watched),
  })
}

async function lookAtFolder(core: Core, bundleId: string): Promise<Result<Looked>> {
  const bundle = readBundleNamed(core, bundleId)
  if (!bundle.ok) return bundle
  const { folder, header, entries, artifacts } = bundle.value
  const documents = documentsOf(folder)
  const named = [...documents].map(([name, bytes]) => ({ name, sha256: sha256Of(bytes) }))
  return ok({
    ...{ header, identity: bundleIdentity(named), entries, artifacts },
    carried: new Set(artifacts.map(({ sha256 }) => sha256)),
    signature: () => signatureIn(core, folder, { named: folder, bundleId }),
    verify: (watched) => verifyFolder({ folder, artifacts }, watched),
  })
}

function entriesIn(documents: ReadonlyMap<string, Uint8Array>): Result<Entry[]> {
  const texts = [...documents].flatMap(([name, bytes]) =>
    name.startsWith('catalog/')
      ? [{ name: name.slice('catalog/'.length), text: Buffer.from(bytes).toString('utf8') }]
      : [],
  )
  return readEntries(texts)
}

export async function inspectBundle(
  core: Core,
  { place, against }: { readonly place: string; readonly against?: string | undefined },
): Promise<Result<BundleInspection>> {
  const looked = await lookAt(core, place)
  if (!looked.ok) return looked
  const other = against === undefined ? undefined : await lookAt(core, against)
  if (other?.ok === false) return other
  const { header, identity, entries, artifacts, carried } = looked.value
  const signature = looked.value.signature()
  return ok({
    ...{ name: header.name, publisher: publisherIn(header, signature), signature },
    ...{ createdAt: header.createdAt, identity },
    entries: entries.map((entry) => ({
      kind: entry.kind,
      id: entry.id,
      version: versionOf(entry),
      licence: licenceOf(entry),
    })),
    artifacts: artifacts.map(({ id, kind, bytes, sha256 }) => ({
      id,
      kind,
      bytes,
      sha256,
      carried: carried.has(sha256),
    })),
    ...(other !== undefined && { differences: differencesOf(other.value, looked.value) }),
  })
}

export function versionOf(entry: Entry): string {
  return 'version' in entry ? evidence(entry.version, 90) : ''
}

export function licenceOf(entry: Entry): string {
  return 'licence' in entry && entry.licence !== undefined ? evidence(entry.licence.spdx, 250) : ''
}

/** Of any of its variants, each once. */
export function privilegesOf(entry: Entry | undefined): DeclaredPrivilege[] {
  if (entry === undefined || !('variants' in entry)) return []
  const all = entry.variants.flatMap((one) => ('privileges' in one ? (one.privileges ?? []) : []))
  return [...new Map(all.map((one) => [privilegeName(one), one])).values()]
}

/** What a person agrees to anew, and what it gives up, of an entry that differs. */
function withPrivileges(one: BundleDifference, from: Looked, to: Looked): BundleDifference {
  const wantedIn = ({ entries }: Looked) => privilegesOf(entries.find(({ kind, id }) => `${kind} ${id}` === one.name))
  const [before, after] = [wantedIn(from), wantedIn(to)]
  const without = (all: readonly DeclaredPrivilege[], others: readonly DeclaredPrivilege[]) => {
    const names = others.map(privilegeName)
    return all.filter((each) => !names.includes(privilegeName(each)))
  }
  const [wantsMore, wantsNoMore] = [without(after, before), without(before, after)]
  return wantsMore.length + wantsNoMore.length === 0 ? one : { ...one, wantsMore, wantsNoMore }
}

function differencesOf(from: Looked, to: Looked): BundleDifference[] {
  const named = (entries: readonly Entry[]) =>
    new Map(entries.map((one) => [`${one.kind} ${one.id}`, JSON.stringify(one)] as const))
  const sums = (artifacts: readonly Artifact[]) =>
    new Map(artifacts.map((one) => [one.id as string, one.sha256] as const))
  return [
    ...changesIn('entry', named(from.entries), named(to.entries)).map((one) => withPrivileges(one, from, to)),
    ...changesIn('artifact', sums(from.artifacts), sums(to.artifacts)),
  ]
}

function changesIn(
  what: BundleDifference['what'],
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): BundleDifference[] {
  const names = [...new Set([...from.keys(), ...to.keys()])].sort()
  return names.flatMap((name): BundleDifference[] => {
    const [before, after] = [from.get(name), to.get(name)]
    if (before === after) return []
    if (before === undefined) return [{ what, name, change: 'added' }]
    return [{ what, name, change: after === undefined ? 'removed' : 'changed' }]
  })
}

/** Ends when it is read, or with its reader. */
export async function* verifyBundle(core: Core, place: string, signal?: AbortSignal): AsyncGenerator<VerifyProgress> {
  const looked = await lookAt(core, place)
  if (!looked.ok) {
    yield { stage: 'failed', failure: looked.failure }
    return
  }
  const { header, artifacts, carried, signature, verify } = looked.value
  const all = new Map(artifacts.filter(({ sha256 }) => carried.has(sha256)).map((one) => [one.sha256, one.bytes]))
  const totalBytes = [...all.values()].reduce((sum, bytes) => sum + bytes, 0)
  yield* followWork<VerifyProgress>(async (show, stop) => {
    let doneBytes = 0
    const onBytes = (bytes: number) => {
      doneBytes = Math.min(totalBytes, doneBytes + bytes)
      show({ stage: 'working', doneBytes, totalBytes })
    }
    const pieces = await verify({ onBytes, signal: stop })
    show({ stage: 'done', name: header.name, totalBytes, pieces, signature: signature() })
  }, signal)
}

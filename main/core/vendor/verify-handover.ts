// `rackside vendor verify`: what is handed over, looked at as a site does that has never heard of its publisher: who
// signed it, until when, and whether every byte that it carries is right.
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Artifact, digestList } from '../../../shared/domain/artifact.ts'
import type { BlockedVersion } from '../../../shared/domain/blocked-version.ts'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { TrustState } from '../../../shared/domain/publisher.ts'
import { blockedIn } from '../../catalog/container/blocked-in.ts'
import { openContainer } from '../../catalog/container/open-container.ts'
import { verifyContainer, verifyFolder } from '../../catalog/container/verify-bundle.ts'
import { readEntries } from '../../catalog/read-entries.ts'
import { hasSignatures } from '../../trust/read-folder.ts'
import { pinPublisher, type Verified, verifyBundle } from '../../trust/verify.ts'
import { withSiblings } from '../bundles/brought.ts'
import { withDocuments } from '../bundles/laid-out-documents.ts'
import type { CoreTools } from '../core-tools.ts'

export type Handover = {
  readonly line: string
  readonly vouching: Verified['vouching']
  readonly entries: readonly Entry[]
  /** What it takes back. */
  readonly blocked: readonly BlockedVersion[]
  readonly carriedBytes: number
  /** Empty where everything is right. */
  readonly pieces: readonly BundlePiece[]
}

type Asked = {
  /** One folder, or the files of one bundle; parts beside a named one come with it. */
  readonly files: readonly string[]
  /** Whom it has to be of; missing: whoever signed it. */
  readonly fingerprint?: string | undefined
  readonly onBytes?: (bytes: number) => void
  /** Aborted: what was not read yet is not read any more. */
  readonly signal?: AbortSignal
}

export async function verifyHandover(tools: Pick<CoreTools, 'now'>, asked: Asked): Promise<Result<Handover>> {
  const [only = ''] = asked.files
  const isFolder = asked.files.length === 1 && statSync(only, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder ? ofFolder(tools, resolve(only), asked) : ofFiles(tools, asked)
}

async function ofFolder(tools: Pick<CoreTools, 'now'>, folder: string, asked: Asked): Promise<Result<Handover>> {
  const checked = checkDocuments(tools, folder, asked)
  if (!checked.ok) return checked
  const { artifacts, ...said } = checked.value
  const pieces = await verifyFolder({ folder, artifacts }, watched(asked))
  return ok({ ...said, carriedBytes: bytesOf(artifacts), pieces })
}

async function ofFiles(tools: Pick<CoreTools, 'now'>, asked: Asked): Promise<Result<Handover>> {
  const files = [...new Set(asked.files.flatMap((file) => withSiblings(resolve(file))))]
  const container = await openContainer(files)
  if (!container.ok) return container
  const { documents, carried } = container.value
  const checked = withDocuments(documents, (folder) => checkDocuments(tools, folder, asked))
  if (!checked.ok) return checked
  const { artifacts: _, ...said } = checked.value
  const pieces = await verifyContainer(container.value, watched(asked))
  return ok({ ...said, carriedBytes: bytesOf(carried.map(({ artifact }) => artifact)), pieces })
}

type Checked = Pick<Handover, 'line' | 'vouching' | 'entries' | 'blocked'> & { readonly artifacts: readonly Artifact[] }

function checkDocuments({ now }: Pick<CoreTools, 'now'>, folder: string, { fingerprint }: Asked): Result<Checked> {
  if (!hasSignatures(folder)) {
    return fail({ kind: 'bundle-not-trusted', folder, problem: 'unsigned', file: '', detail: '' })
  }
  const trusted = asStranger(folder, { now: now(), fingerprint })
  if (!trusted.ok) return trusted
  const { documents, vouching } = trusted.value
  const text = (name: string) => documents.get(name)?.toString('utf8') ?? ''
  const catalog = [...documents.keys()].filter((name) => name.startsWith('catalog/'))
  const entries = readEntries(catalog.map((name) => ({ name: name.slice('catalog/'.length), text: text(name) })))
  if (!entries.ok) return entries
  return ok({
    ...{ line: (JSON.parse(text('bundle.json')) as { name: string }).name, vouching },
    entries: entries.value,
    blocked: blockedIn(documents),
    artifacts: digestList.parse(JSON.parse(text('digests.json'))).artifacts,
  })
}

/** Trusts it for this one look, where it is whom the fingerprint names. */
function asStranger(folder: string, { now, fingerprint }: { now: string; fingerprint: string | undefined }) {
  const nobody: TrustState = { publishers: [] }
  const seen = verifyBundle(folder, { state: nobody, now, bundleId: '' })
  if (seen.ok || seen.failure.kind !== 'publisher-unknown') return seen
  const wanted = fingerprint ?? seen.failure.fingerprint
  const state = pinPublisher(folder, { state: nobody, now, fingerprint: wanted, who: '' })
  return state.ok ? verifyBundle(folder, { state: state.value, now, bundleId: '' }) : state
}

function watched({ onBytes, signal }: Asked) {
  return { ...(onBytes !== undefined && { onBytes }), ...(signal !== undefined && { signal }) }
}

function bytesOf(artifacts: readonly Artifact[]): number {
  return [...new Map(artifacts.map((one) => [one.sha256, one.bytes])).values()].reduce((sum, bytes) => sum + bytes, 0)
}

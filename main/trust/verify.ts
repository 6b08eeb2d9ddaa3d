// Who made a bundle, before anything of it is used. What was verified is handed on as the bytes that were verified;
// nothing of the folder is read a second time but artifacts, which the signed digest list binds chunk by chunk.
import type * as z from 'zod'
import { bundleHeader } from '../../shared/domain/artifact.ts'
import { type BlockedVersion, blockedList } from '../../shared/domain/blocked-version.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { mostBlocked, type PinnedPublisher, type TrustState, type Vouching } from '../../shared/domain/publisher.ts'
import { NotTrusted, untrusted } from './problem.ts'
import { readBounded, readDocumentsOf, readRoots, readSigned, refuseUnsigned, type SignedFiles } from './read-folder.ts'
import {
  type CheckedLine,
  checkLine,
  followRoots,
  formerFingerprints,
  newestRoot,
  type Roots,
  sameCountingKeys,
  type TrustedRoot,
} from './tuf.ts'

const headerBytes = 64 * 1024
const mostFormer = 100
const mostRemoved = 100
/** A clock is behind when it is by more than a daylight saving change that somebody made by hand. */
const clockToleranceMs = 2 * 3600 * 1000

export type Verified = {
  readonly vouching: Extract<Vouching, { signed: true }>
  /** By their path in the folder. */
  readonly documents: ReadonlyMap<string, Buffer>
  /** What this console knows from now on: to be written before anything of the bundle is used. */
  readonly next: TrustState
}

/** `bundleId`: by which a stranger's bundle is named to whoever is asked to trust its publisher. */
type Now = { readonly now: string; readonly state: TrustState; readonly bundleId: string }

/** Of a publisher that is pinned. */
export function verifyBundle(folder: string, { state, now, bundleId }: Now): Result<Verified> {
  return judged(folder, () => {
    const claim = claimOf(folder)
    const pinned = state.publishers.find(({ id }) => id === claim.publisher.id)
    const time = timeIn(state, now)
    if (pinned === undefined) {
      const { fingerprint, checked } = lookAtStranger(folder, claim)
      // By the clock alone: what only a later time says is a question to whoever trusts it.
      refuseExpired(checked, time, true)
      throw new NotTrusted(() => ({ kind: 'publisher-unknown', ...namesOf(claim), fingerprint, bundleId }))
    }
    const read = verifyAgainst(folder, { claim, pinned })
    return {
      ...read,
      vouching: { ...vouchingOf(read, time), ...clockBehind(state, now) },
      next: { ...state, lastSeen: time.floor, publishers: replaced(state, read.pinned) },
    }
  })
}

type Pinning = Omit<Now, 'bundleId'> & {
  readonly fingerprint: string
  readonly who: string
  readonly acceptsClock?: boolean | undefined
}

/** Trusts whoever signed this bundle, where it is whom the fingerprint names. */
export function pinPublisher(
  folder: string,
  { state, now, fingerprint, who, acceptsClock }: Pinning,
): Result<TrustState> {
  return judged(folder, () => {
    const claim = claimOf(folder)
    const known = state.publishers.find(({ id }) => id === claim.publisher.id)
    const time = timeIn(state, now)
    const stranger = lookAtStranger(folder, claim)
    const offered = stranger.fingerprint
    if (known !== undefined && known.fingerprint !== offered) {
      throw new NotTrusted(() => ({
        kind: 'publisher-key-changed',
        ...namesOf(claim),
        pinned: known.fingerprint,
        offered,
      }))
    }
    if (offered !== fingerprint) {
      throw new NotTrusted(() => ({ kind: 'publisher-key-mismatch', ...namesOf(claim), given: fingerprint, offered }))
    }
    if (known !== undefined) return state
    refuseExpired(stranger.checked, time, acceptsClock)
    const { id, name } = claim.publisher
    const by = { id, name, pinnedAt: now, pinnedBy: who }
    const { removed = [] } = state
    const before = removed.find((one) => isSamePublisher(one, stranger))
    const pinned: PinnedPublisher = {
      ...(before === undefined
        ? newlyPinned(claim, stranger)
        : verifyAgainst(folder, { claim, pinned: before }).pinned),
      ...by,
    }
    return {
      ...{ lastSeen: time.floor, publishers: [...state.publishers, pinned] },
      ...removedBut(before, removed),
    }
  })
}

function newlyPinned(
  claim: Claim,
  { root, fingerprint, formerly, checked, documents }: Stranger,
): Omit<PinnedPublisher, 'id' | 'name' | 'pinnedAt' | 'pinnedBy'> {
  return {
    ...{ fingerprint, rootVersion: root.version, root: textOf(root.root), lines: [lineOf(claim, checked)] },
    ...(formerly !== undefined && { formerly }),
    ...blockedBy([], documents),
  }
}

type Keys = Pick<PinnedPublisher, 'fingerprint' | 'formerly'>

function isSamePublisher(one: Keys, other: Keys): boolean {
  const all = [other.fingerprint, ...(other.formerly ?? [])]
  return [one.fingerprint, ...(one.formerly ?? [])].some((fingerprint) => all.includes(fingerprint))
}

/** Trusted no more. What was seen of it and what it has taken back counts again should it ever be trusted again. */
export function unpinPublisher(state: TrustState, id: string): TrustState {
  const gone = state.publishers.filter((one) => one.id === id)
  const others = (state.removed ?? []).filter((one) => !gone.some(({ fingerprint }) => fingerprint === one.fingerprint))
  return {
    ...state,
    publishers: state.publishers.filter((one) => one.id !== id),
    removed: [...others, ...gone].slice(-mostRemoved),
  }
}

function removedBut(
  one: PinnedPublisher | undefined,
  removed: readonly PinnedPublisher[],
): Pick<TrustState, 'removed'> {
  const left = removed.filter((other) => other !== one)
  return left.length === 0 ? {} : { removed: left }
}

function judged<T>(folder: string, work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof NotTrusted) return fail(error.failureIn(folder))
    throw error
  }
}

type Claim = z.infer<typeof bundleHeader> & { readonly bytes: Buffer }

/** What the folder says it is: only to find the keys by, until its bytes have been verified. */
function claimOf(folder: string): Claim {
  const bytes = readBounded(folder, 'bundle.json', headerBytes)
  try {
    return { ...bundleHeader.parse(JSON.parse(bytes.toString('utf8'))), bytes }
  } catch (error) {
    throw untrusted('unreadable', 'bundle.json', (error as Error).message)
  }
}

function namesOf({ publisher: { id, name } }: Claim): { publisher: string; name: string } {
  return { publisher: id, name }
}

type Read = { readonly checked: CheckedLine; readonly documents: Map<string, Buffer> }

type Stranger = Read & Pick<PinnedPublisher, 'formerly'> & { readonly root: TrustedRoot; readonly fingerprint: string }

function lookAtStranger(folder: string, claim: Claim): Stranger {
  const roots = readRoots(folder)
  const root = newestRoot(roots)
  const checked = checkLine({ root, roots, seen: undefined }, readDocumentsOf(folder))
  const documents = documentsOf(folder, claim, checked.targets)
  return { root, fingerprint: root.fingerprint, ...formerly([], root, roots), checked, documents }
}

type Against = { readonly claim: Claim; readonly pinned: PinnedPublisher }

function verifyAgainst(folder: string, { claim, pinned }: Against): Read & { pinned: PinnedPublisher } {
  const roots = readRoots(folder)
  const trusted = { root: Buffer.from(pinned.root), fingerprint: pinned.fingerprint, version: pinned.rootVersion }
  const changed = (offered: string) =>
    new NotTrusted(() => ({ kind: 'publisher-key-changed', ...namesOf(claim), pinned: pinned.fingerprint, offered }))
  const root = followRoots(trusted, roots, { changed })
  const lines = sameCountingKeys(trusted, root) ? pinned.lines : []
  const line = lines.find(({ name }) => name === claim.name)
  const seen = line && { timestamp: Buffer.from(line.timestamp), snapshot: Buffer.from(line.snapshot) }
  const checked = checkLine({ root, roots, seen }, readDocumentsOf(folder))
  const documents = documentsOf(folder, claim, checked.targets)
  const others = lines.filter(({ name }) => name !== claim.name)
  const next: PinnedPublisher = {
    ...{ ...pinned, fingerprint: root.fingerprint, rootVersion: root.version, root: textOf(root.root) },
    lines: [...others, lineOf(claim, checked)],
    ...formerly([...(pinned.formerly ?? []), pinned.fingerprint], root, roots),
    ...blockedBy(pinned.blocked ?? [], documents),
  }
  return { checked, documents, pinned: next }
}

/** The signed files, those and no others; what they say they are is what the folder says it is. */
function documentsOf(folder: string, claim: Claim, files: SignedFiles): Map<string, Buffer> {
  for (const [path, { custom }] of Object.entries(files)) {
    if (custom.publisher !== claim.publisher.id || custom.line !== claim.name) throw untrusted('wrong-product', path)
  }
  for (const needed of ['bundle.json', 'digests.json']) {
    if (!Object.hasOwn(files, needed)) throw untrusted('not-signed-file', needed)
  }
  refuseUnsigned(folder, files)
  const documents = readSigned(folder, files)
  // Read before the keys were known, and judged by: it has to be the same that was signed.
  if (documents.get('bundle.json')?.equals(claim.bytes) !== true) throw untrusted('swapped-file', 'bundle.json')
  return documents
}

/** What it installed under the keys of before is still its own. `known`: those that were seen here. */
function formerly(known: readonly string[], root: TrustedRoot, roots: Roots): Pick<PinnedPublisher, 'formerly'> {
  const all = new Set([...known, ...formerFingerprints(root, roots)])
  all.delete(root.fingerprint)
  return all.size === 0 ? {} : { formerly: [...all].slice(-mostFormer) }
}

/** What was taken back once stays so, whatever an older list says. */
function blockedBy(
  known: readonly BlockedVersion[],
  documents: ReadonlyMap<string, Buffer>,
): Pick<PinnedPublisher, 'blocked'> {
  const text = documents.get('blocked.json')
  if (text === undefined) return known.length === 0 ? {} : { blocked: [...known] }
  try {
    const { blocked } = blockedList.parse(JSON.parse(textOf(text)))
    // Of the same versions what is said last counts.
    const all = new Map([...known, ...blocked].map((one) => [whatIsBlocked(one), one]))
    if (all.size <= mostBlocked) return { blocked: [...all.values()] }
  } catch (error) {
    throw untrusted('unreadable', 'blocked.json', (error as Error).message)
  }
  throw untrusted('too-large', 'blocked.json', `more than ${mostBlocked} with those of before`)
}

function whatIsBlocked({ entry, versions = [], range, images = [] }: BlockedVersion): string {
  return JSON.stringify([entry, [...versions].sort(), range ?? null, [...images].sort()])
}

function lineOf({ name }: Claim, { timestamp, snapshot }: CheckedLine): PinnedPublisher['lines'][number] {
  return { name, timestamp: textOf(timestamp), snapshot: textOf(snapshot) }
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8')
}

function replaced({ publishers }: TrustState, pinned: PinnedPublisher): PinnedPublisher[] {
  return publishers.map((one) => (one.id === pinned.id ? pinned : one))
}

type Time = { readonly clock: string; readonly floor: string }

/** The clock of this computer may be wrong; it has never been earlier than it was. */
function timeIn({ lastSeen }: TrustState, now: string): Time {
  return { clock: now, floor: lastSeen !== undefined && lastSeen > now ? lastSeen : now }
}

function isPast(expires: string, time: string): boolean {
  return Date.parse(expires) <= Date.parse(time)
}

/** The later time that this computer has shown, where it is behind that. */
export function clockBehind(state: TrustState, now: string): { readonly clockBehind?: string } {
  const { clock, floor } = timeIn(state, now)
  return Date.parse(floor) - Date.parse(clock) > clockToleranceMs ? { clockBehind: floor } : {}
}

/**
 * Nobody is trusted for the first time on what is no longer vouched for. Where only a time that the clock once showed
 * says so, that time may have been the wrong one: somebody can say that.
 */
function refuseExpired({ expires }: CheckedLine, time: Time, acceptsClock = false): void {
  if (isPast(expires, time.clock)) throw untrusted('expired', 'trust', `${expires} < ${time.clock}`)
  if (!acceptsClock && isPast(expires, time.floor))
    throw untrusted('clock-behind', 'trust', `${time.clock} < ${time.floor}`)
}

function vouchingOf({ checked, pinned }: Read & { pinned: PinnedPublisher }, time: Time): Verified['vouching'] {
  const { id, name, fingerprint } = pinned
  const { version, expires } = checked
  return {
    signed: true,
    publisher: { id, name },
    fingerprint,
    version,
    expires,
    expired: isPast(expires, time.floor),
  }
}

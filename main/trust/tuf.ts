// The one door to tuf-js (5.0.1, pinned): roots are followed, then timestamp, snapshot and targets are checked in that
// order against them and against what was seen before. Everything is bytes in memory: its own Updater reads files
// again, copies artifacts and takes ENOENT for an error. Dates are not judged here: whoever calls knows the time.
import { Metadata, MetadataKind } from '@tufjs/models'
import { TrustedMetadataStore } from 'tuf-js/dist/store.js'
import { fingerprintOf, type Role, readMetadata, type SignedDocument } from './metadata-form.ts'
import { NotTrusted, untrusted } from './problem.ts'

/** The roots of a folder by their version. */
export type Roots = ReadonlyMap<number, Buffer>

export type TrustedRoot = { readonly root: Buffer; readonly fingerprint: string; readonly version: number }

/** Of a publisher that is not known here: its newest root, which vouches for itself alone. */
export function newestRoot(roots: Roots): TrustedRoot {
  const newest = Math.max(...roots.keys())
  const bytes = roots.get(newest)
  if (bytes === undefined) throw untrusted('missing-file', 'trust/1.root.json')
  const { signed } = rootAt(newest, bytes)
  return { root: bytes, fingerprint: fingerprintOf(signed), version: newest }
}

type Following = { readonly changed: (offered: string) => NotTrusted }

/**
 * From a trusted root by every step to the newest one of the folder. Each has to be signed by the one before it and by
 * itself. `changed` makes the failure of a root that other keys made.
 */
export function followRoots(trusted: TrustedRoot, roots: Roots, { changed }: Following): TrustedRoot {
  const here = roots.get(trusted.version)
  if (here !== undefined && !here.equals(trusted.root)) {
    const offered = fingerprintOf(rootAt(trusted.version, here).signed)
    if (offered !== trusted.fingerprint) throw changed(offered)
  }
  const newest = Math.max(...roots.keys())
  let last = trusted
  for (let version = trusted.version + 1; version <= newest; version += 1) {
    const bytes = roots.get(version)
    if (bytes === undefined) throw untrusted('root-gap', `trust/${version}.root.json`)
    const { signed } = readRoot(version, bytes)
    const next = { root: bytes, fingerprint: fingerprintOf(signed), version }
    if (!vouchesFor(last.root, bytes)) throw changed(next.fingerprint)
    if (!vouchesFor(bytes, bytes)) throw untrusted('root-not-signed-twice', `trust/${version}.root.json`)
    last = next
  }
  return last
}

/**
 * The fingerprints that the publisher of this root had before, as far back as the folder tells without a gap: of each
 * root that signed the one after it. Whoever never had those keys cannot put theirs there.
 */
export function formerFingerprints({ root, version, fingerprint }: TrustedRoot, roots: Roots): string[] {
  const found = new Set<string>()
  let next = root
  for (let older = version - 1; older >= 1; older -= 1) {
    const bytes = roots.get(older)
    if (bytes === undefined || !vouchesFor(bytes, bytes) || !vouchesFor(bytes, next)) break
    found.add(fingerprintOf(readRoot(older, bytes).signed))
    next = bytes
  }
  found.delete(fingerprint)
  return [...found]
}

function rootAt(version: number, bytes: Buffer): SignedDocument<'root'> {
  const read = readRoot(version, bytes)
  if (!vouchesFor(bytes, bytes)) throw untrusted('signature-invalid', `trust/${version}.root.json`)
  return read
}

function readRoot(version: number, bytes: Buffer): SignedDocument<'root'> {
  const file = `trust/${version}.root.json`
  const read = readMetadata('root', bytes, file)
  if (read.signed.version !== version) throw untrusted('mixed', file)
  return read
}

function vouchesFor(root: Buffer, next: Buffer): boolean {
  try {
    asRoot(root).verifyDelegate(MetadataKind.Root, asRoot(next))
    return true
  } catch {
    return false
  }
}

function asRoot(bytes: Buffer) {
  return Metadata.fromJSON(MetadataKind.Root, JSON.parse(bytes.toString('utf8')))
}

/** What was seen of a line before, under the keys of the same root. */
export type SeenLine = { readonly timestamp: Buffer; readonly snapshot: Buffer }

/** Documents by their name in the folder `trust`; throws NotTrusted where there is none, or one too long. */
export type ReadDocument = (name: string, role: Role) => Buffer

type Checking = { readonly root: TrustedRoot; readonly roots: Roots; readonly seen: SeenLine | undefined }

export type CheckedLine = {
  readonly timestamp: Buffer
  readonly snapshot: Buffer
  readonly targets: SignedDocument<'targets'>['signed']['targets']
  readonly version: number
  /** The earliest date of all that was checked, the root's included. */
  readonly expires: string
}

/** Throws NotTrusted. */
export function checkLine({ root, roots, seen }: Checking, read: ReadDocument): CheckedLine {
  const store = storeOver(root.root)
  if (seen !== undefined) store.updateTimestamp(seen.timestamp)
  const refusal = (role: Role, file: string, document: SignedDocument<Role>) => (error: unknown) =>
    refusalOf(error, { file, isRevoked: isOfOldKeys(role, document, roots, root) })

  const timestamp = read('timestamp.json', 'timestamp')
  const timestampRead = readMetadata('timestamp', timestamp, 'trust/timestamp.json')
  if (!isSeenAlready(store, timestampRead.signed.version, timestamp, seen)) {
    attempt(() => store.updateTimestamp(timestamp), refusal('timestamp', 'trust/timestamp.json', timestampRead))
  }
  if (seen !== undefined) rememberSnapshot(store, seen)
  const snapshotFile = `${timestampRead.signed.meta['snapshot.json'].version}.snapshot.json`
  const snapshot = read(snapshotFile, 'snapshot')
  const snapshotRead = readMetadata('snapshot', snapshot, `trust/${snapshotFile}`)
  attempt(() => store.updateSnapshot(snapshot), refusal('snapshot', `trust/${snapshotFile}`, snapshotRead))
  const targetsFile = `${snapshotRead.signed.meta['targets.json'].version}.targets.json`
  const targets = read(targetsFile, 'targets')
  const targetsRead = readMetadata('targets', targets, `trust/${targetsFile}`)
  const refused = refusal('targets', `trust/${targetsFile}`, targetsRead)
  attempt(() => store.updateDelegatedTargets(targets, 'targets', 'root'), refused)

  const rootRead = readMetadata('root', root.root, 'trust/root.json')
  const dates = [rootRead, timestampRead, snapshotRead, targetsRead].map(({ signed }) => signed.expires)
  const [expires = ''] = dates.sort()
  const { version } = timestampRead.signed
  return { timestamp, snapshot, targets: targetsRead.signed.targets, version, expires }
}

function storeOver(root: Buffer): TrustedMetadataStore {
  const store = new TrustedMetadataStore(root)
  // Its own field, private by convention; dates are judged by whoever calls.
  Object.assign(store, { referenceTime: new Date(0) })
  return store
}

/**
 * Whether the roles that count versions are held by the same keys. Where the publisher has changed them, what was seen
 * under the old ones no longer counts: whoever had stolen them may have counted far ahead.
 */
export function sameCountingKeys(one: TrustedRoot, other: TrustedRoot): boolean {
  const counting = ({ root }: TrustedRoot) => {
    const { timestamp, snapshot } = readMetadata('root', root, 'root').signed.roles
    return [timestamp, snapshot].map(({ keyids, threshold }) => [threshold, ...[...keyids].sort()].join()).join(';')
  }
  return counting(one) === counting(other)
}

/** So that the next one cannot go back behind it. That it is not the newest one any more is thrown, and no matter. */
function rememberSnapshot(store: TrustedMetadataStore, { snapshot }: SeenLine): void {
  try {
    store.updateSnapshot(snapshot, true)
  } catch (error) {
    if ((error as Error).constructor.name !== 'BadVersionError') throw error
  }
}

/** One version is one document: the same again is no news, and another one under its number is a mixture. */
function isSeenAlready(
  store: TrustedMetadataStore,
  version: number,
  bytes: Buffer,
  seen: SeenLine | undefined,
): boolean {
  if (store.timestamp?.signed.version !== version) return false
  if (seen?.timestamp.equals(bytes) === true) return true
  throw untrusted('mixed', 'trust/timestamp.json', `another document has version ${version}`)
}

function attempt(act: () => unknown, refused: (error: unknown) => NotTrusted): void {
  try {
    act()
  } catch (error) {
    throw refused(error)
  }
}

/** Its errors are told apart by the name of their class, which is all they have. */
function refusalOf(error: unknown, { file, isRevoked }: { file: string; isRevoked: boolean }): NotTrusted {
  if (error instanceof NotTrusted) return error
  const { message, constructor: kind } = error as Error
  if (kind.name === 'UnsignedMetadataError') {
    return untrusted(isRevoked ? 'key-revoked' : 'signature-invalid', file, message)
  }
  if (kind.name === 'BadVersionError' && message.includes('less than')) return untrusted('rolled-back', file, message)
  if (kind.name === 'BadVersionError' || kind.name === 'LengthOrHashMismatchError') {
    return untrusted('mixed', file, message)
  }
  return untrusted('unreadable', file, message)
}

/** Signed by a key that an older root of the publisher had for this role, and the root that counts has no more. */
function isOfOldKeys(role: Role, { signatures }: SignedDocument<Role>, roots: Roots, now: TrustedRoot): boolean {
  const keysOf = (bytes: Buffer) => readMetadata('root', bytes, 'root').signed.roles[role].keyids
  const current = new Set(keysOf(now.root))
  const older = [...roots].filter(([version]) => version < now.version)
  const gone = new Set(older.flatMap(([, bytes]) => keysOf(bytes)).filter((id) => !current.has(id)))
  return signatures.some(({ keyid }) => gone.has(keyid))
}

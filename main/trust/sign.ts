// Signing a bundle folder as its publisher: roots that name the keys, and the documents of one version of a line. Keys
// come as arguments; where they are kept is told in publisher-keys.ts.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Dirent, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { canonicalize } from '@tufjs/canonical-json'
import { bundleHeader } from '../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import {
  keyIdOf,
  longest,
  mostFiles,
  type PublicKey,
  publicKeyOf,
  type Role,
  readMetadata,
  type SignedPart,
  signedPath,
} from './metadata-form.ts'
import { NotTrusted, untrusted } from './problem.ts'
import { readBounded } from './read-folder.ts'

const specification = '1.0.31'
const mostDocumentBytes = 16 * 1024 * 1024

export function newSigningKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey
}

export function publicOf(key: KeyObject): PublicKey {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return publicKeyOf(Buffer.from(x ?? '', 'base64url').toString('hex'))
}

/** Whose keys speak for the publisher (`root`), and which sign its bundles (`online`). */
export type Holders = {
  readonly root: readonly PublicKey[]
  readonly threshold: number
  readonly online: readonly PublicKey[]
}

type RootWish = Holders & { readonly version: number; readonly expires: string }

/**
 * A root as text. From the second one on it is signed by the threshold of the one before as well: both sets of keys are
 * among the signers. Throws NotTrusted for what no console would take.
 */
export function makeRoot(
  { root, threshold, online, version, expires }: RootWish,
  signers: readonly KeyObject[],
): string {
  const role = (keys: readonly PublicKey[], needed = 1) => ({ keyids: keys.map(keyIdOf), threshold: needed })
  const keys = Object.fromEntries([...root, ...online].map((one) => [keyIdOf(one), one]))
  const roles = { root: role(root, threshold), timestamp: role(online), snapshot: role(online), targets: role(online) }
  const signed: SignedPart<'root'> = {
    ...{ _type: 'root', spec_version: specification, consistent_snapshot: true },
    ...{ version, expires, keys, roles },
  }
  return documentOf('root', signed, signers)
}

type Signing = {
  /** Every root of the publisher, the first one first. */
  readonly roots: readonly string[]
  readonly keys: readonly KeyObject[]
  /** Higher than that of every bundle that was signed of this line before. */
  readonly version: number
  readonly expires: string
}

/** Writes the folder `trust` of a bundle, whole or not at all. What cannot be signed is a failure, a full disk throws. */
export function signFolder(folder: string, { roots, keys, version, expires }: Signing): Result<void> {
  try {
    const head = { spec_version: specification, version, expires }
    const targets = documentOf('targets', { ...head, _type: 'targets', targets: targetsOf(folder) }, keys)
    const snapshotMeta = { 'targets.json': metaOf(version, targets) }
    const snapshot = documentOf('snapshot', { ...head, _type: 'snapshot', meta: snapshotMeta }, keys)
    const timestampMeta = { 'snapshot.json': metaOf(version, snapshot) }
    const timestamp = documentOf('timestamp', { ...head, _type: 'timestamp', meta: timestampMeta }, keys)
    write(join(folder, 'trust'), [
      ...roots.map((text, at): [string, string] => [`${at + 1}.root.json`, text]),
      ...[[`${version}.targets.json`, targets] as const, [`${version}.snapshot.json`, snapshot] as const],
      ['timestamp.json', timestamp],
    ])
    return ok(undefined)
  } catch (error) {
    if (error instanceof NotTrusted) return fail(error.failureIn(folder))
    throw error
  }
}

/** Signed, and looked at as a console will: what would be refused there is refused here. */
function documentOf<R extends Role>(kind: R, signed: SignedPart<R>, signers: readonly KeyObject[]): string {
  const bytes = Buffer.from(canonicalize(signed))
  const signatures = signers.map((key) => ({
    keyid: keyIdOf(publicOf(key)),
    sig: sign(null, bytes, key).toString('hex'),
  }))
  const text = JSON.stringify({ signatures, signed })
  if (text.length > longest[kind]) throw untrusted('too-large', kind, `${text.length} bytes`)
  readMetadata(kind, Buffer.from(text), kind)
  return text
}

function metaOf(version: number, text: string) {
  const bytes = Buffer.from(text)
  return { version, length: bytes.length, hashes: { sha256: createHash('sha256').update(bytes).digest('hex') } }
}

function targetsOf(folder: string): SignedPart<'targets'>['targets'] {
  const header = headerOf(folder)
  const custom = { publisher: header.publisher.id, line: header.name }
  const paths = pathsOf(folder)
  if (paths.length > mostFiles) throw untrusted('too-large', 'catalog', `${paths.length} of at most ${mostFiles} files`)
  return Object.fromEntries(
    paths.map((path) => {
      if (!signedPath.safeParse(path).success) throw untrusted('not-signed-file', path, 'its name cannot be signed')
      const bytes = readBounded(folder, path, mostDocumentBytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return [path, { length: bytes.length, hashes: { sha256 }, custom }]
    }),
  )
}

function headerOf(folder: string) {
  try {
    return bundleHeader.parse(JSON.parse(readBounded(folder, 'bundle.json', mostDocumentBytes).toString('utf8')))
  } catch (error) {
    if (error instanceof NotTrusted) throw error
    throw untrusted('unreadable', 'bundle.json', evidence((error as Error).message))
  }
}

function pathsOf(folder: string): string[] {
  const inCatalog = entriesIn(join(folder, 'catalog'))
    .filter((one) => !one.isDirectory() && one.name.endsWith('.yaml'))
    .map((one) => relative(folder, join(one.parentPath, one.name)).replaceAll(sep, '/'))
  const blocked = readdirSync(folder).filter((name) => name === 'blocked.json')
  return ['bundle.json', 'digests.json', ...blocked, ...inCatalog.sort()]
}

/** None where versions are taken back and nothing is brought. */
function entriesIn(catalog: string): Dirent[] {
  return existsSync(catalog) ? readdirSync(catalog, { recursive: true, withFileTypes: true }) : []
}

function write(place: string, files: readonly (readonly [string, string])[]): void {
  const making = `${place}.${process.pid}.new`
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { recursive: true, mode: 0o755 })
  for (const [name, text] of files) writeFileSync(join(making, name), text)
  rmSync(place, { recursive: true, force: true })
  renameSync(making, place)
}

// The form of signed metadata, stricter than TUF's own: no delegation, one kind of key, every length and digest there,
// every date readable. What is not looked at here would be taken as it comes by the library.
import { createHash } from 'node:crypto'
import { canonicalize } from '@tufjs/canonical-json'
import * as z from 'zod'
import { entryId } from '../../shared/domain/artifact.ts'
import { metadataDate } from '../../shared/domain/publisher.ts'
import { sha256Hex } from '../../shared/domain/sha256.ts'
import { untrusted } from './problem.ts'

/** The library's time grows with the square of the files of a role: 27 ms at this number. */
export const mostFiles = 500
/** Bytes of one document; nothing longer is read. */
export const longest = { root: 64 * 1024, timestamp: 16 * 1024, snapshot: 16 * 1024, targets: 256 * 1024 }

/** In the folder of the bundle, always with "/". Nothing else can be signed. */
export const signedPath = z
  .string()
  .max(300)
  .regex(/^(?:(?:bundle|digests|blocked)\.json|catalog\/[A-Za-z0-9._/-]+\.yaml)$/)
  .refine((path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'))

const version = z.int().positive()
const head = { spec_version: z.string().regex(/^1\.0(?:\.\d{1,3})?$/), version, expires: metadataDate }
const hashes = z.strictObject({ sha256: sha256Hex })
const metaFile = z.strictObject({ version, length: z.int().positive(), hashes })
const key = z.strictObject({
  keytype: z.literal('ed25519'),
  scheme: z.literal('ed25519'),
  keyval: z.strictObject({ public: sha256Hex }),
})
const role = z.strictObject({ keyids: z.array(sha256Hex).min(1).max(32), threshold: z.int().min(1).max(32) })
const targetFile = z.strictObject({
  length: z.int().nonnegative(),
  hashes,
  custom: z.strictObject({ publisher: entryId, line: entryId }),
})

const signedForms = {
  root: z.strictObject({
    ...head,
    _type: z.literal('root'),
    consistent_snapshot: z.literal(true),
    keys: z.record(sha256Hex, key),
    roles: z.strictObject({ root: role, timestamp: role, snapshot: role, targets: role }),
  }),
  timestamp: z.strictObject({
    ...head,
    _type: z.literal('timestamp'),
    meta: z.strictObject({ 'snapshot.json': metaFile }),
  }),
  snapshot: z.strictObject({
    ...head,
    _type: z.literal('snapshot'),
    meta: z.strictObject({ 'targets.json': metaFile }),
  }),
  targets: z.strictObject({
    ...head,
    _type: z.literal('targets'),
    targets: z.record(signedPath, targetFile).refine((files) => Object.keys(files).length <= mostFiles),
  }),
}

const signatures = z.array(z.strictObject({ keyid: sha256Hex, sig: z.string().regex(/^[0-9a-f]{128}$/) })).max(64)

export type Role = keyof typeof signedForms
export type SignedPart<R extends Role> = z.infer<(typeof signedForms)[R]>
export type SignedDocument<R extends Role> = {
  readonly signed: SignedPart<R>
  readonly signatures: z.infer<typeof signatures>
}

/** Throws NotTrusted. `file` is how it is named to people. */
export function readMetadata<R extends Role>(kind: R, bytes: Buffer, file: string): SignedDocument<R> {
  let data: unknown
  try {
    data = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw untrusted('unreadable', file, (error as Error).message)
  }
  const read = z.strictObject({ signed: signedForms[kind], signatures }).safeParse(data)
  if (!read.success) {
    const [issue] = read.error.issues
    const at = issue?.path.join('.') ?? ''
    if (at === 'signed.expires') throw untrusted('expiry-unreadable', file)
    throw untrusted('unreadable', file, `${at} ${issue?.message ?? ''}`)
  }
  const document = read.data as unknown as SignedDocument<R>
  if (kind === 'root') checkKeys((document as SignedDocument<'root'>).signed, file)
  return document
}

export type PublicKey = z.infer<typeof key>

export function publicKeyOf(hex: string): PublicKey {
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } }
}

export function keyIdOf(one: PublicKey): string {
  return createHash('sha256').update(canonicalize(one)).digest('hex')
}

/** One key under two names would count twice for a threshold. */
function checkKeys({ keys, roles }: SignedPart<'root'>, file: string): void {
  const publics = Object.values(keys).map((one) => one.keyval.public)
  if (new Set(publics).size !== publics.length) throw untrusted('duplicate-key', file)
  for (const { keyids, threshold } of Object.values(roles)) {
    if (new Set(keyids).size !== keyids.length) throw untrusted('duplicate-key', file)
    if (keyids.length < threshold) throw untrusted('unreadable', file, 'a role needs more keys than it has')
    if (keyids.some((id) => keys[id] === undefined)) throw untrusted('unreadable', file, 'a role names no key')
  }
  for (const [id, one] of Object.entries(keys)) {
    if (keyIdOf(one) !== id) throw untrusted('unreadable', file, 'the name of a key is not its digest')
  }
}

/** Of the keys that have the last word, and how many of them it takes. */
export function fingerprintOf({ keys, roles }: SignedPart<'root'>): string {
  const { keyids, threshold } = roles.root
  const publics = keyids.map((id) => keys[id]?.keyval.public ?? '').sort()
  const digest = createHash('sha256')
    .update(canonicalize({ keys: publics, threshold }))
    .digest('base64')
  return `SHA256:${digest.replace('=', '')}`
}

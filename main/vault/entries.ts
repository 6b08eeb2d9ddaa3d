// What lies inside the vault: an index as JSON, then the secrets one after another as bytes. Secrets are never part
// of the JSON, so that looking at the index makes no strings of them: a string cannot be wiped, a buffer can.
import * as z from 'zod'
import { Secret } from '../../shared/domain/command.ts'
import { evidence } from '../../shared/domain/failure.ts'

const entryKind = z.enum(['password', 'private-key', 'own-key', 'signing-key', 'client-secret'])

/** Read by the one who uses them for what they are, and sent nowhere as a login. */
export type ApartKind = 'signing-key' | 'client-secret'

/** Undefined: whoever logs in may read it. */
export function apartKind(kind: z.infer<typeof entryKind>): ApartKind | undefined {
  return kind === 'signing-key' || kind === 'client-secret' ? kind : undefined
}

const longestLabel = 200
/** What `evidence` adds where it cuts. */
const cutMark = 10

const described = {
  id: z.string().min(1).max(100),
  kind: entryKind,
  label: z.string().max(longestLabel),
  createdAt: z.iso.datetime(),
}

const entryHead = z.strictObject(described)
export type EntryHead = z.infer<typeof entryHead>

/** `secret` and `passphrase` (of a private key) are views into the bytes they were read from. */
export type StoredEntry = EntryHead & { readonly secret: Buffer; readonly passphrase?: Buffer }

/** As it is handed over and given back. */
export type NewEntry = Omit<EntryHead, 'createdAt'> & { readonly secret: Secret; readonly passphrase?: Secret }
export type ReadEntry = EntryHead & { readonly secret: Secret; readonly passphrase?: Secret }

export const mostEntries = 500
const mostSecretBytes = 32 * 1024
/** Says less about how much is in it. */
const paddingBytes = 1024
const lengthBytes = 4

const bytes = z.int().min(0).max(mostSecretBytes)
const index = z
  .array(z.strictObject({ ...described, secretBytes: bytes, passphraseBytes: bytes.optional() }))
  .max(mostEntries)

export function packEntries(entries: readonly StoredEntry[]): Buffer {
  const heads = entries.map(({ secret, passphrase, ...head }) => ({
    ...head,
    secretBytes: secret.length,
    ...(passphrase === undefined ? {} : { passphraseBytes: passphrase.length }),
  }))
  const headBytes = Buffer.from(JSON.stringify(index.parse(heads)))
  const parts = [headBytes, ...entries.flatMap((e) => (e.passphrase ? [e.secret, e.passphrase] : [e.secret]))]
  const used = parts.reduce((sum, part) => sum + part.length, lengthBytes)
  const packed = Buffer.alloc(Math.ceil(used / paddingBytes) * paddingBytes)
  packed.writeUInt32BE(headBytes.length)
  let at = lengthBytes
  for (const part of parts) at += part.copy(packed, at)
  return packed
}

/** Undefined when it is not what `packEntries` makes. */
export function unpackEntries(packed: Buffer): StoredEntry[] | undefined {
  const headLength = packed.length < lengthBytes ? 0 : packed.readUInt32BE()
  const heads = readIndex(packed.subarray(lengthBytes, lengthBytes + headLength))
  if (heads === undefined) return undefined
  let at = lengthBytes + headLength
  const take = (count: number) => {
    at += count
    return packed.subarray(at - count, at)
  }
  const entries = heads.map(({ secretBytes, passphraseBytes, ...head }) => ({
    ...head,
    secret: take(secretBytes),
    ...(passphraseBytes === undefined ? {} : { passphrase: take(passphraseBytes) }),
  }))
  return at <= packed.length ? entries : undefined
}

export function headOf({ id, kind, label, createdAt }: StoredEntry): EntryHead {
  return { id, kind, label, createdAt }
}

/** The label is shown as it is kept: without control characters, and bounded. */
export function storedEntry({ id, kind, label, secret, passphrase }: NewEntry, createdAt: string): StoredEntry {
  return {
    ...{ id, kind, label: evidence(label, longestLabel - cutMark), createdAt },
    secret: Buffer.from(secret.reveal()),
    ...(passphrase === undefined ? {} : { passphrase: Buffer.from(passphrase.reveal()) }),
  }
}

export function readEntry(entry: StoredEntry): ReadEntry {
  const { secret, passphrase } = entry
  return {
    ...headOf(entry),
    secret: new Secret(secret.toString('utf8')),
    ...(passphrase === undefined ? {} : { passphrase: new Secret(passphrase.toString('utf8')) }),
  }
}

function readIndex(part: Buffer): z.infer<typeof index> | undefined {
  try {
    return index.parse(JSON.parse(part.toString('utf8')))
  } catch {
    return undefined
  }
}

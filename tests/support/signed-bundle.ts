// Signed bundles, and whoever attacks them: a publisher with keys of its own, several lines and a way to change keys.
// What it makes is what the product makes; what an attacker does to it is done with the same pieces.
import { createHash, type KeyObject, sign } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalize } from '@tufjs/canonical-json'
import { keyIdOf } from '../../main/trust/metadata-form.ts'
import { makeRoot, newSigningKey, publicOf, signFolder } from '../../main/trust/sign.ts'
import { wardBundle } from './plan-cases.ts'
import { temporaryFolder } from './temporary-folder.ts'

const inOneYear = '2027-11-20T08:00:00Z'

export type Publisher = {
  readonly roots: readonly string[]
  /** Those that have the last word now. */
  readonly rootKeys: readonly KeyObject[]
  readonly threshold: number
  readonly online: KeyObject
}

export function newPublisher({ keys = 1, threshold = 1, expires = inOneYear } = {}): Publisher {
  const rootKeys = Array.from({ length: keys }, newSigningKey)
  const online = newSigningKey()
  const holders = { root: rootKeys.map(publicOf), threshold, online: [publicOf(online)] }
  return { roots: [makeRoot({ ...holders, version: 1, expires }, rootKeys)], rootKeys, threshold, online }
}

type Change = {
  readonly rootKeys?: readonly KeyObject[]
  readonly online?: KeyObject
  readonly signers?: readonly KeyObject[]
  readonly expires?: string
}

/** The next root, signed by the old and the new keys unless `signers` says otherwise. */
export function changedKeys(
  from: Publisher,
  { rootKeys = from.rootKeys, online = from.online, ...change }: Change,
): Publisher {
  const holders = { root: rootKeys.map(publicOf), threshold: from.threshold, online: [publicOf(online)] }
  const all = [...new Set([...from.rootKeys, ...rootKeys])]
  const { signers = all, expires = inOneYear } = change
  const root = makeRoot({ ...holders, version: from.roots.length + 1, expires }, signers)
  return { ...from, roots: [...from.roots, root], rootKeys, online }
}

type Made = { readonly version?: number; readonly expires?: string; readonly name?: string; readonly id?: string }

/** The documents of the ward bundle, signed; its artifacts are not there. `name`: its line. */
export function signedBundle(by: Publisher, { version = 1, expires = inOneYear, ...named }: Made = {}): string {
  const folder = join(temporaryFolder(), 'bundle')
  cpSync(wardBundle, folder, { recursive: true })
  rewriteHeader(folder, named)
  signAs(by, folder, { version, expires })
  return folder
}

export function signAs(by: Publisher, folder: string, { version = 1, expires = inOneYear }: Made = {}): void {
  const signed = signFolder(folder, { roots: by.roots, keys: [by.online], version, expires })
  if (!signed.ok) throw new Error(JSON.stringify(signed.failure))
}

export function rewriteHeader(folder: string, { name = 'ward', id = 'lab' }: Made): void {
  const file = join(folder, 'bundle.json')
  const header = JSON.parse(readFileSync(file, 'utf8')) as { publisher: object }
  writeFileSync(file, JSON.stringify({ ...header, name, publisher: { ...header.publisher, id } }))
}

export function copyOf(folder: string): string {
  const copy = join(temporaryFolder(), 'copy')
  cpSync(folder, copy, { recursive: true })
  return copy
}

type Document = { signed: Record<string, unknown>; signatures: { keyid: string; sig: string }[] }

export function readTrust(folder: string, name: string): Document {
  return JSON.parse(readFileSync(join(folder, 'trust', name), 'utf8')) as Document
}

/** What an attacker with some keys writes: no length, form or date is looked at. */
export function forge(folder: string, name: string, signed: object, keys: readonly KeyObject[]): string {
  const bytes = Buffer.from(canonicalize(signed))
  const signatures = keys.map((key) => ({ keyid: keyIdOf(publicOf(key)), sig: sign(null, bytes, key).toString('hex') }))
  const text = JSON.stringify({ signatures, signed })
  writeFileSync(join(folder, 'trust', name), text)
  return text
}

export function metaFor(version: number, text: string): object {
  return {
    version,
    length: Buffer.byteLength(text),
    hashes: { sha256: createHash('sha256').update(text).digest('hex') },
  }
}

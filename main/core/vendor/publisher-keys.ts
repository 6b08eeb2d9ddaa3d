// Making a publisher and changing its keys. What is in use is replaced only once its successor lies sealed on the disk.
import { existsSync, readdirSync } from 'node:fs'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { sealKey } from '../../trust/publisher-keys.ts'
import { makeRoot, newSigningKey, publicOf } from '../../trust/sign.ts'
import { unusableProject } from './project.ts'
import {
  fingerprintOfHome,
  openKeyOf,
  type PublisherHome,
  readHome,
  whileHeld,
  writeHome,
  writeKey,
} from './publisher-home.ts'

/** Keys are changed by bundles, which have a much earlier date of their own: this one only has to outlive them. */
const rootYears = 10

export type NewPublisher = { readonly id: string; readonly name: string }
export type Keys = { readonly publisher: NewPublisher; readonly fingerprint: string }

/** `passphrase`: under which its keys are sealed. */
export async function makePublisher(
  folder: string,
  { publisher, passphrase, now }: { publisher: NewPublisher; passphrase: string; now: string },
): Promise<Result<Keys>> {
  if (existsSync(folder) && readdirSync(folder).length > 0) return unusableProject(folder, 'not-empty')
  const [rootKey, signingKey] = [newSigningKey(), newSigningKey()]
  const names = { rootKey: 'root-1.key', signingKey: 'signing-1.key' }
  for (const [name, key] of [[names.rootKey, rootKey] as const, [names.signingKey, signingKey] as const]) {
    const kept = await keep(folder, { name, key, passphrase })
    if (!kept.ok) return kept
  }
  const holders = { root: [publicOf(rootKey)], threshold: 1, online: [publicOf(signingKey)] }
  const root = makeRoot({ ...holders, version: 1, expires: yearsAfter(now, rootYears) }, [rootKey])
  const home: PublisherHome = { format: 1, publisher, roots: [root], ...names, lines: {} }
  const written = writeHome(folder, home)
  return written.ok ? ok({ publisher, fingerprint: fingerprintOfHome(home) }) : written
}

async function keep(
  folder: string,
  { name, key, passphrase }: { name: string; key: ReturnType<typeof newSigningKey>; passphrase: string },
): Promise<Result<void>> {
  const sealed = await sealKey(key, passphrase)
  return sealed.ok ? writeKey(folder, name, sealed.value) : sealed
}

type Change = { readonly passphrase: string; readonly now: string; readonly rootToo: boolean }

/** From the next bundle on the old signing key is refused; with `rootToo` the old root key as well. */
export function changeKeys(folder: string, change: Change): Promise<Result<Keys>> {
  return whileHeld(folder, () => changeHeld(folder, change))
}

async function changeHeld(folder: string, { passphrase, now, rootToo }: Change): Promise<Result<Keys>> {
  const read = readHome(folder)
  if (!read.ok) return read
  const home = read.value
  const opened = await openKeyOf(folder, { home, which: 'rootKey', passphrase })
  if (!opened.ok) return opened
  const version = home.roots.length + 1
  const rootKey = rootToo ? newSigningKey() : opened.value
  const signingKey = newSigningKey()
  const names = { signingKey: `signing-${version}.key`, rootKey: rootToo ? `root-${version}.key` : home.rootKey }
  const made = [[names.signingKey, signingKey] as const, ...(rootToo ? [[names.rootKey, rootKey] as const] : [])]
  for (const [name, key] of made) {
    const kept = await keep(folder, { name, key, passphrase })
    if (!kept.ok) return kept
  }
  const holders = { root: [publicOf(rootKey)], threshold: 1, online: [publicOf(signingKey)] }
  const signers = rootToo ? [opened.value, rootKey] : [rootKey]
  const root = makeRoot({ ...holders, version, expires: yearsAfter(now, rootYears) }, signers)
  const next = { ...home, roots: [...home.roots, root], ...names }
  const written = writeHome(folder, next)
  return written.ok ? ok({ publisher: home.publisher, fingerprint: fingerprintOfHome(next) }) : written
}

/** Who the publisher is, and which versions it has signed. */
export function publisherIn(folder: string): Result<Keys & Pick<PublisherHome, 'lines'> & { readonly roots: number }> {
  const home = readHome(folder)
  if (!home.ok) return home
  const { publisher, lines, roots } = home.value
  return ok({ publisher, fingerprint: fingerprintOfHome(home.value), lines, roots: roots.length })
}

/** In the form that signed metadata has. */
function yearsAfter(now: string, years: number): string {
  const then = new Date(now)
  then.setUTCFullYear(then.getUTCFullYear() + years)
  return asMetadataDate(then)
}

export function daysAfter(now: string, days: number): string {
  return asMetadataDate(new Date(Date.parse(now) + days * 24 * 3600 * 1000))
}

function asMetadataDate(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

// `rackside vendor sign`: what was packed, signed as the next version of its line, as one file or as parts.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { openBundle } from '../../catalog/bundle.ts'
import { signFolder } from '../../trust/sign.ts'
import type { Built } from '../bundles/build.ts'
import { packBundle } from '../bundles/pack.ts'
import type { CoreTools } from '../core-tools.ts'
import { type Project, unusableProject } from './project.ts'
import { fingerprintOfHome, openKeyOf, readHome, writeHome } from './publisher-home.ts'
import { daysAfter } from './publisher-keys.ts'

/** Sites without a network bring what is new by hand: once in a year or two, and nothing that runs stops meanwhile. */
export const usualValidDays = 730

export type SignWish = {
  readonly passphrase: string
  readonly out: string
  readonly validDays: number
  /** A bundle that the site has already. */
  readonly against?: string | undefined
  readonly mostPartBytes: number
}

export type Signed = Built & { readonly version: number; readonly expires: string; readonly fingerprint: string }

export async function signProject(
  project: Project,
  tools: Pick<CoreTools, 'now'>,
  { passphrase, out, validDays, against, mostPartBytes }: SignWish,
): Promise<Result<Signed>> {
  const { publisherFolder, bundle: folder, line } = project
  if (!existsSync(join(folder, 'bundle.json'))) return unusableProject(folder, 'not-packed')
  const read = readHome(publisherFolder)
  if (!read.ok) return read
  const home = read.value
  const bundle = openBundle(folder)
  if (!bundle.ok) return bundle
  const { publisher, name } = bundle.value.header
  if (publisher.id !== home.publisher.id || name !== line) return unusableProject(folder, 'packed-for-other', name)
  const key = await openKeyOf(publisherFolder, { home, which: 'signingKey', passphrase })
  if (!key.ok) return key
  const version = (home.lines[line] ?? 0) + 1
  // Before anything is signed: a number that was given out is never given out again.
  const counted = writeHome(publisherFolder, { ...home, lines: { ...home.lines, [line]: version } })
  if (!counted.ok) return counted
  const expires = daysAfter(tools.now(), validDays)
  const signed = signFolder(folder, { roots: home.roots, keys: [key.value], version, expires })
  if (!signed.ok) return signed
  const packed = await packBundle({ folder, out, against, mostPartBytes })
  if (!packed.ok) return packed
  return ok({ ...packed.value, version, expires, fingerprint: fingerprintOfHome(home) })
}

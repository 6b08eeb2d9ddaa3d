// `rackside vendor sign`: what was packed, signed as the next version of its line, as one file or as parts.
import type { KeyObject } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { openBundle } from '../../catalog/bundle.ts'
import { documentsOf } from '../../catalog/container/documents.ts'
import { partFileName } from '../../catalog/container/form.ts'
import { keyIdOf, readMetadata } from '../../trust/metadata-form.ts'
import { publicOf, signFolder } from '../../trust/sign.ts'
import type { Built } from '../bundles/build.ts'
import { wordDocuments } from '../bundles/made-documents.ts'
import { packBundle } from '../bundles/pack.ts'
import type { CoreTools } from '../core-tools.ts'
import { type Project, unusableProject } from './project.ts'
import { fingerprintOfHome, openKeyOf, type PublisherHome, readHome, whileHeld, writeHome } from './publisher-home.ts'
import { daysAfter } from './publisher-keys.ts'
import { verifyHandover } from './verify-handover.ts'

/** Sites without a network bring what is new by hand: once in a year or two, and nothing that runs stops meanwhile. */
export const usualValidDays = 730

export type SignWish = {
  readonly passphrase: string
  readonly out: string
  readonly validDays: number
  /** Of the version, where the folder with the counts was put back from a copy; else 1. */
  readonly atLeast: number
  /** A folder of `bundle build`: the project's own entries have nothing to do with it. */
  readonly isBuilt: boolean
  /** A bundle that the site has already. */
  readonly against?: string | undefined
  readonly mostPartBytes: number
}

export type Signed = Built & { readonly version: number; readonly expires: string; readonly fingerprint: string }

export function signProject(project: Project, tools: Pick<CoreTools, 'now'>, wish: SignWish): Promise<Result<Signed>> {
  if (!existsSync(join(project.bundle, 'bundle.json'))) {
    return Promise.resolve(unusableProject(project.bundle, 'not-packed'))
  }
  return whileHeld(project.publisherFolder, () => signHeld(project, tools, wish))
}

async function signHeld(
  project: Project,
  tools: Pick<CoreTools, 'now'>,
  { passphrase, out, validDays, atLeast, isBuilt, against, mostPartBytes }: SignWish,
): Promise<Result<Signed>> {
  const { publisherFolder, bundle: folder, line } = project
  const read = readHome(publisherFolder)
  if (!read.ok) return read
  const home = read.value
  const bundle = openBundle(folder)
  if (!bundle.ok) return bundle
  const { publisher, name } = bundle.value.header
  if (publisher.id !== home.publisher.id || name !== line) return unusableProject(folder, 'packed-for-other', name)
  const key = await openKeyOf(publisherFolder, { home, which: 'signingKey', passphrase })
  if (!key.ok) return key
  if (!isNamedBy(home, key.value)) return unusableProject(publisherFolder, 'other-key')
  if (!isBuilt && !isAsWritten(project)) return unusableProject(project.folder, 'changed-since')
  const there = containerAt(out)
  if (there !== undefined) return unusableProject(there, 'out-exists')
  const last = Object.hasOwn(home.lines, line) ? (home.lines[line] ?? 0) : 0
  const version = Math.max(last + 1, atLeast)
  // Before anything is signed: a number that was given out is never given out again.
  const counted = writeHome(publisherFolder, { ...home, lines: { ...home.lines, [line]: version } })
  if (!counted.ok) return counted
  const expires = daysAfter(tools.now(), validDays)
  const signed = signFolder(folder, { roots: home.roots, keys: [key.value], version, expires })
  if (!signed.ok) return signed
  const packed = await packBundle({ folder, out, against, mostPartBytes })
  if (!packed.ok) return packed
  const wrong = await problemOf(packed.value.files, home, tools)
  if (wrong !== undefined) {
    // Nobody hands over what a site would refuse.
    for (const file of packed.value.files) rmSync(file, { force: true })
    return fail(wrong)
  }
  return ok({ ...packed.value, version, expires, fingerprint: fingerprintOfHome(home) })
}

/** The file, or a part, that its name is taken by. */
function containerAt(out: string): string | undefined {
  const name = basename(out).replace(/\.rsb$/, '')
  const files = [1, 2].map((parts) => join(dirname(out), partFileName(name, 1, parts)))
  return files.find((file) => existsSync(file))
}

function isNamedBy({ roots }: PublisherHome, key: KeyObject): boolean {
  const { signed } = readMetadata('root', Buffer.from(roots.at(-1) ?? ''), 'root')
  return signed.roles.targets.keyids.includes(keyIdOf(publicOf(key)))
}

/** Whether what was packed has the entries, and takes back the versions, that the project has now. */
function isAsWritten({ bundle, catalog, blocked }: Project): boolean {
  const asked = wordDocuments({ catalog, blocked })
  const packed = [...documentsOf(bundle)].filter(([name]) => name === 'blocked.json' || name.startsWith('catalog/'))
  return (
    packed.length === asked.size &&
    packed.every(([name, bytes]) => {
      const now = asked.get(name)
      return now !== undefined && bytes.equals(now)
    })
  )
}

/** As a site sees it that knows the publisher's fingerprint and nothing else: every byte is read once more. */
async function problemOf(
  files: readonly string[],
  home: PublisherHome,
  tools: Pick<CoreTools, 'now'>,
): Promise<Failure | undefined> {
  const seen = await verifyHandover(tools, { files, fingerprint: fingerprintOfHome(home) })
  if (!seen.ok) return seen.failure
  const { line: name, pieces } = seen.value
  return pieces.length === 0 ? undefined : { kind: 'bundle-incomplete', name, pieces: [...pieces] }
}

// Bundles in one file or in parts, by id: those that lie in the import folder, and those whose files somebody opened. The
// id is made from what the file says it is, so the same bundle keeps it wherever its parts lie.
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { BroughtBundle, BundleSignature } from '../../../shared/contract/bundles.ts'
import type { BundleHeader } from '../../../shared/domain/artifact.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { blockedIn } from '../../catalog/container/blocked-in.ts'
import { type Container, openContainer, partNamed, partsAmong } from '../../catalog/container/open-container.ts'
import { homeOf, incomingOf, knownIncoming, partsHad } from '../../catalog/container/store.ts'
import type { Core } from '../context.ts'
import { nameFolder } from '../desk/bundles.ts'
import { importFolder } from '../desk/import-place.ts'
import { signatureOf } from './signature.ts'
import { storeOf } from './store-place.ts'

const ending = /\.rsb(\.\d{3})?$/i
const mostFiles = 2000

function importIdOf(file: string): string {
  return `import-${file.slice(0, 16)}`
}

/** Each file may be a link that this computer's user made; its siblings come with it. */
export async function openBundleFiles(core: Core, named: readonly string[]): Promise<Result<{ place: string }>> {
  const [only] = named
  if (only !== undefined && named.length === 1 && isFolder(only)) {
    const named = nameFolder(core, resolve(only))
    return named.ok ? ok({ place: named.value.bundleId }) : named
  }
  const files = [...new Set(named.flatMap((file) => withSiblings(wholePath(file))))]
  const [first] = (await partsAmong(files)).keys()
  if (first === undefined) {
    const opened = await openContainer(files)
    return opened.ok ? fail({ kind: 'container-unusable', file: '', problem: 'it is no bundle' }) : opened
  }
  const importId = importIdOf(first)
  remember(core, importId, files)
  const opened = await openBrought(core, importId)
  return opened.ok ? ok({ place: importId }) : opened
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function wholePath(file: string): string {
  const path = resolve(file)
  try {
    return realpathSync(path)
  } catch {
    // Opening it says what is wrong with it.
    return path
  }
}

/** "ward.rsb.002" stands for all parts beside it, for a person who names one of them. */
export function withSiblings(file: string): string[] {
  const stem = file.replace(/\d{3}$/, '')
  if (stem === file || !ending.test(file)) return [file]
  try {
    const names = readdirSync(dirname(file)).slice(0, mostFiles)
    const parts = names.map((name) => join(dirname(file), name)).filter((one) => one.replace(/\d{3}$/, '') === stem)
    return [file, ...parts.sort()]
  } catch {
    return [file]
  }
}

/** What was named last comes first: a damaged copy may lie where it lay before. */
function remember({ imports }: Core, importId: string, files: readonly string[]): void {
  const before = [...(imports.files.get(importId) ?? [])].filter((file) => existsSync(file))
  imports.files.set(importId, new Set([...files, ...before]))
}

export async function openBrought(core: Core, importId: string): Promise<Result<Container>> {
  const files = await filesOfBrought(core, importId)
  return files.ok ? openContainer(files.value, (file) => knownIncoming(storeOf(core), file)) : files
}

/** The files of one bundle, as they were named or lie in the import folder. */
export async function filesOfBrought(core: Core, importId: string): Promise<Result<string[]>> {
  if (!core.imports.files.has(importId)) await lookIntoImportFolder(core)
  const files = core.imports.files.get(importId)
  return files === undefined ? fail({ kind: 'bundle-unknown', bundleId: importId }) : ok([...files])
}

async function lookIntoImportFolder(core: Core): Promise<Result<void>> {
  const place = importFolder(core)
  if (!place.ok) return place
  const names = readdirSync(place.value).filter((name) => ending.test(name))
  const files = names.sort().slice(0, mostFiles)
  const found = await partsAmong(files.map((name) => join(place.value, name)))
  for (const [file, parts] of found) {
    const known = core.imports.files.get(importIdOf(file))
    const added = parts.filter((part) => known?.has(part) !== true)
    if (added.length > 0) remember(core, importIdOf(file), added)
  }
  return ok(undefined)
}

export async function listBrought(core: Core): Promise<Result<BroughtBundle[]>> {
  const looked = await lookIntoImportFolder(core)
  if (!looked.ok && core.imports.files.size === 0) return looked
  const listed: BroughtBundle[] = []
  for (const [importId, files] of core.imports.files) {
    const there = [...files].filter((file) => existsSync(file))
    if (there.length === 0 && !core.imports.going.has(importId)) core.imports.files.delete(importId)
    else listed.push(await shownBrought(core, importId, there))
  }
  return ok(listed)
}

async function shownBrought(core: Core, importId: string, there: readonly string[]): Promise<BroughtBundle> {
  const files = there.map((file) => evidence(basename(file), 250)).slice(0, 999)
  const opened = await openBrought(core, importId)
  if (!opened.ok) return { importId, files, content: opened }
  const { head, header, artifacts, parts, documents } = opened.value
  const signature = signatureOfBrought(core, importId, opened.value)
  const had = partsHad(storeOf(core), head.file)
  const numbers = Array.from({ length: head.parts }, (_, at) => at + 1)
  const missing = numbers.filter((part) => !parts.has(part) && !had.has(part))
  return {
    ...{ importId, files },
    content: ok({
      ...{ name: header.name, publisher: publisherIn(header, signature), signature },
      totalBytes: artifacts.reduce((sum, { bytes }) => sum + bytes, 0),
      missing: missing.map((part) => partNamed(opened.value, part)),
      state: stateOf(core, importId, opened.value),
      blocked: blockedIn(documents),
    }),
  }
}

export function signatureOfBrought(core: Core, importId: string, container: Container): BundleSignature {
  return signatureOf(core, container.documents, { named: partNamed(container, 1), bundleId: importId })
}

/** The name that was trusted, where somebody trusted it: the next release may call itself something else. */
export function publisherIn({ publisher }: BundleHeader, signature: BundleSignature): string {
  return evidence(signature.state === 'signed' ? signature.name : publisher.name, 250)
}

function stateOf(core: Core, importId: string, container: Container) {
  if (core.imports.going.has(importId)) return 'going'
  const store = storeOf(core)
  if (existsSync(homeOf(store, container))) return 'kept'
  return existsSync(incomingOf(store, container.head.file)) ? 'begun' : 'new'
}

// Bundles by id: the id is made from the folder's path, so the same folder keeps its id, and shells
// never handle paths. A bundle is read again on every use; a changed folder is seen.
import { basename, resolve } from 'node:path'
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import { demoPublisher } from '../../../shared/domain/demo.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { solutionIds } from '../../../shared/plan/catalog.ts'
import { type Bundle, readBundle } from '../../catalog/bundle.ts'
import { installedFolder } from '../../catalog/container/store.ts'
import { bundleFoldersIn } from '../../catalog/import-folder.ts'
import { isKept, storeOf } from '../bundles/store-place.ts'
import type { Core } from '../context.ts'
import { importFolder } from './import-place.ts'
import { idOfBundle, openTrusted, type VouchedBundle } from './trusted-bundle.ts'

/** A list for a person; whoever opened more has the newest of them here. */
const openedShown = 50

export function registerBundle(core: Core, folder: string) {
  const path = resolve(folder)
  const bundle = openTrusted(core, path)
  const written = canBeNamed(bundle) ? remember(core, [path]) : ok(undefined)
  if (!bundle.ok) return bundle
  if (!written.ok) return written
  const bundleId = idOfBundle(core, path)
  const { header, vouching } = bundle.value
  return ok({ bundleId, header, vouching, solutions: solutionIds(bundle.value) })
}

/** Of a folder that need not be a whole bundle: what is wrong with it is to be said. */
export function nameFolder(core: Core, folder: string): Result<{ bundleId: string }> {
  const written = remember(core, [folder])
  return written.ok ? ok({ bundleId: idOfBundle(core, folder) }) : written
}

/** Its documents alone: pieces of it may be missing. */
export function readBundleNamed(core: Core, bundleId: string): Result<Bundle> {
  const folder = bundleFolder(core, bundleId)
  return folder.ok ? readBundle(folder.value) : folder
}

export function bundleNamed(core: Core, bundleId: string): Result<VouchedBundle> {
  const folder = bundleFolder(core, bundleId)
  return folder.ok ? openTrusted(core, folder.value) : folder
}

export function bundleFolder(core: Core, bundleId: string): Result<string> {
  const known = core.state.bundles.read()
  if (!known.ok) return known
  const found = known.value.find((b) => b.bundleId === bundleId)
  return found === undefined ? fail({ kind: 'bundle-unknown', bundleId }) : ok(found.folder)
}

function isForDemo({ header }: VouchedBundle): boolean {
  return header.publisher.id === demoPublisher
}

/** The same for one appliance: what is made for the demo is put on nothing else. */
export function bundleFor(
  core: Core,
  { bundleId, address }: { bundleId: string; address: Address },
): Result<VouchedBundle> {
  const bundle = bundleNamed(core, bundleId)
  if (!bundle.ok || !isForDemo(bundle.value) || core.demos.isDemo(address)) return bundle
  return fail({ kind: 'bundle-for-demo', bundleId })
}

/**
 * What the import folder holds, then what was opened elsewhere, newest first. A state that cannot be written hides
 * nothing of what can be read.
 */
export function listBundles(core: Core): Result<BundleSummary[]> {
  const opened = openBundles(core)
  return opened.ok ? ok(opened.value.map(summaryOf)) : opened
}

/** One that lies there, usable or not. */
export type FoundBundle = Pick<BundleSummary, 'bundleId' | 'demo' | 'kept' | 'name'> & {
  readonly bundle: Result<VouchedBundle>
}

/** The same, opened. */
export function openBundles(core: Core): Result<FoundBundle[]> {
  const known = core.state.bundles.read()
  if (!known.ok) return known
  const place = importFolder(core)
  // One that is missing and cannot be made holds nothing; with nothing else to show that is the answer.
  if (!place.ok && known.value.length === 0) return place
  const put = place.ok ? bundleFoldersIn(place.value) : ok([])
  if (!put.ok) return put
  const here = [...put.value, ...keptFolders(core)]
  const elsewhere = known.value.map((b) => b.folder).filter((folder) => !here.includes(folder))
  const opened = elsewhere.reverse().slice(0, openedShown)
  const found = [...here, ...opened].map((folder) => ({ folder, ...foundIn(core, folder) }))
  remember(
    core,
    found.filter(({ bundle }) => canBeNamed(bundle)).map(({ folder }) => folder),
  )
  return ok(found)
}

/** Also those whose import ended as its console did. */
export function keptFolders(core: Core): string[] {
  const found = bundleFoldersIn(installedFolder(storeOf(core)))
  return found.ok ? found.value : []
}

/** Also the one of a stranger: whoever trusts its publisher does so by naming it. */
function canBeNamed(bundle: Result<VouchedBundle>): boolean {
  return bundle.ok || bundle.failure.kind === 'publisher-unknown'
}

/** So that they can be named by id from now on. What is known keeps its place. */
function remember(core: Core, paths: readonly string[]): Result<void> {
  const known = core.state.bundles.read()
  if (!known.ok) return known
  const added = paths.filter((path) => !known.value.some((b) => b.folder === path))
  if (added.length === 0) return ok(undefined)
  const bundles = added.map((folder) => ({ bundleId: idOfBundle(core, folder), folder }))
  return core.state.bundles.write([...known.value, ...bundles])
}

function foundIn(core: Core, folder: string): FoundBundle {
  const bundle = openTrusted(core, folder)
  const demo = bundle.ok ? isForDemo(bundle.value) : folder === core.demos.folders.bundle
  return {
    bundleId: idOfBundle(core, folder),
    demo,
    kept: isKept(core, folder),
    name: evidence(basename(folder), 200),
    bundle,
  }
}

function summaryOf({ bundleId, demo, kept, name, bundle }: FoundBundle): BundleSummary {
  const named = { bundleId, demo, kept, name }
  if (!bundle.ok) return { ...named, content: bundle }
  const { header, vouching, artifacts, entries } = bundle.value
  const totalBytes = artifacts.reduce((sum, one) => sum + one.bytes, 0)
  const solutions = entries.flatMap((one) =>
    one.kind === 'solution' ? [{ id: one.id, version: one.version, title: one.title, summary: one.summary }] : [],
  )
  return { ...named, content: ok({ header, vouching, totalBytes, solutions }) }
}

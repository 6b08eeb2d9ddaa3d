// Bundles by id: the id is made from the folder's path, so the same folder keeps its id, and shells
// never handle paths. A bundle is read again on every use; a changed folder is seen.
import { resolve } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { solutionIds } from '../../shared/plan/catalog.ts'
import { type Bundle, openBundle } from '../catalog/bundle.ts'
import type { Core } from './context.ts'

export function registerBundle(core: Core, folder: string) {
  const path = resolve(folder)
  const bundle = openBundle(path)
  if (!bundle.ok) return bundle
  const known = core.state.bundles.read()
  if (!known.ok) return known
  const bundleId = `bundle-${core.tools.sha256(path).slice(0, 12)}`
  const others = known.value.filter((b) => b.bundleId !== bundleId)
  const written = core.state.bundles.write([...others, { bundleId, folder: path }])
  if (!written.ok) return written
  return ok({ bundleId, header: bundle.value.header, solutions: solutionIds(bundle.value) })
}

export function bundleOf(core: Core, bundleId: string): Result<Bundle> {
  const known = core.state.bundles.read()
  if (!known.ok) return known
  const found = known.value.find((b) => b.bundleId === bundleId)
  return found === undefined ? fail({ kind: 'bundle-unknown', bundleId }) : openBundle(found.folder)
}

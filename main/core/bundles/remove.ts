// Takes an imported bundle out of the console's store, or what an import that was cut off has left there.
import { existsSync, rmSync } from 'node:fs'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { homeOf, incomingOf, removeInstalled, sweepPool } from '../../catalog/container/store.ts'
import type { Core } from '../context.ts'
import { keptFolders } from '../desk/bundles.ts'
import { idOfBundle } from '../desk/trusted-bundle.ts'
import { openBrought } from './brought.ts'
import { isKept, storeOf } from './store-place.ts'

type Removed = { readonly name: string; readonly freedBytes: number }

export function removeBundle(core: Core, place: string): Promise<Result<Removed>> {
  return core.imports.inTurn(() => (place.startsWith('import-') ? removeBrought(core, place) : removeKept(core, place)))
}

async function removeKept(core: Core, bundleId: string): Promise<Result<Removed>> {
  const known = core.state.bundles.read()
  if (!known.ok) return known
  // Also one that was refused when it was there: nobody can name it, and it is listed.
  const folders = [...known.value.map(({ folder }) => folder), ...keptFolders(core)]
  const found = folders.find((folder) => idOfBundle(core, folder) === bundleId)
  if (found === undefined) return fail({ kind: 'bundle-unknown', bundleId })
  if (!isKept(core, found)) return fail({ kind: 'bundle-not-kept', bundleId })
  const others = known.value.filter(({ folder }) => folder !== found)
  const written = others.length === known.value.length ? ok(undefined) : core.state.bundles.write(others)
  if (!written.ok) return written
  return removing(core, bundleId, async () => removeInstalled(storeOf(core), found))
}

async function removeBrought(core: Core, importId: string): Promise<Result<Removed>> {
  const opened = await openBrought(core, importId)
  if (!opened.ok) return opened
  const { head, header } = opened.value
  const store = storeOf(core)
  const left = incomingOf(store, head.file)
  if (existsSync(homeOf(store, opened.value)) || !existsSync(left))
    return fail({ kind: 'bundle-not-kept', bundleId: importId })
  return removing(core, header.name, async () => {
    rmSync(left, { recursive: true })
    return sweepPool(store)
  })
}

async function removing(core: Core, name: string, act: () => Promise<number>): Promise<Result<Removed>> {
  try {
    return ok({ name, freedBytes: await act() })
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: storeOf(core), detail: (error as Error).message })
  }
}

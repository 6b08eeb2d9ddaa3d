// Imports of this console: each goes on when nobody reads it, one after the other because they share a disk and a pool,
// and one that is asked for again meanwhile is joined.
import type { ImportProgress } from '../../../shared/contract/bundles.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { blockedIn } from '../../catalog/container/blocked-in.ts'
import { importBundle } from '../../catalog/container/import-bundle.ts'
import { partNamed } from '../../catalog/container/open-container.ts'
import type { Core } from '../context.ts'
import { registerBundle } from '../desk/bundles.ts'
import { newestValue } from '../newest-value.ts'
import { openBrought, signatureOfBrought } from './brought.ts'
import type { Going } from './running-imports.ts'
import { mayBeImported } from './signature.ts'
import { storeOf } from './store-place.ts'

export async function* importBrought(
  core: Core,
  importId: string,
  signal?: AbortSignal,
): AsyncGenerator<ImportProgress> {
  const { progress } = core.imports.going.get(importId) ?? begin(core, importId)
  yield* progress.follow(signal)
}

function begin(core: Core, importId: string): Going {
  const progress = newestValue<ImportProgress>()
  const stop = new AbortController()
  progress.show({ stage: 'working', doneBytes: 0, totalBytes: 0 })
  const working = core.imports.inTurn(() => carryOut(core, importId, { progress, stop }))
  const ended = working.then(
    (outcome) => {
      core.imports.going.delete(importId)
      progress.show(outcome)
      progress.end()
    },
    (bug) => {
      core.imports.going.delete(importId)
      progress.end(bug)
    },
  )
  const going = { progress, stop, ended }
  core.imports.going.set(importId, going)
  return going
}

async function carryOut(
  core: Core,
  importId: string,
  { progress, stop }: Pick<Going, 'progress' | 'stop'>,
): Promise<ImportProgress> {
  const opened = await openBrought(core, importId)
  if (!opened.ok) return { stage: 'failed', failure: opened.failure }
  const { name } = opened.value.header
  const allowed = mayBeImported(core, signatureOfBrought(core, importId, opened.value), partNamed(opened.value, 1))
  if (!allowed.ok) return { stage: 'failed', failure: allowed.failure }
  const known = core.state.bundles.read()
  const imported = await importBundle(opened.value, {
    store: storeOf(core),
    others: known.ok ? known.value.map(({ folder }) => folder) : [],
    onProgress: (doneBytes, totalBytes) => progress.show({ stage: 'working', doneBytes, totalBytes }),
    signal: stop.signal,
  })
  if (!imported.ok) return { stage: 'failed', failure: imported.failure }
  const { folder, ...bytes } = imported.value
  const blocked = blockedIn(opened.value.documents)
  const registered = registerBundle(core, folder)
  if (registered.ok)
    return { stage: 'done', bundleId: registered.value.bundleId, name, ...bytes, blocked, usable: true }
  const { failure } = registered
  // It was copied so that its publisher's fingerprint can be compared, which is what comes next.
  if (failure.kind !== 'publisher-unknown') return { stage: 'failed', failure }
  return { stage: 'done', bundleId: failure.bundleId, name, ...bytes, blocked, usable: false, why: failure }
}

export function stopImport(core: Core, importId: string): Result<{ going: boolean }> {
  const going = core.imports.going.get(importId)
  going?.stop.abort()
  return ok({ going: going !== undefined })
}

/** The console ends: what was copied is kept. */
export async function stopImports({ imports }: Pick<Core, 'imports'>): Promise<void> {
  const all = [...imports.going.values()]
  for (const one of all) one.stop.abort()
  await Promise.all(all.map((one) => one.ended))
}

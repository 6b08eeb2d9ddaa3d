// The one folder in which this console looks for bundles that somebody put there.
import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { bundleFoldersIn } from '../../catalog/import-folder.ts'
import type { Core } from '../context.ts'

/** Made when it is asked for first, for this user alone. */
export function importFolder(core: Core): Result<string> {
  const { folder } = core.importPlace
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return ok(folder)
  } catch (error) {
    return { ok: false, failure: { kind: 'state-unwritable', folder, detail: (error as Error).message } }
  }
}

/** With a folder: from now on there. It has to be one already: a typing mistake is not a new folder. */
export function importFrom(core: Core, named: string | undefined): Result<{ folder: string }> {
  if (named !== undefined) {
    const path = resolve(named)
    if (!existsSync(path)) return fail({ kind: 'usage', problem: 'import-folder-missing', word: evidence(path, 490) })
    const usable = bundleFoldersIn(path)
    if (!usable.ok) return usable
    core.importPlace.folder = path
  }
  const folder = importFolder(core)
  return folder.ok ? ok({ folder: folder.value }) : folder
}

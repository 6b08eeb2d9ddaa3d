// The part of the state folder that is the desktop window's own.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { stateFolderPath } from '../store/folder.ts'

/** Where the desktop window keeps what is its own (language, theme): beside the state, this user's alone. Made if it is missing. */
export function windowFolder(environment: NodeJS.ProcessEnv): Result<string> {
  const folder = stateFolderPath(environment, process.platform)
  const own = join(folder, 'window')
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    return ok(own)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
}

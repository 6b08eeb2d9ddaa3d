// Where a soak runs: the repository, and a folder of its own for what comes and goes.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const soakRoot = join(import.meta.dirname, '..', '..')

export type SoakFolder = {
  readonly top: string
  /** The temporary folder of everything that the soak starts. */
  readonly temporary: string
}

export function makeSoakFolder(name: string): SoakFolder {
  const top = mkdtempSync(join(tmpdir(), `rackside-soak-${name}-`))
  const temporary = join(top, 'tmp')
  mkdirSync(temporary)
  return { top, temporary }
}

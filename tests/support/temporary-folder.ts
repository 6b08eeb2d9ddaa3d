// A folder of its own for one test, gone when the test ends, however it ends.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { removeAfterLastLook } from './last-look.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-test-'))
  onTestFinished(() => removeAfterLastLook(folder))
  return folder
}

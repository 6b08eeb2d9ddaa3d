// A folder of its own for one test, gone when the test ends, however it ends.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// What a test cannot run without. On a developer's machine it is skipped with its reason; in CI
// (RACKSIDE_CI=1) everything is supposed to be there, so the same lack is a failure.
import type { TestContext } from 'vitest'

export const inCi = process.env['RACKSIDE_CI'] === '1'

export function needs(context: TestContext, present: boolean, reason: string): void {
  if (present) return
  if (inCi) throw new Error(`cannot run here: ${reason}`)
  context.skip(reason)
}

// How full the filesystems are that matter, in the history: it is known from the looks at an appliance, not from samples,
// because the question costs the appliance a process.
import type { Facts } from '../../../shared/domain/facts.ts'
import { spaceSeries } from '../../../shared/observe/space-series.ts'
import type { Core } from '../context.ts'

/** `appliance`: how the history names it. */
type Look = { readonly appliance: string; readonly atMs: number }

export function keepSpaces({ history }: Pick<Core, 'history'>, { appliance, atMs }: Look, facts: Facts): void {
  const values = spaceSeries(facts)
  if (values.length === 0) return
  const kept = history.open()
  const names = values.map(({ name }) => name)
  const numbers = values.map(({ value }) => value)
  kept.add(kept.layout(appliance, names), atMs, numbers)
}

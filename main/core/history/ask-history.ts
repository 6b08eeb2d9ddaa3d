// Questions to the history. They ask no appliance: what was measured is on this computer.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { HistoryAnswer, HistoryState } from '../../../shared/domain/history.ts'
import { openingOf } from '../appliances.ts'
import type { Core } from '../context.ts'
import { historyKey } from './history-keeper.ts'

type Question = {
  readonly target: Target
  readonly series: readonly string[]
  readonly fromMs: number
  readonly toMs: number
  readonly width: number
}

/** A series that nobody measured is not in the answer. */
export async function askHistory(core: Core, { target, ...question }: Question): Promise<Result<HistoryAnswer>> {
  const opening = openingOf(core, target)
  return opening.ok ? ok(core.history.open().ask({ ...question, appliance: historyKey(opening.value) })) : opening
}

export async function historySeriesOf(core: Core, target: Target): Promise<Result<string[]>> {
  const opening = openingOf(core, target)
  return opening.ok ? ok([...core.history.open().seriesOf(historyKey(opening.value))]) : opening
}

export async function historyStateNow(core: Core): Promise<Result<HistoryState>> {
  return ok(await core.history.open().state())
}

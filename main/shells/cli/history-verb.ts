// `rackside history`: what this console has measured of an appliance. Without a series it says which ones there are.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SeriesHistory } from '../../../shared/domain/history.ts'
import { exportLines } from '../../../shared/domain/history-text.ts'
import { usage } from '../../terminal/option-words.ts'
import { type HistoryWish, readTime } from './history-words.ts'
import { flat, type VerbWork } from './work.ts'

const dayMs = 24 * 3_600_000
/** All that is kept of a day; of longer times fewer lines than are kept. */
const mostLines = 20_000

export async function history(work: VerbWork, target: Target): Promise<Result<number>> {
  const { history: wish } = work.invocation
  return wish === undefined || wish.series.length === 0 ? listSeries(work, target) : exportSeries(work, target, wish)
}

async function listSeries({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const series = await flat('observe.historySeries', client.product.observe.historySeries({ target }))
  if (!series.ok) return series
  const state = await flat('observe.historyState', client.product.observe.historyState({}))
  if (!state.ok) return state
  if (series.value.length === 0) terminal.say(words.upkeep.history.nothing)
  for (const name of series.value) terminal.say(`  ${name}`)
  const { bytes, limitBytes, trouble } = state.value
  terminal.say(words.upkeep.history.size(bytes, limitBytes))
  if (trouble !== undefined) terminal.complain(words.upkeep.history.trouble(trouble))
  terminal.result({ series: series.value, state: state.value })
  return ok(0)
}

async function exportSeries(
  { client, terminal, invocation: { target: where } }: VerbWork,
  target: Target,
  { series, since, until, format }: HistoryWish,
): Promise<Result<number>> {
  const nowMs = Date.now()
  const toMs = readTime(until ?? '', nowMs) ?? nowMs
  const fromMs = readTime(since ?? '', nowMs) ?? toMs - dayMs
  if (fromMs >= toMs) return usage('not-a-time', since ?? until ?? '')
  const found: SeriesHistory[] = []
  for (const name of series) {
    const question = { target, series: [name], fromMs: Math.round(fromMs), toMs: Math.round(toMs), width: mostLines }
    const answer = await flat('observe.history', client.product.observe.history(question))
    if (!answer.ok) return answer
    found.push(...answer.value.series)
  }
  const appliance = where.by === 'name' ? where.name : where.by === 'address' ? where.address.host : where.by
  for (const line of exportLines(format, { appliance, series: found })) terminal.say(line)
  terminal.result({ series: found })
  return ok(0)
}

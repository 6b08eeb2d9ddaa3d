// `rackside watch`: what an appliance does now, line by line until Ctrl-C; and without one, who watches when no page is
// open.
import type { Target } from '../../../shared/contract/contract.ts'
import type { WatchState } from '../../../shared/contract/observe.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { mayMendItself } from '../../../shared/domain/passing-failure.ts'
import type { Reading } from '../../../shared/domain/reading.ts'
import type { Sample, WatchItem } from '../../../shared/domain/sample.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { failureText } from '../../../shared/words/language.ts'
import { silenceText } from '../../../shared/words/silence-text.ts'
import type { Words } from '../../../shared/words/words.ts'
import { received } from '../../core/refusal.ts'
import { flat, type VerbWork, type Work } from './work.ts'

/** The result of the command: how many samples came before it was ended. */
export async function watch({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  try {
    const items = await received('observe.watch', client.product.observe.watch({ target }, { signal: stop.signal }))
    if (!items.ok) return items
    const seen = await received('observe.watch', follow(items.value, stop.signal, { terminal, words }))
    if (!seen.ok) return seen
    if (seen.value.stuck !== undefined) return fail(seen.value.stuck)
    terminal.result({ samples: seen.value.samples })
    return ok(0)
  } finally {
    process.removeListener('SIGINT', end)
  }
}

/** `stuck`: what only a person can mend, so that waiting is of no use. */
type Seen = { readonly samples: number; readonly stuck: Failure | undefined }

async function follow(
  items: AsyncIterable<WatchItem>,
  left: AbortSignal,
  { terminal, words }: Pick<Work, 'terminal' | 'words'>,
): Promise<Seen> {
  let samples = 0
  try {
    for await (const item of items) {
      if (item.link === 'lost' && !mayMendItself(item.failure)) return { samples, stuck: item.failure }
      if (item.link === 'up') samples += 1
      for (const line of linesOf(item, words)) terminal.say(line)
      if (left.aborted) break
    }
  } catch (error) {
    // Over a socket our own end of it comes back as an error.
    if (!left.aborted) throw error
  }
  return { samples, stuck: undefined }
}

function linesOf(item: WatchItem, words: Words): string[] {
  if (item.link === 'lost') {
    return [words.upkeep.watch.lost(timeOfDay(item.sinceMs), failureText(item.failure, words).what)]
  }
  const { sample } = item
  const silent = sample.silent.map((one) => silenceText(one, words, timeOfDay))
  return [
    words.cli.pair(timeOfDay(sample.atMs), words.cli.list([hostText(sample, words), ...devicesText(sample, words)])),
    ...silent,
  ]
}

function hostText({ host }: Sample, { upkeep }: Words): string {
  return upkeep.watch.host(percent(host.cpuPercent), share([host.memoryUsedBytes], [host.memoryTotalBytes]))
}

function devicesText({ accelerators }: Sample, { upkeep }: Words): string[] {
  if (accelerators.length === 0) return []
  const busy = knownOf(accelerators.map((one) => one.utilizationPercent))
  const hottest = knownOf(accelerators.map((one) => one.temperatureCelsius))
  const memory = share(
    accelerators.map((one) => one.memoryUsedBytes),
    accelerators.map((one) => one.memoryTotalBytes),
  )
  return [
    upkeep.watch.accelerators(
      accelerators.length,
      busy.length === 0 ? undefined : `${Math.round(sum(busy) / busy.length)} %`,
      memory,
      hottest.length === 0 ? undefined : `${threeDigits(Math.max(...hottest))} °C`,
    ),
  ]
}

function percent(reading: Reading<number>): string | undefined {
  return reading.state === 'known' ? `${Math.round(reading.value)} %` : undefined
}

/** Of all of them together; undefined where one could not be read. */
function share(used: readonly Reading<number>[], total: readonly Reading<number>[]): string | undefined {
  const [mine, all] = [knownOf(used), knownOf(total)]
  if (mine.length < used.length || all.length < total.length || sum(all) === 0) return undefined
  return `${Math.round((100 * sum(mine)) / sum(all))} %`
}

function knownOf(readings: readonly Reading<number>[]): number[] {
  return readings.flatMap((one) => (one.state === 'known' ? [one.value] : []))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, one) => total + one, 0)
}

/** Of this computer. */
function timeOfDay(ms: number): string {
  const at = new Date(ms)
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((one) => `${one}`.padStart(2, '0')).join(':')
}

export async function showWatching({ client, terminal, words }: Work): Promise<Result<number>> {
  const state = await flat('observe.watching', client.product.observe.watching({}))
  if (!state.ok) return state
  terminal.say(whoWatches(state.value, words))
  for (const one of state.value.appliances) terminal.say(`  ${words.cli.pair(one.name, howIsIt(one, words))}`)
  terminal.result(state.value)
  return ok(0)
}

function whoWatches({ watching }: WatchState, { upkeep }: Words): string {
  if (watching === null) return upkeep.watch.nobody
  const since = timeOfDay(watching.sinceMs)
  return watching.how === 'always' ? upkeep.watch.always(since, watching.computer) : upkeep.watch.whileOpen(since)
}

function howIsIt({ link, sinceMs, failure }: WatchState['appliances'][number], words: Words): string {
  const { watch } = words.upkeep
  if (link === 'up') return watch.appliance.up(timeOfDay(sinceMs))
  return failure === undefined
    ? watch.appliance.waiting
    : watch.lost(timeOfDay(sinceMs), failureText(failure, words).what)
}

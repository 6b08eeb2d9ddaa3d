// What this console measures now, in the text format of Prometheus, for a site that has monitoring of its own: the newest
// value of each gauge and state with when it was measured. What is older than a minute is not there, never an old value.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SeriesHistory } from '../../../shared/domain/history.ts'
import type { ConsoleClient } from '../link/console-client.ts'

const reachMs = 60_000
/** As many as one question may name. */
const seriesOfQuestion = 64

export type Exposed = { readonly appliance: string; readonly series: readonly SeriesHistory[] }

/** Of every saved appliance: those that nobody watches have no lines but the one that says so. */
export async function metricsText({ product }: ConsoleClient, nowMs: number): Promise<Result<string>> {
  const appliances = await product.appliances.list({})
  if (!appliances.ok) return appliances
  const all: Exposed[] = []
  for (const { name } of appliances.value) {
    const target = { by: 'name', name } as const
    const names = await product.observe.historySeries({ target })
    const series: SeriesHistory[] = []
    for (let at = 0; names.ok && at < names.value.length; at += seriesOfQuestion) {
      const question = { target, series: names.value.slice(at, at + seriesOfQuestion), fromMs: nowMs - reachMs }
      const answer = await product.observe.history({ ...question, toMs: nowMs + 1, width: reachMs / 1000 })
      if (answer.ok) series.push(...answer.value.series)
    }
    all.push({ appliance: name, series })
  }
  return ok(exposition(all, nowMs))
}

type Line = { readonly family: string; readonly line: string }

/** Families one after the other, each with its type once. */
export function exposition(all: readonly Exposed[], nowMs: number): string {
  const lines = all.flatMap((one) => linesOf(one, nowMs))
  const families = new Map<string, string[]>()
  for (const { family, line } of lines) families.set(family, [...(families.get(family) ?? []), line])
  return [...families].map(([family, of]) => `# TYPE ${family} gauge\n${of.join('\n')}\n`).join('')
}

function linesOf({ appliance, series }: Exposed, nowMs: number): Line[] {
  const fresh = series.flatMap((one) => {
    const [at, value] = [one.atMs.at(-1), newestValue(one)]
    return one.kind === 'increase' || at === undefined || value === undefined || nowMs - at > reachMs
      ? []
      : [{ name: one.name, unit: one.unit, at, value }]
  })
  const own = (family: string, value: number) => ({ family, line: `${family}${labelsOf({ appliance })} ${value}` })
  const newest = fresh.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  return [
    own('rackside_watched', fresh.length > 0 ? 1 : 0),
    ...(fresh.length > 0 ? [own('rackside_sample_age_seconds', Math.max(0, (nowMs - newest) / 1000))] : []),
    ...fresh.map(({ name, unit, value }) => {
      const { group, of, word } = partsOf(name)
      const family = `rackside_${group}_${word}_${unit}`.replaceAll('-', '_')
      const labels = group === 'accelerator' ? { appliance, accelerator: of } : { appliance, deployment: of }
      return { family, line: `${family}${labelsOf(group === 'host' ? { appliance } : labels)} ${value}` }
    }),
  ]
}

/** "host/cpu", "accelerator/ascend 3/power", "inference/ward-model/running". */
function partsOf(name: string): { readonly group: string; readonly of: string; readonly word: string } {
  const [group = '', ...rest] = name.split('/')
  const word = rest.pop() ?? ''
  return { group, of: rest.join('/'), word: word.replaceAll(/[^A-Za-z0-9]/g, '_') }
}

/** The mean of a gauge over its newest bucket, the last of a state. */
function newestValue({ kind, sum, n, last }: SeriesHistory): number | undefined {
  if (kind === 'state') return last.at(-1)
  const [total, count] = [sum.at(-1), n.at(-1)]
  return total === undefined || count === undefined ? undefined : total / count
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

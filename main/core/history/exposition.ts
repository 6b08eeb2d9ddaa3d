// What this console measures now, in the text format of Prometheus, for a site that has monitoring of its own: the newest
// value of each gauge and state with when it was measured. What is older than a minute is not there, never an old value.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SeriesHistory } from '../../../shared/domain/history.ts'
import type { ConsoleClient } from '../link/console-client.ts'

const reachMs = 60_000
/** Filesystems are looked at less often, and change more slowly. */
const slowReachMs = 180_000
const isSlow = (name: string) => name.startsWith('filesystem/')
const reachOf = (name: string) => (isSlow(name) ? slowReachMs : reachMs)
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
    for (const some of names.ok ? questionsFor(names.value) : []) {
      const reach = reachOf(some[0] ?? '')
      const range = { fromMs: nowMs - reach, toMs: nowMs + 1, width: reach / 1000 }
      const answer = await product.observe.history({ target, series: some, ...range })
      if (answer.ok) series.push(...answer.value.series)
    }
    all.push({ appliance: name, series })
  }
  return ok(exposition(all, nowMs))
}

function questionsFor(names: readonly string[]): string[][] {
  return [names.filter((name) => !isSlow(name)), names.filter(isSlow)].flatMap((alike) =>
    Array.from({ length: Math.ceil(alike.length / seriesOfQuestion) }, (_, at) =>
      alike.slice(at * seriesOfQuestion, (at + 1) * seriesOfQuestion),
    ),
  )
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
    return one.kind === 'increase' || at === undefined || value === undefined || nowMs - at > reachOf(one.name)
      ? []
      : [{ name: one.name, unit: one.unit, at, value }]
  })
  const own = (family: string, value: number) => ({ family, line: `${family}${labelsOf({ appliance })} ${value}` })
  const sampled = fresh.filter(({ name }) => !isSlow(name))
  const newest = sampled.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  return [
    own('rackside_watched', sampled.length > 0 ? 1 : 0),
    ...(sampled.length > 0 ? [own('rackside_sample_age_seconds', Math.max(0, (nowMs - newest) / 1000))] : []),
    ...fresh.map(({ name, unit, value }) => {
      const { group, of, word } = partsOf(name)
      const family = `rackside_${group}_${word}_${unit}`.replaceAll('-', '_')
      const label = labelNames[group] ?? 'deployment'
      return {
        family,
        line: `${family}${labelsOf(group === 'host' ? { appliance } : { appliance, [label]: of })} ${value}`,
      }
    }),
  ]
}

const labelNames: { readonly [group: string]: string } = { accelerator: 'accelerator', filesystem: 'filesystem' }

/** "host/cpu", "accelerator/ascend 3/power", "filesystem/engine/used", "inference/ward-model/running". */
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

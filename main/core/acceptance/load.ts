// The load of an acceptance: each model by itself with as many users as were agreed on, then all of them together for as
// long as it takes to become warm, while the sampler watches.
import type { AcceptanceSettings, Soak } from '../../../shared/domain/acceptance.ts'
import type { BenchEvent, BenchSettings } from '../../../shared/domain/bench.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { type SoakLoad, soakFigures } from '../../../shared/verify/acceptance/soak-figures.ts'
import { type BenchOutcome, type BenchTools, runBench, type Service } from '../../verify/load/run-bench.ts'
import type { DeviceSamples } from '../devices/device-samples.ts'

/** A benchmark's bound of one level. */
const longestLevelSeconds = 600

export type LoadTools = Omit<BenchTools, 'hear'>

export function loadAlone(
  connection: Connection,
  service: Service,
  {
    settings,
    tools,
    hear,
  }: { readonly settings: AcceptanceSettings; readonly tools: LoadTools; readonly hear: (event: BenchEvent) => void },
): Promise<BenchOutcome> {
  return runBench(connection, service, { settings: levelOf(settings, settings.seconds), tools: { ...tools, hear } })
}

/** A service by the name of its deployment. */
type Named = { readonly deployment: string; readonly service: Service }

type Soaking = {
  readonly settings: AcceptanceSettings
  readonly tools: LoadTools & { readonly nowMs: () => number }
  readonly samples: DeviceSamples
  readonly hear: (share: number) => void
}

/** Ends early when it is stopped, with what was seen until then. */
export async function soakAll(
  connection: Connection,
  services: readonly Named[],
  { settings, tools, samples, hear }: Soaking,
): Promise<Soak> {
  const fromMs = tools.nowMs()
  const beganMs = tools.clock()
  const rates: number[] = []
  const elapsed = () => (tools.clock() - beganMs) / 1000
  const onProgress = (event: BenchEvent) => {
    if (event.event !== 'progress' || event.phase !== 'measuring') return
    const at = Math.floor(elapsed())
    rates[at] = (rates[at] ?? 0) + event.piecesPerSecond
    hear(Math.min(1, elapsed() / settings.soakSeconds))
  }
  const { value: outcomes, samples: seen } = await samples.during(() =>
    Promise.all(
      services.map(async ({ deployment, service }) => ({
        deployment,
        outcomes: await soakOne(connection, service, { settings, tools, elapsed, onProgress }),
      })),
    ),
  )
  const load = { seconds: elapsed(), rates: rates.filter((one) => one !== undefined), ...together(outcomes) }
  return soakFigures(load, { samples: seen, fromMs, untilMs: tools.nowMs() })
}

type OneSoak = Pick<Soaking, 'settings' | 'tools'> & {
  readonly elapsed: () => number
  readonly onProgress: (event: BenchEvent) => void
}

/** One level after the other, until the time is up. */
async function soakOne(
  connection: Connection,
  service: Service,
  { settings, tools, elapsed, onProgress }: OneSoak,
): Promise<BenchOutcome[]> {
  const outcomes: BenchOutcome[] = []
  for (let left = settings.soakSeconds; left >= 1; left = settings.soakSeconds - elapsed()) {
    const seconds = Math.ceil(Math.min(left, longestLevelSeconds))
    const outcome = await runBench(connection, service, {
      settings: levelOf(settings, seconds),
      tools: { ...tools, hear: onProgress },
    })
    outcomes.push(outcome)
    // What cannot be asked is not asked again and again: it counts as failed.
    if (outcome.end !== 'done') break
  }
  return outcomes
}

function levelOf({ users, soakSeconds: _, ...settings }: AcceptanceSettings, seconds: number): BenchSettings {
  return { ...settings, seconds, levels: [users] }
}

type Soaked = { readonly deployment: string; readonly outcomes: readonly BenchOutcome[] }

/** Of services side by side, each with one level after the other. */
function together(soaked: readonly Soaked[]): Omit<SoakLoad, 'seconds' | 'rates'> {
  const services = soaked.map(({ deployment, outcomes }) => {
    const levels = outcomes.flatMap((one) => one.levels)
    const failed = levels.flatMap((one) => Object.values(one.failed))
    return {
      deployment,
      requests: levels.reduce((total, one) => total + one.requests, 0),
      failed: failed.reduce((total, count) => total + (count ?? 0), 0),
      seconds: levels.reduce((total, one) => total + one.seconds, 0),
      end: outcomes.at(-1)?.end ?? 'failed',
    }
  })
  return {
    services,
    requests: services.reduce((total, one) => total + one.requests, 0),
    failed: services.reduce((total, one) => total + one.failed, 0),
    outputTokensPerSecond: soaked.reduce((total, one) => total + rateOf(one.outcomes), 0),
  }
}

/** While it was measured: what came before, to become warm, is not the rate of anything. */
function rateOf(outcomes: readonly BenchOutcome[]): number {
  const levels = outcomes.flatMap((one) => one.levels)
  const seconds = levels.reduce((total, one) => total + one.seconds, 0)
  const tokens = levels.reduce((total, one) => total + one.outputTokensPerSecond * one.seconds, 0)
  return seconds === 0 ? 0 : tokens / seconds
}

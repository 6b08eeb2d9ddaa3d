// Once a day each model of an appliance that is watched is asked, when none of its users waits for it. One after the other,
// beside the looks: whoever looks does not wait for the answers.
import type { CanaryHead } from '../../../shared/domain/canary.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import type { Opening } from '../access/opening.ts'
import type { Core } from '../context.ts'
import { watchNow } from '../observe.ts'
import { askLocked } from './run.ts'
import { servicesIn } from './services.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** A console that was just opened leaves everybody alone. */
const settledMs = 10 * minuteMs
/** One that nobody ever asked is asked once somebody has watched it for so long. */
const firstMs = 60 * minuteMs
/** Users that were served lately come back. */
const quietMs = 5 * minuteMs
/** After one that could not begin, because of a run there, say. */
const againMs = 30 * minuteMs

/** It is nobody's wish. */
const whoAsks = 'rackside'

export type Due = {
  readonly newest: Pick<CanaryHead, 'startedAt'> | undefined
  readonly nowMs: number
  /** For how long the appliance is watched. */
  readonly watchedMs: number
  /** Since somebody was served, and since this was tried in vain; undefined: never. */
  readonly servedAgoMs: number | undefined
  readonly triedAgoMs: number | undefined
}

export function isDue({ newest, nowMs, watchedMs, servedAgoMs, triedAgoMs }: Due): boolean {
  if (watchedMs < settledMs || (servedAgoMs ?? quietMs) < quietMs || (triedAgoMs ?? againMs) < againMs) return false
  if (newest === undefined) return watchedMs >= firstMs
  const ageMs = nowMs - Date.parse(newest.startedAt)
  // One of tomorrow is of a clock that was set back.
  return ageMs >= dayMs || ageMs < 0
}

export type DailyCanaries = {
  /** After each look. Throws the bug of one that went on. */
  seen(facts: Facts, verdict: ApplianceVerdict, signal: AbortSignal): void
}

export function dailyCanaries(core: Core, opening: Opening): DailyCanaries {
  const { clock, now } = core.tools
  const beganMs = clock()
  const tried = new Map<string, number>()
  const { host, port } = opening.address
  let isGoing = false
  let bug: { readonly thrown: unknown } | undefined

  function isDueNow(deployment: string): boolean {
    const ago = (atMs: number | undefined) => (atMs === undefined ? undefined : clock() - atMs)
    if (core.benches.isLoaded(opening.address, deployment)) return false
    return isDue({
      newest: core.state.canaries.newestOf({ host, port, deployment }),
      nowMs: Date.parse(now()),
      watchedMs: clock() - beganMs,
      servedAgoMs: ago(watchNow(core, opening)?.served.get(deployment)),
      triedAgoMs: ago(tried.get(deployment)),
    })
  }

  async function ask(deployment: string, signal: AbortSignal): Promise<void> {
    const stop = new AbortController()
    const onAbort = () => stop.abort()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      // What kept it from being asked now is tried again later, and is told where it is looked at.
      await askLocked(core, opening, { deployment, who: whoAsks, cause: 'schedule', stop })
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  return {
    seen(facts, verdict, signal) {
      if (bug !== undefined) throw bug.thrown
      if (isGoing || opening.watchOnly === true || facts.privilege === 'login' || signal.aborted) return
      const services = servicesIn(core, facts)
      const due = (services.ok ? services.value : []).find(
        ({ subject: { deployment } }) => isAnswering(verdict, deployment) && isDueNow(deployment),
      )
      if (due === undefined) return
      const { deployment } = due.subject
      tried.set(deployment, clock())
      isGoing = true
      void ask(deployment, signal)
        .catch((thrown: unknown) => {
          bug = { thrown }
        })
        .finally(() => {
          isGoing = false
        })
    },
  }
}

function isAnswering({ deployments }: ApplianceVerdict, deployment: string): boolean {
  const well = ({ state, reason }: DeploymentVerdict) => state === 'healthy' || reason === 'canary-failed'
  return deployments.some((one) => one.deployment === deployment && well(one))
}

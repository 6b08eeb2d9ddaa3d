// Where the alerts get to know what was seen: whoever samples, scrapes, proves or examines an appliance says so here, as
// it happens. Nothing here asks an appliance, and nothing here throws for what one said.
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Examination } from '../../../shared/domain/finding.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import type { ServedCertificate } from '../../../shared/domain/served-certificate.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import type { NamedNumber } from '../../../shared/observe/alerts/observation.ts'
import {
  seenInExamination,
  seenInFacts,
  seenInVerdict,
  seenOfCertificates,
  seenOfExpiry,
} from '../../../shared/observe/alerts/seen.ts'
import type { Core } from '../context.ts'
import { tickMs } from './alert-keeper.ts'

/** `verdict`: of a single look: the rules steady it. */
export type Seen =
  | { readonly of: 'sample'; readonly sample: Sample }
  /** Of a scrape of engines, as the history has it. */
  | { readonly of: 'metrics'; readonly values: readonly NamedNumber[] }
  | { readonly of: 'verdict'; readonly verdict: ApplianceVerdict }
  | { readonly of: 'facts'; readonly facts: Facts }
  /** Whether the container engine, or what we keep beside it, could be read at all. */
  | { readonly of: 'engine'; readonly answers: boolean }
  | { readonly of: 'examination'; readonly examination: Examination }
  /** Of all ways in. `now`: UTC. */
  | { readonly of: 'certificates'; readonly served: readonly ServedCertificate[]; readonly now: string }
  /** Bundles, publishers: what ends when (UTC, ISO 8601). */
  | { readonly of: 'expiry'; readonly expiring: readonly { readonly name: string; readonly until: string }[] }

type Look = {
  /** As the history names it. */
  readonly appliance: string
  readonly atMs: number
  /** How often somebody looks this way. */
  readonly everyMs: number
}

export function noteObservation({ alerts }: Pick<Core, 'alerts'>, look: Look, seen: Seen): void {
  if (seen.of === 'sample') {
    alerts.keeper.noteSample(look.appliance, seen.sample, look.everyMs)
    return
  }
  alerts.keeper.note({ ...look, values: valuesOf(seen, look.atMs), whole: wholeOf(seen) })
}

/** Of what all subjects are in it. */
function wholeOf({ of }: Seen): readonly string[] {
  if (of === 'verdict') return ['deployment']
  if (of === 'certificates') return ['certificate']
  return of === 'expiry' ? ['expiry'] : []
}

function valuesOf(seen: Exclude<Seen, { of: 'sample' }>, atMs: number): readonly NamedNumber[] {
  switch (seen.of) {
    case 'metrics':
      return seen.values
    case 'verdict':
      return seenInVerdict(seen.verdict)
    case 'engine':
      return [{ name: 'engine/unanswered', value: seen.answers ? 0 : 1 }]
    case 'facts':
      return seenInFacts(seen.facts)
    case 'examination':
      return seenInExamination(seen.examination)
    case 'certificates':
      return seenOfCertificates(seen.served, seen.now)
    case 'expiry':
      return seenOfExpiry(seen.expiring, atMs)
  }
}

/** Until the signal: what was not heard of, what nobody acknowledged, and what waits to be sent. */
export async function keepAlerts(
  { alerts, tools }: Pick<Core, 'alerts' | 'tools'>,
  /** Since when each appliance of the list is looked at without a break, by its key; undefined: it waits for a person. */
  watched: () => ReadonlyMap<string, number | undefined>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await alerts.keeper.tick(watched())
    await tools.pause(tickMs, signal)
  }
}

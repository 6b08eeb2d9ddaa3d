// Since when the verdict of an appliance is what it is, as far as this console saw it: held in its memory only,
// and begun anew after a look that failed or after a time when nobody looked. A claim never spans what was not seen.
import type { Address } from '../../shared/domain/appliance.ts'
import type { ApplianceVerdict, VerdictState } from '../../shared/domain/verdict.ts'

type Seen = { readonly state: VerdictState; readonly since: string; readonly lastMs: number }

export type Lasting = {
  /** The verdict of a look that just ended, with since when its state is the same. */
  seen(
    address: Address,
    verdict: ApplianceVerdict,
    at: { readonly now: string; readonly clockMs: number },
  ): ApplianceVerdict
  /** It could not be looked at. */
  lost(address: Address): void
}

/** Windows look each minute, and a look may take three; a longer gap says nothing of the time between. */
const gapMilliseconds = 5 * 60_000

export function lastingVerdicts(): Lasting {
  const known = new Map<string, Seen>()
  const keyOf = ({ host, port }: Address) => `${host} ${port}`
  return {
    seen(address, verdict, { now, clockMs }) {
      const before = known.get(keyOf(address))
      const same = before?.state === verdict.state && clockMs - before.lastMs <= gapMilliseconds
      const since = same ? before.since : now
      known.set(keyOf(address), { state: verdict.state, since, lastMs: clockMs })
      return { ...verdict, since }
    },
    lost(address) {
      known.delete(keyOf(address))
    },
  }
}

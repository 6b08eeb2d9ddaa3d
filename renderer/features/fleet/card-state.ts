// How one appliance is, as its card says it: from the last look, a run that goes on, and whether looking works
// at all. Without a look that is young nothing is ever green.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import type { Answer } from '../../console/answers.ts'
import type { MarkState } from '../../ui/verdict-mark.tsx'

export type CardState =
  | { readonly says: 'looking' }
  | { readonly says: 'setting-up'; readonly run: ConsoleRun }
  | { readonly says: 'empty'; readonly atMs: number; readonly troubles?: ApplianceVerdict['accelerators'] }
  | { readonly says: 'verdict'; readonly verdict: ApplianceVerdict; readonly atMs: number }
  /** It was looked at, but too long ago: the verdict is what was true then. */
  | { readonly says: 'stale'; readonly verdict: ApplianceVerdict; readonly atMs: number; readonly failure?: Failure }
  | { readonly says: 'failure'; readonly failure: Failure }

/** A look each minute; one that is older than this missed two. */
const oldAfterMs = 150_000

export type Circumstances = {
  readonly run: ConsoleRun | undefined
  readonly nowMs: number
  /** The window hears from the console. */
  readonly linked: boolean
}

export function cardState(status: Answer<ApplianceVerdict>, { run, nowMs, linked }: Circumstances): CardState {
  if (run?.state === 'running') return { says: 'setting-up', run }
  if (status.state === 'waiting') return { says: 'looking' }
  if (status.state === 'failed') return { says: 'failure', failure: status.failure }
  const { value: verdict, atMs, problem } = status
  if (problem !== undefined) return { says: 'stale', verdict, atMs, failure: problem }
  if (!linked || nowMs - atMs > oldAfterMs) return { says: 'stale', verdict, atMs }
  if (verdict.reason !== 'nothing-deployed') return { says: 'verdict', verdict, atMs }
  const { accelerators } = verdict
  return { says: 'empty', atMs, ...(accelerators === undefined ? {} : { troubles: accelerators }) }
}

/** What is counted in the lead line. */
export type CardKind = 'down' | 'degraded' | 'unknown' | 'stale' | 'working' | 'looking' | 'healthy' | 'empty'

export function kindOf(card: CardState): CardKind {
  if (card.says === 'looking') return 'looking'
  if (card.says === 'setting-up') return 'working'
  if (card.says === 'empty') return 'empty'
  if (card.says === 'failure') return 'unknown'
  return card.says === 'stale' ? 'stale' : card.verdict.state
}

export function markOf(card: CardState): MarkState {
  const kind = kindOf(card)
  if (kind === 'empty') return 'unknown'
  return kind === 'looking' ? 'working' : kind
}

const urgency: readonly CardKind[] = ['down', 'unknown', 'degraded', 'stale', 'working', 'looking', 'empty', 'healthy']

export function needsYou(card: CardState): boolean {
  return ['down', 'unknown', 'degraded', 'stale'].includes(kindOf(card))
}

/** Names of the appliances, who needs somebody first; equal ones keep the order they had. */
export function orderByNeed(cards: readonly { readonly name: string; readonly card: CardState }[]): readonly string[] {
  const rank = ({ card }: { card: CardState }) => urgency.indexOf(kindOf(card))
  return [...cards].sort((a, b) => rank(a) - rank(b)).map(({ name }) => name)
}

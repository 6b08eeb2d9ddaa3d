// What kind of news the condition of an appliance is on the board: how it is counted, marked and sorted.
import { type Condition, isEmpty } from '../../console/condition.ts'
import type { MarkState } from '../../ui/verdict-mark.tsx'

/** What is counted in the lead line. */
export type CardKind = 'down' | 'degraded' | 'unknown' | 'stale' | 'working' | 'looking' | 'healthy' | 'empty'

export function kindOf(condition: Condition): CardKind {
  if (isEmpty(condition)) return 'empty'
  return condition.is === 'seen' ? condition.verdict.state : kinds[condition.is]
}

const kinds = { looking: 'looking', 'setting-up': 'working', old: 'stale', unreachable: 'unknown' } as const

export function markOf(condition: Condition): MarkState {
  const kind = kindOf(condition)
  if (kind === 'empty') return 'unknown'
  return kind === 'looking' ? 'working' : kind
}

const urgency: readonly CardKind[] = ['down', 'unknown', 'degraded', 'stale', 'working', 'looking', 'empty', 'healthy']

export function needsYou(condition: Condition): boolean {
  return ['down', 'unknown', 'degraded', 'stale'].includes(kindOf(condition))
}

/** Names of the appliances, who needs somebody first; equal ones keep the order they had. */
export function orderByNeed(
  cards: readonly { readonly name: string; readonly condition: Condition }[],
): readonly string[] {
  const rank = ({ condition }: { condition: Condition }) => urgency.indexOf(kindOf(condition))
  return [...cards].sort((a, b) => rank(a) - rank(b)).map(({ name }) => name)
}

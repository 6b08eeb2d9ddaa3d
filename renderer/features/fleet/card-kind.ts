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

/** One that is well and has something for a person to do is not shown as well on the wall. */
export function wallMark(condition: Condition): MarkState {
  const mark = markOf(condition)
  return mark === 'healthy' && needsYou(condition) ? 'degraded' : mark
}

const urgency: readonly CardKind[] = ['down', 'unknown', 'degraded', 'stale', 'working', 'looking', 'empty', 'healthy']

/** A version that its publisher has taken back runs there: it is no worse for it, and somebody has to act. */
export function hasTakenBack(condition: Condition): boolean {
  return condition.is === 'seen' && condition.verdict.deployments.some(({ takenBack }) => takenBack !== undefined)
}

export function needsYou(condition: Condition): boolean {
  if (hasTakenBack(condition)) return true
  return ['down', 'unknown', 'degraded', 'stale'].includes(kindOf(condition))
}

/** Names of the appliances, who needs somebody first; equal ones keep the order they had. */
export function orderByNeed(
  cards: readonly { readonly name: string; readonly condition: Condition }[],
): readonly string[] {
  const rank = ({ condition }: { condition: Condition }) => {
    const own = urgency.indexOf(kindOf(condition))
    return hasTakenBack(condition) ? Math.min(own, urgency.indexOf('degraded')) : own
  }
  return [...cards].sort((a, b) => rank(a) - rank(b)).map(({ name }) => name)
}

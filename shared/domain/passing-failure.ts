// What the network did, or a server that had no room or was restarting: it may mend itself, so whoever needs the link
// dials again, at growing distances. Anything else is said again by every further dial.
import type { Failure, FailureKind } from './failure.ts'

const passing: ReadonlySet<FailureKind> = new Set([
  'host-unresolved',
  'host-unreachable',
  // The jump host is up, and what lies behind it is down or restarting.
  'jump-refused',
  'link-lost',
  'deadline-passed',
])

export function mayMendItself({ kind }: Pick<Failure, 'kind'>): boolean {
  return passing.has(kind)
}

/**
 * A second, twice as long after each further failure, up to the longest; half of it by chance, so that those who
 * failed together do not all come back together. `random` is from 0 to 1.
 */
export function backOffMilliseconds(failuresBefore: number, longestMilliseconds: number, random: number): number {
  return Math.min(1000 * 2 ** failuresBefore, longestMilliseconds) * (0.5 + random / 2)
}

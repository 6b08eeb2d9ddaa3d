// What the tests of a sweep count on the way: a line each in a file that the soak names.
import { existsSync, readFileSync } from 'node:fs'

export const sweepVariable = 'RACKSIDE_SWEEP'
export const countsVariable = 'RACKSIDE_SWEEP_COUNTS'

export function readSweepCounts(file: string): Record<string, number> {
  const counts: Record<string, number> = {}
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  for (const line of lines) {
    const { what, times } = JSON.parse(line) as { what: string; times: number }
    counts[what] = (counts[what] ?? 0) + times
  }
  return counts
}

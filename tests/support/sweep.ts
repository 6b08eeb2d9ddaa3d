// Sweeps over many moments and kinds of interruption. Each case is drawn from the seed and its own number alone, so one
// that failed can be tried again: RACKSIDE_SEED=N. In full by `npm run soak -- provisioning`; else a few of them.
import { appendFileSync } from 'node:fs'
import { seededBytes } from '../../scripts/lab/artifacts/seeded-bytes.ts'
import { countsVariable, sweepVariable } from '../../scripts/soak/sweep-counts.ts'

/** A new one each day, where nobody chose one. */
const seed = Number(process.env['RACKSIDE_SEED'] ?? Math.floor(Date.now() / 86_400_000))
export const isFullSweep = process.env[sweepVariable] === 'full'

export type Chance = {
  /** From 0 up to and without this. */
  below(limit: number): number
  /** As many small ones as large ones: between these two. */
  logarithmic(low: number, high: number): number
}

export function chanceOf(name: string): Chance {
  const bytes = seededBytes(`${seed} ${name}`)
  const part = () => bytes.take(4).readUInt32LE() / 2 ** 32
  return {
    below: (limit) => Math.floor(part() * limit),
    logarithmic: (low, high) => Math.round(low * (high / low) ** part()),
  }
}

/** Of a full sweep's cases all; else so many of them, others with each seed. */
export function sampleOf<Case>(cases: readonly Case[], count: number): readonly Case[] {
  if (isFullSweep) return cases
  const chance = chanceOf('sample')
  const left = [...cases]
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(chance.below(left.length), 1)).flat()
}

export const ofSeed = `(seed ${seed})`

/** Adds to what the soak counts. */
export function count(what: string, times = 1): void {
  const file = process.env[countsVariable]
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, times })}\n`)
}

// Versions of drivers, firmware, kernels and toolkits, as their vendors write them: "525.60.13", "25.2.0",
// "26.0.RC1", "5.10.0-216.0.0.115.oe2203sp4.aarch64".
import { endsOf, type VersionRange } from '../../domain/entry/hardware-match.ts'

/** A part that is not there is a 0; what comes before a release is less than that, what comes after it is more. */
const stages: readonly (readonly [pattern: RegExp, stage: number])[] = [
  [/^(\d+)$/, 0],
  [/^(?:rc|c)(\d*)$/i, -1],
  [/^(?:beta|b)(\d*)$/i, -2],
  [/^(?:alpha|a|dev|t)(\d*)$/i, -3],
  [/^post(\d*)$/i, 1],
]

type Part = readonly [stage: number, number: number]

/**
 * Negative, 0 or positive. What does not begin with a number sorts before everything, so that an unknown driver never
 * passes as new enough. What stands behind a part that is no number of a version is not compared.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined)
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [l, r] = [left[at] ?? [0, 0], right[at] ?? [0, 0]]
    const difference = l[0] === r[0] ? l[1] - r[1] : l[0] - r[0]
    if (difference !== 0) return difference
  }
  return 0
}

function partsOf(version: string): Part[] | undefined {
  // "3.0.0b2": what is before a release may stand behind its number at once.
  const words = version
    .trim()
    .replaceAll(/(\d)(?=[A-Za-z])/g, '$1.')
    .split(/[.\-_+~]/)
  if (!/^\d+$/.test(words[0] ?? '')) return undefined
  const parts = words.map(partOf)
  const end = parts.indexOf(undefined)
  return parts.slice(0, end === -1 ? undefined : end).filter((part) => part !== undefined)
}

function partOf(word: string): Part | undefined {
  for (const [pattern, stage] of stages) {
    const found = pattern.exec(word)
    if (found !== null) return [stage, Number(found[1] ?? 0)]
  }
  return undefined
}

export function isInRange(version: string, range: VersionRange): boolean {
  const { atLeast, below } = endsOf(range)
  if (partsOf(version) === undefined) return false
  return (
    (atLeast === undefined || compareVersions(version, atLeast) >= 0) &&
    (below === undefined || compareVersions(version, below) < 0)
  )
}

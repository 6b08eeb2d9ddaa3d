// Files that take minutes begin first: one that begins last runs alone at the end, while the other worker waits.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** As they took in CI, the longest first. Others keep vitest's own order behind them. */
export const longest = [
  'e2e/journey-web',
  'lab/journey',
  'lab/acceptance',
  'lab/families',
  'lab/refusals',
  'lab/device-proof',
]
const places = new Map(longest.map((name, place) => [name, place]))

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId))
  }
}

/** `path`: of a test's file. */
export function placeOf(path: string): number {
  const [, name = ''] = /\/tests\/(.+)\.test\.tsx?$/.exec(path) ?? []
  return places.get(name) ?? longest.length
}

// Tests of which CI runs a part each day, the others on another day; without CI, and in a soak, all of them.
import { it } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'

/** `it` for the test at this place of its file, where it is in today's one of so many parts. */
export function today(place: number, parts = 2): typeof it | (() => void) {
  return inSample(place, parts) ? it : () => undefined
}

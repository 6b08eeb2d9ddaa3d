// How many users ask at once next: one after the other of a list, or twice as many each time until a limit is broken, and
// then between the most that kept every limit and the fewest that did not.
import type { BenchLevel, BenchResult, BenchSettings } from '../../domain/bench.ts'

/** Without a list nobody asks with more at once. */
const mostUsers = 256
/** Narrowed down to an eighth: two numbers nearer to each other differ by less than two measurements of one do. */
const fineness = 8

type Done = Pick<BenchLevel, 'users' | 'breaks'>

/** Undefined where all is measured. */
export function nextUsers(done: readonly Done[], { levels }: Pick<BenchSettings, 'levels'>): number | undefined {
  if (levels !== undefined) return levels[done.length]
  const { kept, broken } = between(done)
  if (broken === undefined) {
    if (kept === 0) return 1
    return kept >= mostUsers ? undefined : Math.min(mostUsers, kept * 2)
  }
  const near = Math.max(1, Math.floor(kept / fineness))
  return broken - kept <= near ? undefined : kept + Math.floor((broken - kept) / 2)
}

/** Undefined where nothing was measured. */
export function supportedBy(done: readonly Done[]): BenchResult['supports'] {
  if (done.length === 0) return undefined
  const { kept, broken } = between(done)
  return { users: kept, atLeast: broken === undefined }
}

/** The most users that kept every limit, below the fewest that broke one; 0 where none did. */
function between(done: readonly Done[]): { kept: number; broken: number | undefined } {
  const broken = done.filter(({ breaks }) => breaks.length > 0).map(({ users }) => users)
  const fewest = broken.length === 0 ? undefined : Math.min(...broken)
  const kept = done.filter(({ breaks, users }) => breaks.length === 0 && users < (fewest ?? Number.POSITIVE_INFINITY))
  return { kept: Math.max(0, ...kept.map(({ users }) => users)), broken: fewest }
}

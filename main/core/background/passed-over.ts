// When a model need not be asked by us, because it just served its users: their requests are worth more than ours, and
// a full queue is made no longer.

/** When this console last asked a deployment itself, in milliseconds of the forward clock, and whether all was well. */
export type OwnProbes = Map<string, { readonly atMs: number; readonly passed: boolean }>

const servedWithinMs = 30_000
/** Metrics count answers and cannot read them: now and then somebody has to. */
const askAnywayMs = 3 * 60_000

export function mayPassOver(
  own: { readonly atMs: number; readonly passed: boolean } | undefined,
  servedAtMs: number | undefined,
  nowMs: number,
): boolean {
  if (own === undefined || !own.passed || servedAtMs === undefined) return false
  return nowMs - servedAtMs <= servedWithinMs && nowMs - own.atMs < askAnywayMs
}

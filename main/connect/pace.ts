// A limit for what an upload may take of the network: bytes wait for their turn. What was not used is not saved up.
export type Pace = (bytes: number) => Promise<void>

export const unlimited: Pace = async () => undefined

export type PaceTools = {
  readonly clock: () => number
  readonly pause: (milliseconds: number) => Promise<unknown>
}

/** So many bytes may come early: a pause is never much shorter than what a timer can do. */
const burstMilliseconds = 50

export function paceOf(bytesPerSecond: number, { clock, pause }: PaceTools): Pace {
  let freeAt = Number.NEGATIVE_INFINITY
  return async (bytes) => {
    const now = clock()
    const turn = Math.max(freeAt, now - burstMilliseconds)
    freeAt = turn + (bytes / bytesPerSecond) * 1000
    if (turn > now) await pause(turn - now)
  }
}

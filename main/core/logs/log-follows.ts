// The logs that are being read now. Each takes a channel of its appliance's connection, so there are few at once; all end
// with this console.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Opening, openingKey } from '../access/opening.ts'

/** Of one appliance: of its eight channels most are for what watches and sets up, and where it has fewer, logs give way. */
const mostAtOnce = 3

export type LogFollows = {
  /** `over` is to be called once nobody reads it any more. */
  begin(opening: Opening): Result<{ readonly signal: AbortSignal; readonly over: () => void }>
  stopAll(): void
}

export function logFollows(): LogFollows {
  const going = new Map<AbortController, string>()
  return {
    begin(opening) {
      const key = openingKey(opening)
      if ([...going.values()].filter((one) => one === key).length >= mostAtOnce)
        return fail({ kind: 'usage', problem: 'logs-open', word: String(mostAtOnce) })
      const stop = new AbortController()
      going.set(stop, key)
      return ok({ signal: stop.signal, over: () => void going.delete(stop) })
    },
    stopAll() {
      for (const stop of going.keys()) stop.abort()
    },
  }
}

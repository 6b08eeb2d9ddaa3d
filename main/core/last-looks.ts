// What was seen of each appliance when it was last looked at whole, in this process's memory only: for who reckons with
// what seldom changes, and says of when it is.
import type { Facts } from '../../shared/domain/facts.ts'

/** By the opening's key. */
export type LastLooks = {
  seen(key: string, facts: Facts): void
  of(key: string): Facts | undefined
}

/** One that was not looked at for longest is looked at again. */
const mostKept = 200

export function lastLooks(): LastLooks {
  const kept = new Map<string, Facts>()
  return {
    seen(key, facts) {
      kept.delete(key)
      kept.set(key, facts)
      const [oldest] = kept.keys()
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    },
    of: (key) => kept.get(key),
  }
}

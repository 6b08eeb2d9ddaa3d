// The three answers of most steps that change the system, with a reason each.
import type { Reading } from '../domain/reading.ts'
import type { Truth } from './step-kind.ts'

/** What could not be read is not called missing: nothing is done about it, and the plan says so. */
export const notRead: Truth = { holds: false, reason: 'not-read' }

/** Of a look in one word, of which `nothing` says that it is not there. */
export function truthOfWord<W extends string>(look: Reading<W | 'nothing'>, wanted: W): Truth {
  return truthOf(
    look,
    (is) => is !== 'nothing',
    (is) => is === wanted,
  )
}

export function truthOf<T>(look: Reading<T>, isThere: (value: T) => boolean, isWanted: (value: T) => boolean): Truth {
  if (look.state !== 'known') return notRead
  if (!isThere(look.value)) return { holds: false, reason: 'not-there' }
  return isWanted(look.value)
    ? { holds: true, reason: 'there-as-wanted' }
    : { holds: false, reason: 'other-than-wanted' }
}

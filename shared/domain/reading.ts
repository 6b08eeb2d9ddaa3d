// Three different answers to "what is it?": known, absent (the machine has none) and unreadable
// (it could not be read, and why). "Don't know" never becomes 0.
import * as z from 'zod'

export type Reading<T> =
  | { readonly state: 'known'; readonly value: T }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly why: string }

export function known<T>(value: T): Reading<T> {
  return { state: 'known', value }
}

export const absent: Reading<never> = { state: 'absent' }

/** `why` is a short technical text (evidence), bounded to 300 characters because remote output may end up in it. */
export function unreadable(why: string): Reading<never> {
  return { state: 'unreadable', why: why.slice(0, 300) }
}

/** The value where it is known, `fallback` otherwise. For display and sorting, never for arithmetic. */
export function valueOr<T, F>(reading: Reading<T>, fallback: F): T | F {
  return reading.state === 'known' ? reading.value : fallback
}

export function readingOf<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('known'), value }),
    z.strictObject({ state: z.literal('absent') }),
    z.strictObject({ state: z.literal('unreadable'), why: z.string().max(300) }),
  ])
}

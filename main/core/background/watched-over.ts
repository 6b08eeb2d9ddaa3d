// What the background of a console is at: who is watched over, since when, and what of it goes on (background.ts).
import type { Opening } from '../access/opening.ts'

/** `while-open`: it ends when somebody closes a window. */
export type Watchfulness = 'while-open' | 'always'

export type Kept = {
  readonly name: string
  readonly opening: Opening
  readonly stop: AbortController
  readonly beganMs: number
  /** When it was first reached. */
  upMs: number | undefined
  /** When somebody last looked whether a person has mended what it waits for. */
  askedAt: number
  /** Why something of it had to be begun anew. */
  bug: string | undefined
}

export type Background = {
  /** By opening. */
  readonly kept: Map<string, Kept>
  readonly stop: AbortController
  readonly going: Set<Promise<void>>
  /** Undefined where this process was not asked to. */
  started: { readonly how: Watchfulness; readonly sinceMs: number } | undefined
}

export function noBackground(): Background {
  return { kept: new Map(), stop: new AbortController(), going: new Set(), started: undefined }
}

// How fast a model writes, where that can be known at all: an answer that a gateway held back, or a cache had, arrives all at
// once, and its tokens over that moment would be thousands a second that nobody ever sees.
import { known, type Reading, unreadable } from '../domain/reading.ts'
import { tooShort } from '../domain/verdict.ts'

/** Fewer have no pace; and what arrives within less time was not written in it. */
const leastTokens = 4
const leastMs = 10
/** A server has no link between it and its tokens, but divides by nothing, too: a single token "at a million a second". */
const leastServerMs = 1

/** Milliseconds from the first token to the last one, of an answer whose time between tokens can be told. */
export function isMeasurable(tokens: number, decodeMs: number): boolean {
  return tokens >= leastTokens && decodeMs >= leastMs
}

/** Tokens per second: those after the first over the time they took, else the server's own figure for as many of them. */
export function decodeRate(tokens: number, decodeMs: number, serverRate?: number): Reading<number> {
  if (isMeasurable(tokens, decodeMs)) return known(((tokens - 1) * 1000) / decodeMs)
  const isSound = serverRate !== undefined && tokens >= leastTokens && tokens * 1000 >= leastServerMs * serverRate
  return isSound ? known(serverRate) : unreadable(tooShort)
}

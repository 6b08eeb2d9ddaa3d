// Finds whole ticks in the bytes of a sampler, wherever the chunks are cut. What an appliance prints may be
// anything: at most one tick's worth of it is kept, and the rest is dropped until the next tick begins.
import { readTick, type Tick, tickEnd, tickStart } from '../../shared/facts/ticks.ts'

/** Each tool's answer is bounded by the script at 528 KiB. */
const tickLimitCharacters = 2 * 1024 * 1024

export type TickReader = {
  /** The ticks that this chunk completes, oldest first. Never throws. */
  push(bytes: Uint8Array): Tick[]
}

export function tickReader(nonce: string): TickReader {
  const [start, end] = [tickStart(nonce), tickEnd(nonce)]
  const decoder = new TextDecoder('utf-8')
  let held = ''
  /** Nothing before this place can be the beginning of an end mark. */
  let searched = 0

  function nextTick(): Tick | undefined {
    const endAt = held.indexOf(end, searched)
    if (endAt < 0) {
      // An end mark may be cut anywhere.
      searched = Math.max(0, held.length - end.length)
      return undefined
    }
    // The last start: of a tick that broke off, nothing is used.
    const startAt = held.lastIndexOf(start, endAt)
    const text = startAt < 0 ? '' : held.slice(startAt + start.length, endAt)
    held = held.slice(endAt + end.length)
    searched = 0
    return readTick(text, nonce)
  }

  return {
    push(bytes) {
      held += decoder.decode(bytes, { stream: true })
      const ticks: Tick[] = []
      for (let tick = nextTick(); tick !== undefined; tick = nextTick()) ticks.push(tick)
      if (held.length > tickLimitCharacters) {
        held = held.slice(-end.length)
        searched = 0
      }
      return ticks
    },
  }
}

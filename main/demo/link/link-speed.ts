// How fast bytes come to the simulated machine: as over a good cable of a ward, so that copying can be watched,
// and crawling while that drill is on.
import { drillIsOn, type Machine } from '../machine.ts'

const goodBytesPerSecond = 32 * 1024 * 1024
const slowBytesPerSecond = 256 * 1024

/** Resolves when so many bytes may pass; all links of the machine share its one cable. */
export function linkPace(machine: Machine): (bytes: number, signal: AbortSignal) => Promise<void> {
  let freeAtMs = 0
  return async (bytes, signal) => {
    const speed = drillIsOn(machine, 'slow-link') ? slowBytesPerSecond : goodBytesPerSecond
    const nowMs = machine.nowMs()
    // What was reserved before the link got slower, or the clock was set back, does not count.
    freeAtMs = Math.min(Math.max(freeAtMs, nowMs), nowMs + 5000) + (bytes / speed) * 1000
    const waitMs = freeAtMs - nowMs
    if (waitMs >= 1) await machine.pause(waitMs, signal)
  }
}

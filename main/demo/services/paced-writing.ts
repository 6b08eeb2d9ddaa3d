// A text that appears at the speed of the simulated machine: after the time to the first token, then piece by piece.
// Everybody who is served at once shares the speed a little, and all of it is counted in the machine's traffic.
import { presets } from '../hardware/presets.ts'
import { drillIsOn, type Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'

/** What each further completion takes from the speed of all. */
const sharedPart = 0.08
/** One card that is too hot holds up all of them. */
const hotClocks = 0.5

type WritingTask = {
  readonly pieces: readonly string[]
  readonly promptTokens: number
  /** Aborts when nobody reads any more. */
  readonly signal: AbortSignal
}

/** Tokens a second of one completion, beside all that are being written now. */
export function speedNow(machine: Machine): number {
  const { tokensPerSecond } = presets[machine.state.preset]
  const others = Math.max(0, machine.traffic.running - 1)
  const clocks = drillIsOn(machine, 'overheat') ? hotClocks : 1
  return (tokensPerSecond * clocks) / (1 + sharedPart * others)
}

/** Ends early when nobody reads any more or the container stops; returns whether it was written to its end. */
export async function* writeAtPace(
  machine: Machine,
  container: SimulatedContainer,
  { pieces, promptTokens, signal }: WritingTask,
): AsyncGenerator<string, boolean> {
  const { traffic } = machine
  const { id, startedAtMs } = container
  const goesOn = () => !signal.aborted && runsSince(machine, id, startedAtMs)
  traffic.running += 1
  traffic.lastMs = machine.nowMs()
  try {
    await machine.pause(presets[machine.state.preset].ttftMs, signal)
    traffic.promptTokens += promptTokens
    let dueMs = machine.nowMs()
    for (const piece of pieces) {
      if (!goesOn()) return false
      traffic.writtenTokens += 1
      yield piece
      const pieceMs = 1000 / speedNow(machine)
      dueMs += pieceMs
      // Late pieces follow one another at once; a clock that was set back makes nobody wait longer than usual.
      await machine.pause(Math.min(pieceMs, Math.max(0, dueMs - machine.nowMs())), signal)
    }
    traffic.finished += 1
    return true
  } finally {
    // The count starts anew with the power, which may have come back meanwhile.
    traffic.running = Math.max(0, traffic.running - 1)
    traffic.lastMs = machine.nowMs()
  }
}

function runsSince(machine: Machine, id: string, startedAtMs: number): boolean {
  const now = machine.state.containers.find((one) => one.id === id)
  return now?.state === 'running' && now.startedAtMs === startedAtMs
}

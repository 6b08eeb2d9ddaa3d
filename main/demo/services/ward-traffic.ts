// A light use of the model, as by a ward: a few simulated people begin and end completions in waves, so that live
// charts move without anybody typing. It follows from the time alone; every count of it is in the machine's traffic.
import { proofOf, takesRequests } from '../container-life.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { speedNow } from './paced-writing.ts'

const tickMilliseconds = 500
const mostPeople = 5
/** What one of them sends in, on average. */
const promptTokens = 180

/** How many write so long after the model came up, from nobody to five: a slow wave with a faster one on it. */
export function peopleAt(servedMs: number): number {
  const wave = (seconds: number) => Math.sin((2 * Math.PI * servedMs) / (seconds * 1000))
  return Math.min(mostPeople, Math.max(0, Math.round(2 + 2.4 * wave(90) + 1.2 * wave(23))))
}

/** Returns how to stop it. The timer keeps no process alive. */
export function simulateWard(machine: Machine): () => void {
  let people = 0
  let { bootedAtMs } = machine.state
  let lastMs = machine.nowMs()
  let halfWritten = 0

  /** Those who leave have got their answer, unless the model went away under them. */
  function become(wanted: number, answered: boolean): void {
    if (wanted === people) return
    const { traffic } = machine
    traffic.running = Math.max(0, traffic.running + wanted - people)
    if (wanted > people) traffic.promptTokens += (wanted - people) * promptTokens
    else if (answered) traffic.finished += people - wanted
    traffic.lastMs = machine.nowMs()
    people = wanted
  }

  function tick(): void {
    const nowMs = machine.nowMs()
    // After a sleep of this computer, or a clock that was set, nobody has written all that time.
    const seconds = Math.min(2 * tickMilliseconds, Math.max(0, nowMs - lastMs)) / 1000
    lastMs = nowMs
    // The traffic starts anew with the power: nobody is counted any more.
    if (bootedAtMs !== machine.state.bootedAtMs) people = 0
    bootedAtMs = machine.state.bootedAtMs
    const sinceMs = servesSince(machine)
    const serves = sinceMs !== undefined
    if (serves) {
      halfWritten += people * speedNow(machine) * seconds
      machine.traffic.writtenTokens += Math.floor(halfWritten)
      halfWritten %= 1
    }
    become(serves ? peopleAt(nowMs - sinceMs) : 0, serves)
  }

  const timer = setInterval(tick, tickMilliseconds)
  timer.unref()
  return () => {
    clearInterval(timer)
    become(0, false)
  }
}

/** When the model that takes requests now was started. */
function servesSince(machine: Machine): number | undefined {
  const nowMs = machine.nowMs()
  const serving = (one: SimulatedContainer) => proofOf(one)?.serves === 'openai-chat' && takesRequests(one, nowMs)
  return machine.state.containers.find(serving)?.startedAtMs
}

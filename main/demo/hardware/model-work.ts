// What the model in the machine's containers asks of the hardware now.
import { proofOf, startedPart } from '../container-life.ts'
import type { Machine } from '../machine.ts'

export type ModelWork = {
  /** How much of the model lies in the devices' memory: 0 to 1. */
  readonly loadedPart: number
  /** Completions that are being written now: 0 as long as no model is loaded whole. */
  readonly running: number
}

/** Several models share one place: a real runtime would not start beside another that has the memory. */
export function modelWork(machine: Machine): ModelWork {
  const nowMs = machine.nowMs()
  const parts = machine.state.containers
    .filter((container) => proofOf(container)?.serves === 'openai-chat')
    .map((container) => startedPart(container, nowMs) ?? 0)
  const loadedPart = Math.max(0, ...parts)
  return { loadedPart, running: loadedPart === 1 ? Math.max(0, machine.traffic.running) : 0 }
}

const busyPercent = [1, 55, 74, 85, 92] as const
const readingWeightsPercent = 3

/** Of one device, 0 to 100, before heat slows it. Follows from the time and the index alone. */
export function wantedUtilization({ loadedPart, running }: ModelWork, index: number, nowMs: number): number {
  if (loadedPart === 0) return 0
  const atMost = busyPercent.length - 1
  const busy = busyPercent[Math.min(atMost, Math.ceil(running))] ?? 0
  const level = loadedPart === 1 ? busy : readingWeightsPercent
  return Math.min(100, Math.max(0, level + wobble(index, nowMs) * (running > 0 ? 3 : 1)))
}

/** -1 to 1, slow and a little different for each device. */
export function wobble(index: number, nowMs: number): number {
  return (2 * Math.sin(nowMs / 6100 + index * 1.7) + Math.sin(nowMs / 1900 + index * 2.9)) / 3
}

// A simulated machine as it comes from the factory, and as it was saved.
import type { DemoPreset } from '../../shared/domain/demo.ts'
import { type MachineState, machineState } from './machine-state.ts'
import type { MakeKey } from './own-keys.ts'

export type NewMachine = {
  readonly name: string
  readonly preset: DemoPreset
  readonly nowMs: number
  /** Lower-case hex digits of so many random bytes. */
  readonly randomHex: (bytes: number) => string
  readonly makeKey: MakeKey
}

export function newMachine({ name, preset, nowMs, randomHex, makeKey }: NewMachine): MachineState {
  return {
    format: 1,
    preset,
    name,
    machineId: randomHex(16),
    bootedAtMs: nowMs,
    port: 0,
    hostKey: makeKey(),
    otherHostKey: makeKey(),
    files: {},
    artifacts: {},
    staged: {},
    images: [],
    networks: [],
    volumes: [],
    containers: [],
    drills: {},
  }
}

/** Undefined where the text is no machine of this version. */
export function readMachine(text: string): MachineState | undefined {
  try {
    return machineState.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

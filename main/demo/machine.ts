// One simulated machine as its parts see it: the state, the time, and what is happening on it right now. Parts
// (hardware, engine, services, uploads) read it and change it through `change`, and never know one another.
import type { DrillName } from '../../shared/domain/demo.ts'
import type { MachineState } from './machine-state.ts'

export type Machine = {
  /** Read it as you like; write to it only inside `change`. */
  readonly state: MachineState
  /** Changes the state and has it saved soon. */
  change(act: (state: MachineState) => void): void
  /** Milliseconds since 1970. */
  readonly nowMs: () => number
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** How busy its model is now, and has been: the hardware follows it. Ends with the power. */
  readonly traffic: Traffic
}

/** What the model server tells the hardware. Everything since the last power-on. */
export type Traffic = {
  /** Completions that are being written now, those of the simulated ward included. */
  running: number
  finished: number
  promptTokens: number
  writtenTokens: number
  /** When the newest completion began or ended. */
  lastMs: number
}

export function noTraffic(): Traffic {
  return { running: 0, finished: 0, promptTokens: 0, writtenTokens: 0, lastMs: 0 }
}

export function drillIsOn(machine: Machine, drill: DrillName): boolean {
  return machine.state.drills[drill] !== undefined
}

/** What a command of the simulated machine ends with. */
export type Ended = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export const fullDiskComplaint = 'No space left on device'

// Saves a machine a little after the first of some changes, so that many changes are one file.
import type { MachineState } from './machine-state.ts'

const waitMilliseconds = 200

export type Saver = {
  soon(): void
  now(): void
  /** Saves, and never again. */
  end(): void
}

export function saverOf(state: MachineState, save: (state: MachineState) => void): Saver {
  let waiting: NodeJS.Timeout | undefined
  let ended = false
  const now = (): void => {
    clearTimeout(waiting)
    waiting = undefined
    save(state)
  }
  return {
    now,
    soon(): void {
      if (!ended) waiting ??= setTimeout(now, waitMilliseconds)
    },
    end(): void {
      now()
      ended = true
    },
  }
}

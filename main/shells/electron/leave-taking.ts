// How the program ends: once, after asking when a run or a rollout would stop with it, and with the console closed before the
// process is gone. What does not end in time does not keep it.

import { type EndsHere, endsAnything } from '../../core/link/own-runs.ts'

export type LeaveParts = {
  /** What ends with this process. */
  readonly endsHere: () => Promise<EndsHere>
  /** True: quit all the same. */
  readonly confirm: (ends: EndsHere) => Promise<boolean>
  /** Lets go of everything that is open. */
  readonly close: () => Promise<void>
  readonly pause: () => Promise<void>
  readonly exit: (code: number) => void
}

export type LeaveTaking = {
  /** The person wants to quit: asks when something is going on. Asked again meanwhile, nothing more happens. */
  ask(): Promise<void>
  /** Without asking: the system ends, or somebody insisted. */
  leave(code: number): Promise<void>
  state(): 'staying' | 'asking' | 'leaving'
}

export function leaveTaking({ endsHere, confirm, close, pause, exit }: LeaveParts): LeaveTaking {
  let state: ReturnType<LeaveTaking['state']> = 'staying'
  const leave = async (code: number) => {
    if (state === 'leaving') return
    state = 'leaving'
    // A core that breaks while it closes must not keep a process without a window.
    await Promise.race([close().catch(() => undefined), pause()])
    exit(code)
  }
  return {
    async ask() {
      if (state !== 'staying') return
      state = 'asking'
      const ends = await endsHere()
      const go = !endsAnything(ends) || (await confirm(ends))
      // Somebody may have insisted while the question was open.
      if (state !== 'asking') return
      state = 'staying'
      if (go) await leave(0)
    },
    leave,
    state: () => state,
  }
}

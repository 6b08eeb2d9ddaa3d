// A run as it is followed: what its events say so far. Events may be replayed from the first one (a reload,
// another window) or be missed in between; what is shown is always what they say together.
import type { RunEvent } from '../../../shared/domain/run.ts'

export type StepLook = {
  readonly state: 'current' | 'done' | 'already' | 'failed'
  readonly milliseconds?: number
}
export type RunEnd = Extract<RunEvent, { event: 'run-end' }>
export type RunHold = Extract<RunEvent, { event: 'waiting-for-window' | 'waiting-while-busy' }>
export type RunVerified = Extract<RunEvent, { event: 'verified' }>

export type RunState = {
  /** `proving`: every step is done, and it is looked at whether it answers. */
  readonly phase: 'opening' | 'waiting' | 'running' | 'proving' | 'ended'
  /** Who holds the appliance while this run waits for it. */
  readonly holder?: string
  /** What it waits for before it interrupts a service. */
  readonly hold?: RunHold
  readonly steps: ReadonlyMap<string, StepLook>
  /** The step that goes on now. */
  readonly current?: string
  readonly end?: RunEnd
  readonly verified?: RunVerified
}

export const nothingHeard: RunState = { phase: 'opening', steps: new Map() }

export function afterRunEvent(state: RunState, event: RunEvent): RunState {
  switch (event.event) {
    case 'waiting-for-lock':
      return { ...state, phase: 'waiting', holder: event.holder }
    case 'waiting-for-window':
    case 'waiting-while-busy':
      return { ...state, hold: event }
    case 'requests-unknown':
      return state
    case 'run-begin':
      return { phase: 'running', steps: new Map() }
    case 'step-begin':
      return { ...running(state), steps: withStep(state, event.step, { state: 'current' }), current: event.step }
    case 'step-end': {
      const { step, outcome, milliseconds } = event
      const look: StepLook = { state: outcome, ...(milliseconds === undefined ? {} : { milliseconds }) }
      return { ...running(state), steps: withStep(state, step, look) }
    }
    case 'run-end': {
      const { current: _, hold: __, ...rest } = state
      return { ...rest, phase: event.failure === undefined ? 'proving' : 'ended', end: event }
    }
    case 'verified':
      return { ...state, phase: 'ended', verified: event }
  }
}

function running(state: RunState): RunState {
  const { current: _, holder: __, hold: ___, ...rest } = state
  return { ...rest, phase: 'running' }
}

/** A step that was begun and whose end was not heard is done when another one begins: steps run one by one. */
function withStep(state: RunState, step: string, look: StepLook): ReadonlyMap<string, StepLook> {
  const steps = new Map(state.steps)
  for (const [id, before] of steps) if (before.state === 'current') steps.set(id, { state: 'done' })
  return steps.set(step, look)
}

/** The steps that came to their end, and the place of the one that goes on or would be next: "step 3 of 9". */
export function stepNumber(state: RunState): number {
  const ended = [...state.steps.values()].filter((s) => s.state === 'done' || s.state === 'already').length
  return state.current === undefined ? ended : ended + 1
}

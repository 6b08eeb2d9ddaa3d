// A link to the console that mends itself: it dials, is open, is lost, dials again. What is asked while the
// first dialling goes on waits for it; what is asked while the link is lost fails at once.
import { type ClientLink, createORPCClient } from '@orpc/client'
import type { StreamContext } from '../../../shared/contract/flow.ts'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import type { ConsoleCalls, ConsoleLink, LinkState } from '../console-link.ts'

export type Wire = ClientLink<StreamContext>

export type DialEvents = {
  readonly opened: (wire: Wire) => void
  /** Once, and nothing after it. With a failure the console does not want this window: it is not dialled again. */
  readonly ended: (refused?: FailureOf<'window-refused'>) => void
}

/** Opens one connection; returns the way to hang up. */
export type Dial = (events: DialEvents) => () => void

export type Clock = {
  readonly nowMs: () => number
  /** Calls back once after a while; returns the way to forget it. */
  readonly after: (milliseconds: number, act: () => void) => () => void
}

const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds)
    return () => clearTimeout(timer)
  },
}

const firstPauseMs = 500
const longestPauseMs = 5000

/** A console that is stopped or hangs keeps its socket open: only an answer shows that it is there. */
const pulseMs = 10_000

/** Half a second after the link was lost, then twice as long each time, at most five seconds. */
export function pauseMs(failedDials: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** failedDials)
}

class LinkLostError extends Error {
  override readonly name = 'LinkLostError'
}

export function reconnectingLink(dial: Dial, clock: Clock = systemClock): ConsoleLink {
  const listeners = new Set<() => void>()
  let state: LinkState = { state: 'connecting' }
  let wire: Wire | undefined
  let failedDials = 0
  let restPulse = (): void => undefined
  let stop = dialOnce()

  function turn(next: LinkState): void {
    state = next
    for (const listener of [...listeners]) listener()
  }

  /** Asks for something small, again and again; `silent` when it was not answered in time. */
  function feelPulse(opened: Wire, silent: () => void): void {
    restPulse = clock.after(pulseMs, () => {
      restPulse = clock.after(pulseMs, silent)
      const again = () => {
        if (wire !== opened) return
        restPulse()
        feelPulse(opened, silent)
      }
      opened.call(['window', 'about'], {}, { context: {} }).then(again, again)
    })
  }

  function dialOnce(): () => void {
    const hangUp = dial({
      opened: (opened) => {
        wire = opened
        failedDials = 0
        feelPulse(opened, () => {
          hangUp()
          ended()
        })
        turn({ state: 'open' })
      },
      ended: (refused) => ended(refused),
    })
    return hangUp
  }

  function ended(refused?: FailureOf<'window-refused'>): void {
    restPulse()
    wire = undefined
    if (refused !== undefined) {
      turn({ state: 'refused', failure: refused })
      return
    }
    stop = clock.after(pauseMs(failedDials), () => {
      failedDials += 1
      stop = dialOnce()
    })
    if (state.state !== 'lost') turn({ state: 'lost', sinceMs: clock.nowMs() })
  }

  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const settled = () =>
    new Promise<void>((resolve) => {
      if (state.state !== 'connecting') return resolve()
      const forget = onChange(() => {
        forget()
        resolve()
      })
    })
  const current: Wire = {
    async call(path, input, options) {
      await settled()
      if (wire === undefined) throw new LinkLostError('the console is not connected')
      return wire.call(path, input, options)
    },
  }
  return {
    calls: createORPCClient<ConsoleCalls>(current),
    state: () => state,
    onChange,
    close: () => {
      stop()
      restPulse()
      listeners.clear()
      wire = undefined
    },
  }
}

/** For a window that has no key: there is nobody to dial. */
export function refusedLink(failure: FailureOf<'window-refused'>): ConsoleLink {
  return reconnectingLink((events) => {
    queueMicrotask(() => events.ended(failure))
    return () => undefined
  })
}

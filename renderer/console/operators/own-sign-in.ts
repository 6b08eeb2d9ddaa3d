// Who is signed in at this page, as screens see it: asked again and again, since it ends by itself, and at once after each
// act on it. The page also counts for itself how long nobody has touched it: it locks while no console answers, too.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { OperatorsState } from '../../../shared/contract/operators.ts'
import { type Answer, useAnswer, useOutdate } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import { keepOwnSession } from '../link/session-key.ts'
import { received } from '../received.ts'
import { useAbout } from '../use-about.ts'

const askEveryMs = 5000
/** Well below the shortest time after which a window is locked. */
const touchEveryMs = 30_000
const lookEveryMs = 5000

export function useOperatorsState(): Answer<OperatorsState> {
  const { product } = useConsole()
  return useAnswer({ key: ['operators.state'], ask: () => product.operators.state({}), everyMs: askEveryMs }).answer
}

/** Whoever is signed in, else the user of the computer; empty while nobody has said. */
export function useWho(): string {
  const about = useAbout()
  const answer = useOperatorsState()
  const name = answer.state === 'answered' ? answer.value.signedIn?.name : undefined
  return name ?? about?.operator ?? ''
}

/** After signing in or out nothing that was answered before is anybody's: it is gone from the page, and asked anew. */
export function useOwnSession(): (key: string | undefined) => void {
  const answers = useQueryClient()
  return (key) => {
    keepOwnSession(key)
    void answers.resetQueries()
  }
}

/**
 * Tells the console that somebody is there, as long as keys and pointers say so. True once nobody was for as long as a
 * window stays open, or the sign-in is over by its own time.
 */
export function useIdleLock(state: OperatorsState | undefined): boolean {
  const { product } = useConsole()
  const outdate = useOutdate()
  const signedIn = state?.signedIn ?? undefined
  const since = signedIn?.since
  const idleMs = (state?.policy.idleMinutes ?? 0) * 60_000
  const endsMs = signedIn === undefined ? 0 : Date.parse(signedIn.endsAt)
  const touchedAt = useRef(Date.now())
  const [lockedSince, setLockedSince] = useState<string | undefined>(undefined)
  useEffect(() => {
    if (since === undefined) return
    let toldAt = Number.NEGATIVE_INFINITY
    touchedAt.current = Date.now()
    const isOver = () => Date.now() - touchedAt.current >= idleMs || Date.now() >= endsMs
    const look = () => {
      if (isOver()) setLockedSince(since)
    }
    const touch = () => {
      // Coming back after too long is no touch any more.
      if (isOver()) return look()
      touchedAt.current = Date.now()
      if (touchedAt.current - toldAt < touchEveryMs) return
      toldAt = touchedAt.current
      // Refused, the sign-in is over: the page learns it now and not at the next look.
      void received('operators.active', product.operators.active({})).then(
        (got) => got.ok || outdate('operators.state'),
      )
    }
    const timer = setInterval(look, lookEveryMs)
    for (const event of touches) addEventListener(event, touch, { capture: true, passive: true })
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      for (const event of touches) removeEventListener(event, touch, { capture: true })
      document.removeEventListener('visibilitychange', look)
    }
  }, [since, idleMs, endsMs, product, outdate])
  return since !== undefined && lockedSince === since
}

const touches = ['pointerdown', 'keydown', 'wheel'] as const

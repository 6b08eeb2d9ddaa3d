// Who is signed in at this page, as screens see it: asked again and again, since it ends by itself, and at once after each
// act on it.
import { useEffect, useRef } from 'react'
import type { OperatorsState } from '../../../shared/contract/operators.ts'
import { type Answer, useAnswer, useOutdate } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import { keepOwnSession } from '../link/session-key.ts'

const askEveryMs = 5000
/** Well below the shortest time after which a window is locked. */
const touchEveryMs = 30_000

export function useOperatorsState(): Answer<OperatorsState> {
  const { product } = useConsole()
  return useAnswer({ key: ['operators.state'], ask: () => product.operators.state({}), everyMs: askEveryMs }).answer
}

/** After signing in or out nothing that was answered before is anybody's. */
export function useOwnSession(): (key: string | undefined) => void {
  const outdate = useOutdate()
  return (key) => {
    keepOwnSession(key)
    outdate()
  }
}

/** Tells the console that somebody is there, as long as keys and pointers say so. */
export function useTouches(isSignedIn: boolean): void {
  const { product } = useConsole()
  const told = useRef(0)
  useEffect(() => {
    if (!isSignedIn) return
    const touch = () => {
      const now = performance.now()
      if (told.current !== 0 && now - told.current < touchEveryMs) return
      told.current = now
      // What came of it is seen by whoever asks for the state.
      product.operators.active({}).catch(() => undefined)
    }
    for (const event of touches) addEventListener(event, touch, { capture: true, passive: true })
    return () => {
      for (const event of touches) removeEventListener(event, touch, { capture: true })
    }
  }, [isSignedIn, product])
}

const touches = ['pointerdown', 'keydown', 'wheel'] as const

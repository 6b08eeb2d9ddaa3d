// An act of a person that takes a moment: while it goes on it cannot be begun again, and when it fails the
// failure stays until the next try.
import { useRef, useState } from 'react'
import type { Failure, Result } from '../../shared/domain/failure.ts'
import { mended } from './operators/step-up.ts'
import { received } from './received.ts'

export type Act = {
  readonly busy: boolean
  readonly failure: Failure | undefined
  /** Asks, and calls back with the value where it went well. What is asked while it is busy is not done. */
  readonly begin: <T>(call: string, ask: () => Promise<Result<T>>, done: (value: T) => void) => void
  readonly forget: () => void
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const going = useRef(false)
  return {
    busy,
    failure,
    forget: () => setFailure(undefined),
    begin: (call, ask, done) => {
      if (going.current) return
      going.current = true
      setBusy(true)
      setFailure(undefined)
      void withStepUp(call, ask).then((got) => {
        going.current = false
        setBusy(false)
        if (got.ok) done(got.value)
        else setFailure(got.failure)
      })
    },
  }
}

async function withStepUp<T>(call: string, ask: () => Promise<Result<T>>): Promise<Result<T>> {
  const got = await received(call, ask())
  return got.ok || !(await mended(got.failure)) ? got : received(call, ask())
}

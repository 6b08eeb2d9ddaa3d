// One call's life. A call ends with its answer, with its deadline or with the link, whichever comes
// first; whatever it opened is given back at that moment, also when the opening finishes too late.
import { type Failure, fail, type Result } from '../../shared/domain/failure.ts'

export type Call = {
  readonly what: string
  readonly deadlineSeconds: number
  /** True once the call has its answer: late results are to be thrown away. */
  ended(): boolean
  /** Runs when the call ends, or at once when it has ended already. The last one deferred runs first. */
  defer(giveBack: () => void): void
  remainingSeconds(): number
}

/** Something a call depends on: it tells once, to everybody who listens, that it is gone. */
export type Lifeline = {
  onLost(listener: () => void): () => void
  lostFailure(during: string): Failure
}

export function withinCall<T>(
  lifeline: Lifeline,
  what: string,
  deadlineSeconds: number,
  body: (call: Call) => Promise<Result<T>>,
): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const deferred: (() => void)[] = []
    const endsAt = performance.now() + deadlineSeconds * 1000
    let ended = false
    const end = (deliver: () => void): void => {
      if (ended) return
      ended = true
      while (deferred.length > 0) deferred.pop()?.()
      deliver()
    }
    const call: Call = {
      what,
      deadlineSeconds,
      ended: () => ended,
      defer: (giveBack) => {
        if (ended) giveBack()
        else deferred.push(giveBack)
      },
      remainingSeconds: () => Math.max(0, (endsAt - performance.now()) / 1000),
    }
    const timer = setTimeout(
      () => end(() => resolve(fail({ kind: 'deadline-passed', what, seconds: deadlineSeconds }))),
      deadlineSeconds * 1000,
    )
    call.defer(() => clearTimeout(timer))
    call.defer(lifeline.onLost(() => end(() => resolve(fail(lifeline.lostFailure(what))))))
    if (ended) return
    body(call).then(
      (result) => end(() => resolve(result)),
      (bug) => end(() => reject(bug)),
    )
  })
}

/** A pause that ends early with its call. */
export function pause(call: Call, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    call.defer(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}

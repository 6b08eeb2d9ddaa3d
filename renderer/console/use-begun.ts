// Work of some minutes that a person begins by a press and follows to its end. Where the link breaks in the middle it has
// failed: it is begun anew by a person, and never by itself.
import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../shared/domain/failure.ts'
import { useLinkState } from './console-context.tsx'
import { useStream } from './use-stream.ts'

export type Begun<S> = {
  readonly phase: 'not-begun' | 'running' | 'done' | 'failed'
  /** What was heard of it so far. */
  readonly seen: S
  readonly failure?: Failure
}

type Work<O, E, S> = {
  readonly call: string
  readonly open: (order: O, signal: AbortSignal) => Promise<AsyncIterable<E>>
  readonly nothing: S
  readonly after: (seen: S, event: E) => S
  /** The last event. */
  readonly isLast: (event: E) => boolean
  readonly onDone?: () => void
}

export type BegunActs<O> = {
  readonly begin: (order: O) => void
  /** The same once more: what was missing is there now. */
  readonly again: () => void
  readonly forget: () => void
}

type State<O, S> = Begun<S> & { readonly round: number; readonly order?: O }

export function useBegun<O, E, S>({ call, nothing, ...work }: Work<O, E, S>): Begun<S> & BegunActs<O> {
  const [state, setState] = useState<State<O, S>>({ phase: 'not-begun', seen: nothing, round: 0 })
  const { phase, round, order } = state
  const linked = useLinkState().state === 'open'
  const fail = useCallback(
    (failure: Failure) => setState((now) => (now.phase === 'running' ? { ...now, phase: 'failed', failure } : now)),
    [],
  )
  useEffect(() => {
    if (!linked) fail({ kind: 'console-lost' })
  }, [linked, fail])
  useStream({
    name: phase === 'running' && order !== undefined ? `${call} ${round}` : undefined,
    open(signal) {
      if (order === undefined) throw new Error('a stream without an order')
      return work.open(order, signal)
    },
    onItem(event) {
      const isLast = work.isLast(event)
      setState((now) => ({ ...now, seen: work.after(now.seen, event), ...(isLast && { phase: 'done' as const }) }))
      if (isLast) work.onDone?.()
    },
    onEnd: (broke) => fail(broke ?? { kind: 'console-lost' }),
  })
  const begin = useCallback(
    (next: O) => setState((now) => ({ phase: 'running', seen: nothing, round: now.round + 1, order: next })),
    [nothing],
  )
  const again = useCallback(() => {
    if (order !== undefined) begin(order)
  }, [begin, order])
  const forget = useCallback(
    () => setState((now) => ({ phase: 'not-begun', seen: nothing, round: now.round })),
    [nothing],
  )
  const { seen, failure } = state
  return { phase, seen, begin, again, forget, ...(failure !== undefined && { failure }) }
}

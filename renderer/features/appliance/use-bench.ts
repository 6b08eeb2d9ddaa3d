// A benchmark as a screen makes one: begun by a press, its figures as they come, its result at the end. It is kept by the
// console; leaving the page ends it with what there is of it.
import { useCallback, useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type { BenchEvent, BenchLevel, BenchResult, BenchWish } from '../../../shared/domain/bench.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useStream } from '../../console/use-stream.ts'

type Order = { readonly deployment: string; readonly wish: BenchWish }
type Progress = Extract<BenchEvent, { event: 'progress' }>

export type Benching = {
  readonly phase: 'not-begun' | 'running' | 'done' | 'failed'
  readonly benchId?: string
  readonly levels: readonly BenchLevel[]
  readonly now?: Progress
  readonly result?: BenchResult
  readonly failure?: Failure
}

type State = Benching & { readonly round: number; readonly order?: Order }

const notBegun: State = { phase: 'not-begun', levels: [], round: 0 }

export function useBench(target: Target, onKept: () => void): Benching & { readonly start: (order: Order) => void } {
  const { product } = useConsole()
  const [state, setState] = useState(notBegun)
  const { order = { deployment: '', wish: {} } } = state
  useStream({
    name: state.phase === 'running' ? `bench.run ${state.round}` : undefined,
    open: (signal) => product.bench.run({ target, ...order }, { signal }),
    onItem(event) {
      setState((now) => afterEvent(now, event))
      if (event.event === 'result') onKept()
    },
    onEnd: (broke) =>
      setState((now) =>
        now.phase === 'done' ? now : { ...now, phase: 'failed', failure: broke ?? { kind: 'console-lost' } },
      ),
  })
  const start = useCallback(
    (next: Order) => setState(({ round }) => ({ phase: 'running', levels: [], round: round + 1, order: next })),
    [],
  )
  return { ...state, start }
}

function afterEvent({ now: _now, ...state }: State, event: BenchEvent): State {
  switch (event.event) {
    case 'begin':
      return { ...state, benchId: event.benchId }
    case 'progress':
      return { ...state, now: event }
    case 'level-end':
      return { ...state, levels: [...state.levels, event.level] }
    case 'result':
      return { ...state, phase: 'done', levels: event.result.levels, result: event.result }
    default:
      return state
  }
}

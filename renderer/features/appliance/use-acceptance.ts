// An acceptance as a screen makes one: begun by a press, its stages as they come, its result at the end. Leaving the page
// ends it, and nothing of it is kept.
import { useCallback, useState } from 'react'
import type { Target } from '../../../shared/contract/contract.ts'
import type {
  AcceptanceEvent,
  AcceptanceStage,
  AcceptanceWish,
  KeptAcceptance,
} from '../../../shared/domain/acceptance.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useStream } from '../../console/use-stream.ts'

export type Accepting = {
  readonly phase: 'not-begun' | 'running' | 'done' | 'failed'
  readonly acceptanceId?: string
  readonly stage?: AcceptanceStage
  readonly about?: string
  /** Of the stage, from 0 to 1, where that is known. */
  readonly share?: number
  readonly result?: KeptAcceptance
  readonly failure?: Failure
}

type State = Accepting & { readonly round: number; readonly wish: AcceptanceWish }

const notBegun: State = { phase: 'not-begun', round: 0, wish: {} }

export type AcceptingActs = {
  readonly start: (wish: AcceptanceWish) => void
  /** The same once more: what was missing is there now. */
  readonly again: () => void
  readonly forget: () => void
}

export function useAcceptance(target: Target, onKept: () => void): Accepting & AcceptingActs {
  const { product } = useConsole()
  const [state, setState] = useState(notBegun)
  useStream({
    name: state.phase === 'running' ? `acceptance.run ${state.round}` : undefined,
    open: (signal) => product.acceptance.run({ target, wish: state.wish }, { signal }),
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
    (wish: AcceptanceWish) => setState(({ round }) => ({ phase: 'running', round: round + 1, wish })),
    [],
  )
  const again = useCallback(() => setState(({ round, wish }) => ({ phase: 'running', round: round + 1, wish })), [])
  const forget = useCallback(() => setState(({ round }) => ({ ...notBegun, round })), [])
  return { ...state, start, again, forget }
}

function afterEvent({ about: _about, share: _share, ...state }: State, event: AcceptanceEvent): State {
  switch (event.event) {
    case 'begin':
      return { ...state, acceptanceId: event.acceptanceId }
    case 'stage':
      return { ...state, stage: event.stage }
    case 'progress': {
      const { stage, about, share } = event
      return { ...state, stage, about, ...(share !== undefined && { share }) }
    }
    case 'result':
      return { ...state, phase: 'done', result: event.result }
  }
}

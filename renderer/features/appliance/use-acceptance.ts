// An acceptance as a screen makes one: its stages as they come, its result at the end. Leaving the page ends it, and nothing
// of it is kept.
import type { Target } from '../../../shared/contract/contract.ts'
import type {
  AcceptanceEvent,
  AcceptanceStage,
  AcceptanceWish,
  KeptAcceptance,
} from '../../../shared/domain/acceptance.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Begun, type BegunActs, useBegun } from '../../console/use-begun.ts'

export type AcceptanceSeen = {
  readonly acceptanceId?: string
  readonly stage?: AcceptanceStage
  readonly about?: string
  /** Of the stage, from 0 to 1, where that is known. */
  readonly share?: number
  readonly result?: KeptAcceptance
}

export type Accepting = Begun<AcceptanceSeen> & BegunActs<AcceptanceWish>

const nothing: AcceptanceSeen = {}

export function useAcceptance(target: Target, onDone: () => void): Accepting {
  const { product } = useConsole()
  return useBegun<AcceptanceWish, AcceptanceEvent, AcceptanceSeen>({
    ...{ call: 'acceptance.run', nothing, after: afterEvent, onDone },
    open: (wish, signal) => product.acceptance.run({ target, wish }, { signal }),
    isLast: ({ event }) => event === 'result',
  })
}

function afterEvent({ about: _about, share: _share, ...seen }: AcceptanceSeen, event: AcceptanceEvent): AcceptanceSeen {
  switch (event.event) {
    case 'begin':
      return { ...seen, acceptanceId: event.acceptanceId }
    case 'stage':
      return { ...seen, stage: event.stage }
    case 'progress': {
      const { stage, about, share } = event
      return { ...seen, stage, about, ...(share !== undefined && { share }) }
    }
    case 'result':
      return { ...seen, result: event.result }
  }
}

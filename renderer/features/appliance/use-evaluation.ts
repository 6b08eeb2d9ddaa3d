// An evaluation as a screen makes one, or goes on with one that ended early: how far it is, its result at the end. It is kept
// by the console; leaving the page stops it, and what was answered stays.
import type { Target } from '../../../shared/contract/contract.ts'
import type { EvaluationEvent, EvaluationResult, EvaluationWish } from '../../../shared/domain/evaluation.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Begun, type BegunActs, useBegun } from '../../console/use-begun.ts'

export type EvaluationOrder =
  | { readonly deployment: string; readonly setDigest: string; readonly wish: EvaluationWish }
  | { readonly evaluationId: string }

export type EvaluationSeen = {
  readonly begin?: Extract<EvaluationEvent, { event: 'begin' }>
  readonly now?: Extract<EvaluationEvent, { event: 'progress' }>
  readonly result?: EvaluationResult
}

const nothing: EvaluationSeen = {}

export function useEvaluation(target: Target, onDone: () => void): Begun<EvaluationSeen> & BegunActs<EvaluationOrder> {
  const { product } = useConsole()
  return useBegun<EvaluationOrder, EvaluationEvent, EvaluationSeen>({
    ...{ call: 'evaluation.run', nothing, after: afterEvent, onDone },
    open: (order, signal) =>
      'evaluationId' in order
        ? product.evaluation.resume({ target, ...order }, { signal })
        : product.evaluation.run({ target, ...order }, { signal }),
    isLast: ({ event }) => event === 'result',
  })
}

function afterEvent(seen: EvaluationSeen, event: EvaluationEvent): EvaluationSeen {
  switch (event.event) {
    case 'begin':
      return { ...seen, begin: event }
    case 'progress':
      return { ...seen, now: event }
    case 'result':
      return { result: event.result }
  }
}

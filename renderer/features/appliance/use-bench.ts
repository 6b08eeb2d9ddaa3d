// A benchmark as a screen makes one: its figures as they come, its result at the end. It is kept by the console; leaving the
// page ends it with what there is of it.
import type { Target } from '../../../shared/contract/contract.ts'
import type { BenchEvent, BenchLevel, BenchResult, BenchWish } from '../../../shared/domain/bench.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Begun, type BegunActs, useBegun } from '../../console/use-begun.ts'

export type BenchOrder = { readonly deployment: string; readonly wish: BenchWish }

export type BenchSeen = {
  readonly benchId?: string
  readonly levels: readonly BenchLevel[]
  readonly now?: Extract<BenchEvent, { event: 'progress' }>
  readonly result?: BenchResult
}

const nothing: BenchSeen = { levels: [] }

export function useBench(target: Target, onDone: () => void): Begun<BenchSeen> & BegunActs<BenchOrder> {
  const { product } = useConsole()
  return useBegun<BenchOrder, BenchEvent, BenchSeen>({
    ...{ call: 'bench.run', nothing, after: afterEvent, onDone },
    open: (order, signal) => product.bench.run({ target, ...order }, { signal }),
    isLast: ({ event }) => event === 'result',
  })
}

function afterEvent({ now: _now, ...seen }: BenchSeen, event: BenchEvent): BenchSeen {
  switch (event.event) {
    case 'begin':
      return { ...seen, benchId: event.benchId }
    case 'progress':
      return { ...seen, now: event }
    case 'level-end':
      return { ...seen, levels: [...seen.levels, event.level] }
    case 'result':
      return { ...seen, levels: event.result.levels, result: event.result }
    default:
      return seen
  }
}

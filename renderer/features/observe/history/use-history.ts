// Series of an appliance over a time that is past, as many as a screen shows, and the same of an earlier time beside it.
import type { Target } from '../../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../../shared/domain/failure.ts'
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import { type Answer, useAnswer } from '../../../console/answers.ts'
import { useConsole } from '../../../console/console-context.tsx'
import type { ConsoleCalls } from '../../../console/console-link.ts'
import { earlier, refreshMs, type Shown, type Span, spanOf } from './time-range.ts'

export type ShownHistory = {
  readonly span: Span
  readonly stepMs: number
  readonly series: readonly SeriesHistory[]
  /** Of the earlier time; none where none was asked for. */
  readonly before: readonly SeriesHistory[]
}

export type HistoryWish = {
  readonly target: Target
  readonly names: readonly string[]
  readonly shown: Shown
  /** Undefined: nothing is compared. */
  readonly earlierMs: number | undefined
}

/** Buckets for one small chart. */
const width = 360
const mostAtOnce = 64

export function useSeriesNames(target: Target): {
  readonly answer: Answer<readonly string[]>
  readonly askAgain: () => void
} {
  const { product } = useConsole()
  return useAnswer<readonly string[]>({
    key: ['observe.historySeries', target],
    ask: () => product.observe.historySeries({ target }),
    everyMs: 60_000,
  })
}

export function useHistory({ target, names, shown, earlierMs }: HistoryWish): {
  readonly answer: Answer<ShownHistory>
  readonly askAgain: () => void
} {
  const { product } = useConsole()
  const everyMs = refreshMs(shown)
  const custom = shown.range === 'custom' ? shown.custom : undefined
  return useAnswer({
    key: ['observe.history', target, names, shown.range, custom, earlierMs],
    ask: async () => {
      const span = spanOf(shown, Date.now())
      const now = await askAll(product, { target, names, span })
      if (!now.ok) return now
      if (earlierMs === undefined) return ok({ span, ...now.value, before: [] })
      const then = await askAll(product, { target, names, span: earlier(span, earlierMs) })
      return then.ok ? ok({ span, ...now.value, before: then.value.series }) : then
    },
    enabled: names.length > 0,
    ...(everyMs === undefined ? {} : { everyMs }),
  })
}

type Asked = { readonly target: Target; readonly names: readonly string[]; readonly span: Span }
type Found = Pick<ShownHistory, 'stepMs' | 'series'>

async function askAll({ observe }: ConsoleCalls['product'], { target, names, span }: Asked): Promise<Result<Found>> {
  const series: SeriesHistory[] = []
  let stepMs = 1000
  for (let from = 0; from < names.length; from += mostAtOnce) {
    const some = names.slice(from, from + mostAtOnce)
    const [fromMs, toMs] = [Math.round(span.fromMs), Math.round(span.toMs)]
    const answer = await observe.history({ target, series: some, fromMs, toMs, width })
    if (!answer.ok) return answer
    stepMs = answer.value.stepMs
    series.push(...answer.value.series)
  }
  return ok({ stepMs, series })
}

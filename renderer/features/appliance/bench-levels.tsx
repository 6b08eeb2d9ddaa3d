// The figures of a benchmark, a row for each number of people who asked at once; what breaks a limit says so.
import type { BenchLevel } from '../../../shared/domain/bench.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { paceText, percentText, timeText, twoTimesText } from '../../../shared/words/bench-amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'

export function BenchLevels({ levels }: { readonly levels: readonly BenchLevel[] }) {
  const { acceptance, bench: said, cli } = useWords()
  if (levels.length === 0) return null
  const { labels } = acceptance
  const columns = [
    { id: 'users', name: labels.users, align: 'start' as const },
    { id: 'ttft', name: 'TTFT p50 / p95' },
    { id: 'tpot', name: 'TPOT p50 / p95' },
    { id: 'e2e', name: said.figures['e2e-p95'] },
    { id: 'rate', name: labels.rate },
    { id: 'good', name: labels.goodShare },
    { id: 'breaks', name: labels.result, align: 'start' as const },
  ]
  const rows = levels.map(
    ({ users, ttftMs, tpotMs, e2eMs, outputTokensPerSecond, goodShare, breaks, failed, said: why }) => ({
      id: String(users),
      cells: [
        ...[users, ttftMs ? twoTimesText(ttftMs) : '–', paceText({ ttftMs, tpotMs }, said.tooShort)],
        ...[
          e2eMs ? timeText(e2eMs.p95) : '–',
          `${threeDigits(outputTokensPerSecond)} tokens/s`,
          percentText(goodShare),
        ],
        cli.list([
          ...breaks.map((one) => said.breaks[one]),
          ...(Object.keys(failed).length > 0 ? [said.failed(failed, why)] : []),
        ]),
      ],
    }),
  )
  return <DataTable caption={acceptance.sections.load} columns={columns} rows={rows} testId="bench-levels" />
}

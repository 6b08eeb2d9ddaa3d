// Benchmarks of one appliance that are kept, newest first.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import type { BenchComparison, BenchResult } from '../../../shared/domain/bench.ts'
import { figureText } from '../../../shared/words/bench-amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'
import { BenchLevels } from './bench-levels.tsx'
import { ComparedTable } from './compared-table.tsx'
import { KeptTable } from './kept-table.tsx'
import { useDateText } from './use-date-text.ts'

/** `round`: another one was kept since. */
export function BenchKept({ saved, round }: { readonly saved: Appliance | undefined; readonly round: number }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { bench: said } = useWords()
  const dateText = useDateText()
  const { answer } = useAnswer({ key: ['bench.list', String(round)], ask: () => product.bench.list({}) })
  const [shown, setShown] = useState<BenchResult | undefined>(undefined)
  const [compared, setCompared] = useState<BenchComparison | undefined>(undefined)
  const act = useAct()
  const heads = (answer.state === 'answered' ? answer.value : []).filter(
    ({ subject }) => subject.host === saved?.address.host && subject.port === saved.address.port,
  )
  if (heads.length === 0) return null
  const rows = heads.map(({ benchId, startedAt, subject, settings, supports }) => ({
    id: benchId,
    cells: [
      ...[dateText(startedAt), subject.deployment, subject.version],
      supports === undefined ? '–' : said.supports(supports, settings),
    ],
  }))
  const columns = [
    { id: 'at', name: t('appliance.bench.at'), align: 'start' as const },
    { id: 'service', name: t('appliance.bench.service'), align: 'start' as const },
    { id: 'version', name: t('appliance.bench.version'), align: 'start' as const },
    { id: 'supports', name: t('appliance.bench.supports'), align: 'start' as const },
  ]
  return (
    <Panel title={t('appliance.bench.kept')} testId="bench-kept">
      <KeptTable
        {...{ caption: t('appliance.bench.kept'), columns, rows }}
        onOpen={(benchId) =>
          act.begin(
            'bench.read',
            () => product.bench.read({ benchId }),
            (kept) => setShown(kept ?? undefined),
          )
        }
        onCompare={(before, after) =>
          act.begin(
            'bench.compare',
            () => product.bench.compare({ before, after }),
            (two) => setCompared(two ?? undefined),
          )
        }
      />
      {act.failure === undefined ? null : <FailureNote failure={act.failure} state="unknown" />}
      {shown === undefined ? null : <BenchLevels levels={shown.levels} />}
      {compared === undefined ? null : <Comparison comparison={compared} />}
    </Panel>
  )
}

function Comparison({ comparison: { rows, otherSettings } }: { readonly comparison: BenchComparison }) {
  const { bench: said, cli } = useWords()
  return (
    <div data-testid="bench-comparison">
      {otherSettings.length === 0 ? null : <p>{said.otherSettings(otherSettings)}</p>}
      <ComparedTable
        rows={rows.map(({ figure, users, before, after, percent, change }) => ({
          name: users === undefined ? said.figures[figure] : cli.pair(said.users(users), said.figures[figure]),
          ...{ before: figureText(figure, before), after: figureText(figure, after), percent, change },
        }))}
      />
    </div>
  )
}

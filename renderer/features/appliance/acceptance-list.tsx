// Acceptances of one appliance that are kept, newest first; one is opened, two are held beside each other.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AcceptanceComparison, AcceptanceHead, KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import { acceptanceFigureText, acceptancePointText } from '../../../shared/words/acceptance-text.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { AcceptanceResult, markOfAcceptance } from './acceptance-result.tsx'
import { ComparedTable } from './compared-table.tsx'
import { KeptTable } from './kept-table.tsx'
import { useDateText } from './use-date-text.ts'

type ListProps = { readonly saved: Appliance | undefined; readonly round: number }

/** `round`: another one was kept since. */
export function AcceptanceList({ saved, round }: ListProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({
    key: ['acceptance.list', String(round)],
    ask: () => product.acceptance.list({}),
  })
  const [shown, setShown] = useState<KeptAcceptance | undefined>(undefined)
  const [compared, setCompared] = useState<AcceptanceComparison | undefined>(undefined)
  const act = useAct()
  if (answer.state === 'waiting') return null
  if (answer.state !== 'answered') {
    return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  }
  const heads = answer.value.filter(
    ({ appliance }) => appliance.host === saved?.address.host && appliance.port === saved.address.port,
  )
  if (heads.length === 0) return null
  const open = (acceptanceId: string) =>
    act.begin(
      'acceptance.read',
      () => product.acceptance.read({ acceptanceId }),
      (kept) => setShown(kept ?? undefined),
    )
  const compare = (before: string, after: string) =>
    act.begin(
      'acceptance.compare',
      () => product.acceptance.compare({ before, after }),
      (two) => setCompared(two ?? undefined),
    )
  return (
    <>
      <Panel title={t('appliance.kept.title')} testId="acceptance-list">
        <Heads heads={heads} onOpen={open} onCompare={compare} />
        {act.failure === undefined ? null : <FailureNote failure={act.failure} state="unknown" />}
      </Panel>
      {compared === undefined ? null : <Comparison comparison={compared} />}
      {shown === undefined ? null : <AcceptanceResult kept={shown} />}
    </>
  )
}

type HeadsProps = {
  readonly heads: readonly AcceptanceHead[]
  readonly onOpen: (id: string) => void
  readonly onCompare: (before: string, after: string) => void
}

function Heads({ heads, ...acts }: HeadsProps) {
  const { t } = useTranslation()
  const { acceptance: said } = useWords()
  const dateText = useDateText()
  const rows = heads.map(({ acceptanceId, startedAt, verdict, settings, who }) => ({
    id: acceptanceId,
    cells: [
      dateText(startedAt),
      <VerdictMark key="verdict" state={markOfAcceptance[verdict]} word={said.verdicts[verdict]} />,
      ...[settings.users, who],
    ],
  }))
  const { labels } = said
  const columns = [
    { id: 'at', name: labels.at, align: 'start' as const },
    { id: 'verdict', name: labels.result, align: 'start' as const },
    { id: 'users', name: labels.users },
    { id: 'who', name: labels.by, align: 'start' as const },
  ]
  return <KeptTable caption={t('appliance.kept.title')} columns={columns} rows={rows} {...acts} />
}

function Comparison({ comparison }: { readonly comparison: AcceptanceComparison }) {
  const { t } = useTranslation()
  const words = useWords()
  const { acceptance: said } = words
  const { rows, changes, points, otherSettings } = comparison
  const lines = [
    ...(otherSettings.length > 0 ? [said.otherSettings(otherSettings)] : []),
    ...changes.map(({ what, before, after }) => said.changed(what, before, after)),
    ...points.came.map((one) => words.cli.pair(said.came, acceptancePointText(one, words))),
    ...points.gone.map((one) => words.cli.pair(said.gone, acceptancePointText(one, words))),
  ]
  const figures = rows.map(({ figure, about, before, after, percent, change }) => ({
    name: about === '' ? said.figures[figure] : words.cli.list([about, said.figures[figure]]),
    ...{ before: acceptanceFigureText(figure, before), after: acceptanceFigureText(figure, after), percent, change },
  }))
  return (
    <Panel title={t('appliance.kept.comparison')} testId="acceptance-comparison">
      <ul className="rs-points">
        {lines.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <ComparedTable rows={figures} />
    </Panel>
  )
}

// Evaluations of one appliance that are kept, newest first: one is opened or gone on with, two are held beside each other.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import {
  type EvaluationComparison,
  type EvaluationHead,
  type EvaluationResult,
  isResumable,
} from '../../../shared/domain/evaluation.ts'
import { intervalText, scorePercent } from '../../../shared/words/evaluation-amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { IntervalBar } from '../../ui/interval-bar.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EvaluationOutcome } from './evaluation-result.tsx'
import { KeptTable } from './kept-table.tsx'
import { useDateText } from './use-date-text.ts'

export type EvaluationKeptProps = {
  readonly saved: Appliance | undefined
  /** Another one was kept since. */
  readonly round: number
  /** Undefined while one goes on, and where nothing may be begun. */
  readonly onResume: ((evaluationId: string) => void) | undefined
}

export function EvaluationKept({ saved, round, onResume }: EvaluationKeptProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['evaluation.list', String(round)], ask: () => product.evaluation.list({}) })
  const [shown, setShown] = useState<EvaluationResult | undefined>(undefined)
  const [compared, setCompared] = useState<EvaluationComparison | undefined>(undefined)
  const act = useAct()
  const heads = (answer.state === 'answered' ? answer.value : []).filter(
    ({ subject }) => subject.host === saved?.address.host && subject.port === saved.address.port,
  )
  if (heads.length === 0) return null
  const open = (evaluationId: string) =>
    act.begin(
      'evaluation.read',
      () => product.evaluation.read({ evaluationId }),
      (kept) => setShown(kept ?? undefined),
    )
  const compare = (before: string, after: string) =>
    act.begin(
      'evaluation.compare',
      () => product.evaluation.compare({ before, after }),
      (two) => setCompared(two ?? undefined),
    )
  return (
    <Panel title={t('appliance.evaluation.kept')} testId="evaluation-kept">
      <Heads heads={heads} onOpen={open} onCompare={compare} onResume={onResume} />
      {act.failure === undefined ? null : <FailureNote failure={act.failure} state="unknown" />}
      {compared === undefined ? null : <Comparison comparison={compared} />}
      {shown === undefined ? null : <EvaluationOutcome result={shown} />}
    </Panel>
  )
}

type HeadsProps = Pick<EvaluationKeptProps, 'onResume'> & {
  readonly heads: readonly EvaluationHead[]
  readonly onOpen: (id: string) => void
  readonly onCompare: (before: string, after: string) => void
}

function Heads({ heads, onResume, ...acts }: HeadsProps) {
  const { t } = useTranslation()
  const { evaluation: said } = useWords()
  const dateText = useDateText()
  const rows = heads.map((head) => {
    const { evaluationId, startedAt, subject, set, score, planned } = head
    const { interval } = score
    const name = set.builtIn === true ? said.smokeName : set.name
    return {
      id: evaluationId,
      cells: [
        ...[dateText(startedAt), subject.model, name, `${score.asked} / ${planned}`],
        interval === undefined ? '–' : `${scorePercent(interval.share)} (${intervalText(interval)})`,
        <State key="state" head={head} onResume={onResume} />,
      ],
    }
  })
  const columns = [
    { id: 'at', name: t('appliance.evaluation.at'), align: 'start' as const },
    { id: 'model', name: t('appliance.evaluation.model'), align: 'start' as const },
    { id: 'set', name: t('appliance.evaluation.set'), align: 'start' as const },
    { id: 'asked', name: t('appliance.evaluation.answered') },
    { id: 'share', name: t('appliance.evaluation.share') },
    { id: 'state', name: '', align: 'start' as const },
  ]
  return <KeptTable caption={t('appliance.evaluation.kept')} columns={columns} rows={rows} {...acts} />
}

type StateProps = Pick<EvaluationKeptProps, 'onResume'> & { readonly head: EvaluationHead }

function State({ head, onResume }: StateProps) {
  const { t } = useTranslation()
  if (head.going === true) return <span>{t('appliance.evaluation.asking')}</span>
  if (!isResumable(head)) return null
  return (
    <Button size="small" disabled={onResume === undefined} onClick={() => onResume?.(head.evaluationId)}>
      {t('appliance.evaluation.resume')}
    </Button>
  )
}

function Comparison({ comparison: { difference, unlike } }: { readonly comparison: EvaluationComparison }) {
  const { evaluation: said } = useWords()
  if (difference === undefined) {
    return (
      <div className="rs-evaluation" data-testid="evaluation-comparison">
        <p>{said.notComparable}</p>
        <p className="rs-muted">{said.caveat}</p>
      </div>
    )
  }
  const { share, low, high, told } = difference
  return (
    <div className="rs-evaluation" data-testid="evaluation-comparison">
      <p>
        <strong>{said.told[told]}</strong> {said.difference(difference)}
      </p>
      <IntervalBar {...{ low, high }} value={share} scale="difference" label={said.difference(difference)} />
      {unlike.length === 0 ? null : <p className="rs-muted">{said.unlike(unlike)}</p>}
      <p className="rs-muted">{said.caveat}</p>
    </div>
  )
}

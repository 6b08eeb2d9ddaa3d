// A model and a set of questions on the page of its appliance: how many of its answers are right, as it goes on and at the
// end, and earlier evaluations, which can be gone on with or held beside each other.
import { Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { EvaluationForm } from './evaluation-form.tsx'
import { EvaluationKept } from './evaluation-kept.tsx'
import { EvaluationOutcome } from './evaluation-result.tsx'
import { StopRow } from './stop-row.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { type EvaluationSeen, useEvaluation } from './use-evaluation.ts'

export function EvaluationPanel({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const { t } = useTranslation()
  const { target, saved } = appliance
  const [kept, setKept] = useState(0)
  const { phase, seen, failure, begin } = useEvaluation(target, () => setKept((count) => count + 1))
  const watchOnly = saved?.watchOnly === true
  const isIdle = phase !== 'running' && !watchOnly
  const ended = seen.result?.failure
  return (
    <>
      <Panel title={t('appliance.evaluation.title')} testId="evaluation">
        <p className="rs-muted">{t('appliance.evaluation.lead')}</p>
        {phase === 'running' ? <Going seen={seen} /> : null}
        {isIdle ? <EvaluationForm appliance={appliance} onStart={begin} /> : null}
        {watchOnly ? <p className="rs-muted">{t('access.watchNoSetUp')}</p> : null}
        {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
        {ended === undefined ? null : <FailureNote failure={ended} state="unknown" />}
        {seen.result === undefined ? null : <EvaluationOutcome result={seen.result} isBesideForm={isIdle} />}
      </Panel>
      <EvaluationKept
        saved={saved}
        round={kept}
        onResume={isIdle ? (evaluationId) => begin({ evaluationId }) : undefined}
      />
    </>
  )
}

function Going({ seen: { begin, now } }: { readonly seen: EvaluationSeen }) {
  const { t } = useTranslation()
  const { evaluation: said } = useWords()
  const { product } = useConsole()
  const evaluationId = begin?.evaluationId
  const planned = begin?.planned ?? 1
  const answered = now === undefined ? (begin?.asked ?? 0) : now.score.asked + now.score.failed
  return (
    <>
      <VerdictMark state="working" word={t('appliance.evaluation.asking')}>
        {now === undefined ? (begin === undefined ? undefined : said.set(begin.set)) : said.progress(now)}
      </VerdictMark>
      {begin !== undefined && begin.asked > 0 ? <p>{said.goesOn(begin.asked, begin.planned)}</p> : null}
      <Progress
        percent={Math.floor((100 * answered) / planned)}
        size="small"
        aria-label={t('appliance.evaluation.asking')}
      />
      <StopRow
        call="evaluation.stop"
        stop={evaluationId === undefined ? undefined : () => product.evaluation.stop({ evaluationId })}
        leaving={t('appliance.evaluation.leaving')}
      />
    </>
  )
}

// The steps of a plan for whoever approves it: every change in its order with its reason, and folded below
// what is true already.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { estimateOf } from '../../../shared/domain/estimate.ts'
import { backupFolderOf, isBeside, keptDataOf, type Plan, type PlanStep, soakOf } from '../../../shared/domain/plan.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { aboutText } from '../../../shared/words/durations.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { sentenceOf } from '../../console/sentence.ts'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { planSummary } from './plan-summary.ts'

export function PlanChanges({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const { changes, alreadyTrue } = planSummary(plan)
  const removes = plan.purpose.act === 'uninstall'
  const row = useStepRow(removes)
  const already = t(removes ? 'setup.review.alreadyUninstall' : 'setup.review.already', { count: alreadyTrue.length })
  return (
    <section className="su-part" data-testid="changes">
      {changes.length === 0 ? null : (
        <>
          <h2>{t('setup.review.steps')}</h2>
          <Ledger label={t('setup.review.steps')} rows={changes.map(row)} />
          <p className="su-note">{t(removes ? 'setup.review.estimatedUninstall' : 'setup.review.estimated')}</p>
        </>
      )}
      {alreadyTrue.length === 0 ? null : (
        <details className="su-fold" data-testid="already-true">
          <summary>{already}</summary>
          <Ledger label={already} rows={alreadyTrue.map(row)} />
        </details>
      )}
    </section>
  )
}

function useStepRow(removes: boolean): (step: PlanStep) => LedgerRow {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const noteOf = useStepNote(removes)
  return (step) => {
    const state = step.change ? 'next' : 'already'
    const { seconds } = estimateOf(step)
    return {
      id: step.id,
      state,
      stateWord: t(`setup.run.state.${state}`),
      text: stepText(step, words),
      note: noteOf(step),
      figures: [
        step.uploadBytes > 0 ? bytesText(step.uploadBytes) : undefined,
        seconds > 0 ? aboutText(seconds, language) : undefined,
      ],
    }
  }
}

/** Why it is done, what does not answer meanwhile, and what becomes of data. */
function useStepNote(removes: boolean): (step: PlanStep) => ReactNode {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  return (step) => {
    const { freesBytes = 0, stops } = step
    const { downtimeSeconds } = estimateOf(step)
    const saves = backupFolderOf(step)
    const keeps = keptDataOf(step)
    const soak = soakOf(step)
    const interruption = removes ? 'ends' : isBeside(step) ? 'changesPlaces' : 'interrupts'
    const said = [
      ...(stops === undefined ? [] : [t('setup.review.stops', { names: words.cli.list(stops) })]),
      ...(downtimeSeconds > 0 && !removes
        ? [t('setup.review.downtime', { time: aboutText(downtimeSeconds, language) })]
        : []),
      ...(saves === undefined ? [] : [t('setup.review.backsUp', { folder: saves })]),
      ...(keeps.length === 0 ? [] : [t('setup.review.keepsData', { names: words.cli.list(keeps) })]),
      ...(freesBytes > 0 ? [t('setup.review.frees', { bytes: bytesText(freesBytes) })] : []),
      ...(soak > 0 ? [t('setup.review.soak', { seconds: soak })] : []),
    ]
    return (
      <>
        {sentenceOf(words.stepReasons[step.reason], language)}
        {step.interrupts ? (
          <>
            {' '}
            <strong>{t(`setup.review.${interruption}`)}</strong>
          </>
        ) : null}
        {said.map((one) => ` ${one}`)}
      </>
    )
  }
}

// The steps of a plan for whoever approves it: every change in its order with its reason, and folded below
// what is true already.
import { useTranslation } from 'react-i18next'
import { estimateOf } from '../../../shared/domain/estimate.ts'
import { backupFolderOf, isBeside, keptDataOf, type PlanStep, soakOf } from '../../../shared/domain/plan.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { aboutText } from '../../../shared/words/durations.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import type { PlanSummary } from './plan-summary.ts'

export function PlanChanges({ changes, alreadyTrue }: Pick<PlanSummary, 'changes' | 'alreadyTrue'>) {
  const { t } = useTranslation()
  const row = useStepRow()
  return (
    <section className="su-part" data-testid="changes">
      {changes.length === 0 ? null : (
        <>
          <h2>{t('setup.review.steps')}</h2>
          <Ledger label={t('setup.review.steps')} rows={changes.map(row)} />
          <p className="su-note">{t('setup.review.estimated')}</p>
        </>
      )}
      {alreadyTrue.length === 0 ? null : (
        <details className="su-fold" data-testid="already-true">
          <summary>{t('setup.review.already', { count: alreadyTrue.length })}</summary>
          <Ledger label={t('setup.review.already', { count: alreadyTrue.length })} rows={alreadyTrue.map(row)} />
        </details>
      )}
    </section>
  )
}

function useStepRow(): (step: PlanStep) => LedgerRow {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  return (step) => {
    const state = step.change ? 'next' : 'already'
    const reason = words.stepReasons[step.reason]
    const { uploadBytes, freesBytes = 0 } = step
    const soak = soakOf(step)
    const { seconds, downtimeSeconds } = estimateOf(step)
    const saves = backupFolderOf(step)
    const keeps = keptDataOf(step)
    return {
      id: step.id,
      state,
      stateWord: t(`setup.run.state.${state}`),
      text: stepText(step, words),
      note: (
        <>
          {reason}
          {step.interrupts && (
            <>
              {' '}
              · <strong>{t(`setup.review.${isBeside(step) ? 'changesPlaces' : 'interrupts'}`)}</strong>
            </>
          )}
          {step.stops !== undefined && ` ${t('setup.review.stops', { names: step.stops.join(', ') })}`}
          {downtimeSeconds > 0 && ` ${t('setup.review.downtime', { time: aboutText(downtimeSeconds, language) })}`}
          {saves !== undefined && ` ${t('setup.review.backsUp', { folder: saves })}`}
          {keeps.length > 0 && ` ${t('setup.review.keepsData', { names: keeps.join(', ') })}`}
          {freesBytes > 0 && ` · ${t('setup.review.frees', { bytes: bytesText(freesBytes) })}`}
          {soak > 0 && ` ${t('setup.review.soak', { seconds: soak })}`}
        </>
      ),
      figures: [
        uploadBytes > 0 ? bytesText(uploadBytes) : undefined,
        seconds > 0 ? aboutText(seconds, language) : undefined,
      ],
    }
  }
}

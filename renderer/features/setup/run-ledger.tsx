// The steps of a run as a ledger: done with the time it took, the one of now with its bytes, those to come,
// and at the end the proof.
import { useTranslation } from 'react-i18next'
import type { Plan, PlanStep } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { Ledger, type LedgerRow, type LedgerState } from '../../ui/ledger.tsx'
import type { RunState, StepLook } from './run-state.ts'

export type RunLedgerProps = {
  readonly plan: Plan
  readonly run: RunState
  readonly progress: RunProgress | undefined
}

export function RunLedger({ plan, run, progress }: RunLedgerProps) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const rows = plan.steps.map((step): LedgerRow => {
    const look = run.steps.get(step.id)
    const state = stateOf(step, look, run)
    const note = look?.state === 'already' || !step.change ? words.stepReasons[step.reason] : undefined
    return {
      id: step.id,
      state,
      stateWord: t(`setup.run.state.${state}`),
      text: stepText(step, words),
      ...(note === undefined || state === 'next' ? {} : { note }),
      figures: [
        bytesOf(step, state, progress),
        look?.milliseconds === undefined || state === 'already' ? undefined : durationText(look.milliseconds, language),
      ],
    }
  })
  const removes = plan.purpose.act === 'uninstall'
  const proof = proofState(run, removes)
  const last: LedgerRow = {
    id: 'proof',
    state: proof,
    stateWord: t(`setup.run.state.${proof}`),
    text: t(removes ? 'setup.run.removed.step' : 'setup.run.proofStep'),
    figures: [undefined, undefined],
  }
  return <Ledger label={t('setup.run.ledger')} rows={[...rows, last]} />
}

function stateOf(step: PlanStep, look: StepLook | undefined, run: RunState): LedgerState {
  // Whoever stopped the run made no step fail: where it stopped is neither done nor broken.
  if (look?.state === 'failed' && run.end?.failure?.kind === 'cancelled') return 'unknown'
  if (look !== undefined) return look.state
  // A run that ended well did every step, also one whose end was missed.
  if (run.end !== undefined && run.end.failure === undefined) return step.change ? 'done' : 'already'
  return 'next'
}

function bytesOf({ id, spec, change }: PlanStep, state: LedgerState, progress: RunProgress | undefined) {
  if (spec.kind !== 'artifact' || !change) return undefined
  if (state === 'current' && progress?.step === id) {
    return shareText(progress)
  }
  // How much of it arrived is not known here; not all of it did.
  if (state === 'failed' || state === 'unknown') return `– / ${bytesText(spec.artifact.bytes)}`
  return bytesText(spec.artifact.bytes)
}

/** "37 / 65.5 GiB": the unit is said once where it is the same. */
function shareText({ doneBytes, totalBytes }: RunProgress): string {
  const total = bytesText(totalBytes)
  const [done = '', unit = ''] = bytesText(doneBytes).split(' ')
  return total.endsWith(` ${unit}`) ? `${done} / ${total}` : `${done} ${unit} / ${total}`
}

/** After an uninstall nothing has to answer: nothing may be left. */
function proofState(run: RunState, removes: boolean): LedgerState {
  if (run.verified !== undefined) {
    const { verdict, stillToDo } = run.verified
    return (removes ? stillToDo.length === 0 : verdict.state === 'healthy') ? 'done' : 'failed'
  }
  return run.phase === 'proving' ? 'current' : 'next'
}

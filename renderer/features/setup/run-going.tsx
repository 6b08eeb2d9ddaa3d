// A run that goes on: how far, how long still, whether it is safe to leave. One question, answered in the
// first two lines; the bar and the ledger below say the same in detail.
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../../shared/domain/plan.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { paragraphOf } from '../../console/sentence.ts'
import { useAbout } from '../../console/use-about.ts'
import { type Copied, copiedOf } from './copying.ts'
import { CopyingBar } from './copying-bar.tsx'
import { railSteps } from './rail-steps.ts'
import { RunLedger } from './run-ledger.tsx'
import { type RunHold, stepNumber } from './run-state.ts'
import { SetupColumns } from './setup-columns.tsx'
import { StopPanel } from './stop-panel.tsx'
import type { FollowedRun } from './use-followed-run.ts'

export type RunGoingProps = { readonly plan: Plan; readonly followed: FollowedRun }

export function RunGoing({ plan, followed }: RunGoingProps) {
  const { t } = useTranslation()
  const { run, moving, lostSinceMs } = followed
  const current = plan.steps.find((step) => step.id === run.current)
  const sending = current?.spec.kind === 'artifact'
  const copying = sending && moving?.progress.step === current.id
  // Whoever comes in the middle has not heard yet how much is there: that is not 0 %.
  const unheard = sending && moving === undefined
  const copied = copiedOf(plan, run.steps, moving?.progress)
  const rate = copying ? moving.rate : undefined
  const lost = lostSinceMs !== undefined
  return (
    <SetupColumns
      steps={railSteps(t, { act: plan.purpose.act, now: run.phase === 'proving' ? 'proof' : 'progress' })}
      title={useTitle(plan, followed)}
      lead={<Lead plan={plan} followed={followed} copied={copied} />}
      aside={
        run.phase === 'proving' || run.phase === 'opening' ? null : (
          <StopPanel plan={plan} current={current} lost={lost} />
        )
      }
    >
      {run.phase === 'opening' ? null : (
        <div className={lost ? 'su-was' : undefined}>
          {unheard ? null : <CopyingBar copied={copied} rate={rate} lost={lost} />}
          <RunLedger plan={plan} run={run} progress={moving?.progress} />
        </div>
      )}
    </SetupColumns>
  )
}

function useTitle(plan: Plan, { run }: FollowedRun): string {
  const { t } = useTranslation()
  const words = useWords()
  if (run.phase === 'waiting') return t('setup.run.waiting')
  if (run.phase === 'proving') return t(removes(plan) ? 'setup.run.removed.looking' : 'setup.run.proving')
  if (run.hold !== undefined) return t('setup.run.hold')
  const step = plan.steps.find((one) => one.id === run.current)
  return step === undefined ? t('setup.run.opening') : stepText(step, words)
}

function removes({ purpose }: Plan): boolean {
  return purpose.act === 'uninstall'
}

type LeadProps = RunGoingProps & { readonly copied: Copied }

function Lead({ plan, followed, copied }: LeadProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const shell = useAbout()?.shell
  const { run, lostSinceMs } = followed
  if (run.phase === 'waiting') return <>{t('setup.run.waitingLead', { holder: run.holder ?? '' })}</>
  if (run.phase === 'proving') {
    return <>{t(removes(plan) ? 'setup.run.removed.lookingLead' : 'setup.run.provingLead')}</>
  }
  if (run.hold !== undefined) return <HoldLead hold={run.hold} />
  const number = stepNumber(run)
  if (number === 0) return <>{t('setup.run.openingLead')}</>
  const step = t('setup.run.stepOf', { number, of: plan.steps.length })
  // Whether it is safe to leave is not known while nothing is heard; the frame says that the link is lost.
  if (lostSinceMs !== undefined) return <>{step}</>
  const left = copied.totalBytes - copied.doneBytes
  const parts = [
    step,
    ...(shell === undefined ? [] : [t(shell === 'desktop' ? 'setup.run.leaveDesktop' : 'setup.run.leaveWeb')]),
    ...(left > 0 ? [t('setup.run.awake')] : []),
  ]
  return <>{paragraphOf(parts, language)}</>
}

/** What the run waits for right before it interrupts a service. */
function HoldLead({ hold }: { readonly hold: RunHold }) {
  const { t, i18n } = useTranslation()
  if (hold.event === 'waiting-while-busy')
    return <>{t('setup.run.holdBusy', { service: hold.deployment, count: hold.requests })}</>
  const time = new Date(hold.until).toLocaleString(i18n.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hour12: false,
  })
  return <>{t('setup.run.holdMaintenance', { time })}</>
}

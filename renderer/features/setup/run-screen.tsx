// The run of a plan, from whatever moment one comes in: followed where this console carries it out, read from
// the appliance's journal where it does not know it. It never begins a run, so a reload changes nothing.
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { useAnswer, useLearn, useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { type Continuing, useContinuing } from './continue-run.tsx'
import { railSteps } from './rail-steps.ts'
import { RunEnded } from './run-ended.tsx'
import { RunGoing } from './run-going.tsx'
import type { RunState } from './run-state.ts'
import { RunTruth } from './run-truth.tsx'
import { SetupColumns, SetupSubject } from './setup-columns.tsx'
import { StepFailure } from './step-failure.tsx'
import { useFollowedRun } from './use-followed-run.ts'

export type RunScreenProps = {
  readonly name: string
  readonly planId: string
  /** The run stopped and was planned again: that plan is to be reviewed. */
  readonly onReview: (planId: string) => void
  readonly onPlanAgain: () => void
  readonly onUpkeep: () => void
  readonly onDone: () => void
  readonly onLogIn: () => void
}

/** A run that is known and whose stream ended without its end is asked for again after this long. */
const askAgainMs = 2000

export function RunScreen(props: RunScreenProps) {
  return (
    <SetupSubject value={props.name}>
      <Run {...props} />
    </SetupSubject>
  )
}

function Run(props: RunScreenProps) {
  const { name, planId, onReview, onPlanAgain, onUpkeep, onLogIn } = props
  const { product } = useConsole()
  const target: Target = { by: 'name', name }
  const [openedAtMs] = useState(() => Date.now())
  const saved = useAnswer({ key: ['setup.readPlan', planId], ask: () => product.setup.readPlan({ planId }) })
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}) })
  const plan = saved.answer.state === 'answered' ? saved.answer.value : undefined
  const continuing = useContinuing(target, plan, { onReview, onPlanAgain, onUpkeep, onLogIn })
  if (runs.answer.state === 'failed') {
    return (
      <Opening>
        <StepFailure failure={runs.answer.failure} onRetry={runs.askAgain} />
      </Opening>
    )
  }
  if (runs.answer.state === 'waiting' || saved.answer.state === 'waiting') return <Opening />
  const mine = runs.answer.value.find((run) => run.planId === planId)
  // An answer from before this page was opened may be older than the run.
  if (mine === undefined && runs.asking && runs.answer.atMs < openedAtMs) return <Opening />
  // Without its plan a run is told by the journal, which knows its steps.
  if (mine === undefined || plan === undefined)
    return <RunTruth {...props} plan={plan} target={target} continuing={continuing} />
  const going = mine.state === 'running'
  return <Followed {...props} plan={plan} target={target} continuing={continuing} going={going} />
}

type FollowedProps = RunScreenProps & {
  readonly plan: Plan
  readonly target: Target
  readonly continuing: Continuing
  readonly going: boolean
}

function Followed({ name, planId, plan, target, continuing, going, onDone, onLogIn }: FollowedProps) {
  const followed = useFollowedRun(planId, true)
  const { run, ended } = followed
  const outdate = useOutdate()
  useVerdictLearned(name, run.verified, going)
  const cutShort = ended !== undefined && run.end === undefined
  useEffect(() => {
    if (ended === undefined) return
    outdate('setup.runs')
    if (!cutShort) return
    const timer = setInterval(() => outdate('setup.runs'), askAgainMs)
    return () => clearInterval(timer)
  }, [ended, cutShort, outdate])
  if (run.end !== undefined && (run.phase === 'ended' || ended !== undefined)) {
    const unproven = run.verified === undefined ? ended?.failure : undefined
    return (
      <RunEnded
        plan={plan}
        run={run}
        progress={followed.moving?.progress}
        end={run.end}
        target={target}
        unproven={unproven}
        continuing={continuing}
        onDone={onDone}
        onLogIn={onLogIn}
      />
    )
  }
  return <RunGoing plan={plan} followed={followed} />
}

/** What a run proves is what the board shows, at once. The end of one from before is replayed, and says nothing of now. */
function useVerdictLearned(name: string, verified: RunState['verified'], going: boolean): void {
  const learn = useLearn()
  const [live] = useState(going)
  useEffect(() => {
    if (live && verified !== undefined) learn(['appliances.status', name], verified.verdict)
  }, [live, verified, name, learn])
}

function Opening({ children }: { readonly children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <SetupColumns
      steps={railSteps(t, { now: 'progress' })}
      title={t('setup.run.opening')}
      lead={t('setup.run.openingLead')}
      aside={null}
    >
      {children}
    </SetupColumns>
  )
}

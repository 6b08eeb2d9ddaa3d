// A run that this console does not know (it was opened since): the journal on the appliance is asked, and what
// it says is shown, until it is known whether the run goes on, broke off or ended.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { JournaledRun } from '../../../shared/domain/run.ts'
import type { Words } from '../../../shared/words/words.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { stepIdText } from '../../console/step-words.ts'
import { useRetry } from '../../console/use-retry.ts'
import { Age, AgeIn, inPlace } from '../../ui/age.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ContinueButton, type Continuing } from './continue-run.tsx'
import { railSteps } from './rail-steps.ts'
import { SetupColumns } from './setup-columns.tsx'
import { StepFailure } from './step-failure.tsx'

/** A lease ends at most 30 s after its console: asked this often, its end is known within that time. */
const askEveryMs = 5000

export type RunTruthProps = {
  readonly name: string
  readonly planId: string
  readonly target: Target
  /** Undefined: it is not there any more. */
  readonly plan: Plan | undefined
  readonly continuing: Continuing
  readonly onDone: () => void
  readonly onLogIn: () => void
}

export function RunTruth(props: RunTruthProps) {
  const { name, target, plan, onLogIn } = props
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, asking, askAgain } = useAnswer({
    key: ['setup.lastRun', name],
    ask: () => product.setup.lastRun({ target }),
    everyMs: askEveryMs,
  })
  if (answer.state === 'answered') {
    const problem =
      answer.problem === undefined ? null : (
        <StepFailure failure={answer.problem} onRetry={() => retry(askAgain)} onLogIn={onLogIn} />
      )
    return <Told {...props} last={answer.value} problem={problem} />
  }
  const failed = answer.state === 'failed'
  return (
    <SetupColumns
      steps={railSteps(t, { act: plan?.purpose.act, now: 'progress' })}
      title={t(failed ? 'setup.run.truth.unreachable' : 'setup.run.truth.asking')}
      lead={t(failed ? 'setup.run.truth.unreachableLead' : 'setup.run.truth.askingLead')}
      aside={null}
    >
      {failed ? (
        <StepFailure
          failure={answer.failure}
          {...(asking ? {} : { onRetry: () => retry(askAgain) })}
          onLogIn={onLogIn}
        />
      ) : null}
    </SetupColumns>
  )
}

type ToldProps = RunTruthProps & { readonly last: JournaledRun | null; readonly problem: ReactNode }

function Told({ planId, plan, continuing, onDone, last, problem }: ToldProps) {
  const { t } = useTranslation()
  const words = useWords()
  const act = plan?.purpose.act
  const mine = last !== null && last.planId === planId ? last : undefined
  const text = last === null && act === 'uninstall' ? journalGone : truthOf(mine, last !== null, words)
  return (
    <SetupColumns
      steps={railSteps(t, {
        act,
        now: 'progress',
        failed: mine?.state === 'failed' || mine?.state === 'broken-off',
        finished: mine?.state === 'done',
      })}
      title={t(`setup.run.truth.${text.title}`, { step: text.step ?? '' })}
      lead={t(`setup.run.truth.${text.lead}`)}
      aside={
        mine?.state === 'running' ? (
          <WatchingPanel run={mine} />
        ) : (
          <Panel title={t('setup.run.ended.next')} testId="next">
            {mine?.state === 'done' ? (
              <Button type="primary" onClick={onDone}>
                {t('setup.toAppliance')}
              </Button>
            ) : (
              <ContinueButton {...continuing} />
            )}
          </Panel>
        )
      }
    >
      <div data-testid="truth" data-state={mine?.state ?? (last === null ? 'none' : 'other')} aria-live="polite">
        {problem}
        {last === null ? null : (
          <Journal run={last} title={t(mine === undefined ? 'setup.run.truth.newest' : 'setup.run.truth.journal')} />
        )}
      </div>
    </SetupColumns>
  )
}

/** Beside a run of another console: this page neither changes anything nor can promise that nothing changes. */
function WatchingPanel({ run }: { readonly run: JournaledRun }) {
  const { t } = useTranslation()
  const beganMs = Date.parse(run.beganAt)
  const since = Number.isNaN(beganMs) ? t('common.unknown') : <Age atMs={beganMs} />
  return (
    <Panel title={t('setup.run.truth.elsewhere')} testId="watching">
      <p>{t('setup.run.truth.watching')}</p>
      <FactList
        layout="apart"
        facts={[
          { label: t('setup.run.truth.who'), value: known(run.who) },
          { label: t('setup.run.began'), value: known(since) },
        ]}
      />
    </Panel>
  )
}

type TruthText = {
  readonly title:
    | 'running'
    | 'done'
    | 'cancelled'
    | 'brokenOff'
    | 'brokenOffBare'
    | 'failed'
    | 'failedBare'
    | 'other'
    | 'none'
    | 'goneTitle'
  readonly lead:
    | 'runningLead'
    | 'doneLead'
    | 'cancelledLead'
    | 'brokenOffLead'
    | 'failedLead'
    | 'otherLead'
    | 'noneLead'
    | 'goneLead'
  readonly step?: string
}

/** An uninstall that was carried out leaves no journal, and neither does one that was never begun. */
const journalGone: TruthText = { title: 'goneTitle', lead: 'goneLead' }

function truthOf(mine: JournaledRun | undefined, any: boolean, words: Words): TruthText {
  if (mine === undefined) return any ? { title: 'other', lead: 'otherLead' } : { title: 'none', lead: 'noneLead' }
  const last = mine.steps.findLast(
    ({ outcome }) => outcome === undefined || outcome === 'failed' || outcome === 'undone',
  )
  const step = last === undefined ? {} : { step: stepIdText(last.step, words) }
  switch (mine.state) {
    case 'broken-off':
      return { title: last === undefined ? 'brokenOffBare' : 'brokenOff', lead: 'brokenOffLead', ...step }
    case 'failed':
      return { title: last === undefined ? 'failedBare' : 'failed', lead: 'failedLead', ...step }
    default:
      return { title: mine.state, lead: `${mine.state}Lead` }
  }
}

function Journal({ run, title }: { readonly run: JournaledRun; readonly title: string }) {
  const { t } = useTranslation()
  const words = useWords()
  const rows = run.steps.map(({ step, outcome }): LedgerRow => {
    const state = stateOf(outcome, run.state)
    return { id: step, state, stateWord: t(`setup.run.state.${state}`), text: stepIdText(step, words) }
  })
  const beganMs = Date.parse(run.beganAt)
  return (
    <section className="su-part">
      <h2>{title}</h2>
      <p className="su-said rs-muted">
        {t('setup.run.by', { who: run.who })}
        {Number.isNaN(beganMs) ? null : (
          <>
            {' · '}
            <AgeIn label={t('setup.run.beganWhen', inPlace)} atMs={beganMs} />
          </>
        )}
      </p>
      <Ledger label={title} rows={rows} />
    </section>
  )
}

function stateOf(outcome: JournaledRun['steps'][number]['outcome'], run: JournaledRun['state']): LedgerRow['state'] {
  if (outcome === 'done' || outcome === 'already') return outcome
  if (outcome !== undefined) return 'failed'
  return run === 'running' ? 'current' : 'unknown'
}

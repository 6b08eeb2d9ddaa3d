// An uninstall that came to its end: what is gone, what was left there on purpose, and what should be gone and is not.
import { Button } from 'antd'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import { keptDataOf, type Plan } from '../../../shared/domain/plan.ts'
import { stepText } from '../../../shared/words/language.ts'
import { useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ContinueButton, type Continuing } from './continue-run.tsx'
import { railSteps } from './rail-steps.ts'
import { RunCounts, StillToDo } from './run-counts.tsx'
import type { RunEnd, RunState } from './run-state.ts'
import { SetupColumns, SetupSubject } from './setup-columns.tsx'

export type RunRemovedProps = {
  readonly plan: Plan
  readonly run: RunState
  readonly end: RunEnd
  /** Why it was not looked at again. */
  readonly unproven: Failure | undefined
  readonly continuing: Continuing
  readonly onDone: () => void
}

export function RunRemoved({ plan, run, end, unproven, continuing, onDone }: RunRemovedProps) {
  const { t } = useTranslation()
  const name = useContext(SetupSubject)
  const { upkeep, cli } = useWords()
  const left = run.verified?.stillToDo
  const looked = left === undefined ? 'unseen' : left.length === 0 ? 'done' : 'left'
  const data = plan.steps.flatMap(keptDataOf)
  const gone = data.length === 0 ? upkeep.uninstalled : upkeep.uninstalledButData(cli.list(data))
  return (
    <SetupColumns
      steps={railSteps(t, { act: 'uninstall', now: 'proof', finished: looked === 'done', failed: looked === 'left' })}
      title={t(`setup.run.removed.${looked}`, { name })}
      lead={looked === 'done' ? gone : t(`setup.run.removed.${looked}Lead`)}
      aside={
        <Panel title={t('setup.run.ended.thisRun')} testId="next">
          <RunCounts end={end} />
          {looked === 'left' ? <ContinueButton {...continuing} label={t('setup.review.again')} /> : null}
          <div className="su-act">
            <Button type={looked === 'left' ? 'default' : 'primary'} onClick={onDone}>
              {t('setup.toAppliance')}
            </Button>
          </div>
        </Panel>
      }
    >
      <StillToDo ids={left ?? []} />
      {unproven === undefined ? null : <FailureNote failure={unproven} state="unknown" />}
      <Removed plan={plan} left={left ?? []} />
      <Kept plan={plan} data={data} />
    </SetupColumns>
  )
}

function Removed({ plan, left }: { readonly plan: Plan; readonly left: readonly string[] }) {
  const { t } = useTranslation()
  const words = useWords()
  const rows = plan.steps
    .filter(({ id, change }) => change && !left.includes(id))
    .map((step): LedgerRow => {
      return { id: step.id, state: 'done', stateWord: t('setup.run.state.done'), text: stepText(step, words) }
    })
  return (
    <section className="su-part" data-testid="removed">
      <h2>{t('setup.run.removed.gone')}</h2>
      <Ledger label={t('setup.run.removed.gone')} rows={rows} />
    </section>
  )
}

/** What Rackside brought and left there: images that others use, data of services. */
function Kept({ plan, data }: { readonly plan: Plan; readonly data: readonly string[] }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const images = plan.steps.flatMap(({ id, reason, spec }) =>
    spec.kind === 'absent-image' && reason === 'used-by-others'
      ? [t('setup.run.removed.image', { image: id.slice(spec.kind.length + 1), names: cli.list(spec.usedBy) })]
      : [],
  )
  const kept = [...data.map((name) => t('setup.run.removed.data', { name })), ...images]
  return (
    <section className="su-part" data-testid="kept">
      <h2>{t('setup.run.removed.kept')}</h2>
      <ul className="su-notes">
        {[...kept, t('setup.run.removed.login')].map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  )
}

// Accepting a server: what is agreed on, the proof as it goes on, what came of it with the files to hand over, and the
// earlier ones, two of which can be held beside each other.
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AcceptanceWish,
  acceptanceBounds,
  acceptanceStage,
  usualAcceptance,
} from '../../../shared/domain/acceptance.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { VaultPrompt } from '../../console/vault-prompt.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { AcceptanceList } from './acceptance-list.tsx'
import { AcceptanceResult } from './acceptance-result.tsx'
import { Amount } from './amount.tsx'
import { BenchPanel } from './bench-panel.tsx'
import { EvaluationPanel } from './evaluation-panel.tsx'
import { LimitFields, type Limits } from './limit-fields.tsx'
import { StopRow } from './stop-row.tsx'
import { type AcceptanceSeen, type Accepting, useAcceptance } from './use-acceptance.ts'
import type { ApplianceAnswers } from './use-appliance.ts'

export function AcceptanceTab({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const [kept, setKept] = useState(0)
  const accepting = useAcceptance(appliance.target, () => setKept((count) => count + 1))
  const { result } = accepting.seen
  return (
    <div className="rs-stack" data-testid="acceptance">
      <AcceptPanel watchOnly={appliance.saved?.watchOnly === true} accepting={accepting} />
      {result === undefined ? null : <AcceptanceResult kept={result} />}
      <AcceptanceList saved={appliance.saved} round={kept} />
      <BenchPanel appliance={appliance} />
      <EvaluationPanel appliance={appliance} />
    </div>
  )
}

type PanelProps = { readonly watchOnly: boolean; readonly accepting: Accepting }

function AcceptPanel({ watchOnly, accepting }: PanelProps) {
  const { t } = useTranslation()
  const { acceptance: said } = useWords()
  const { phase, failure } = accepting
  const forVault = failure?.kind === 'vault-missing' || failure?.kind === 'vault-locked' ? failure.kind : undefined
  return (
    <Panel title={said.title} testId="accept">
      <p className="rs-muted">{t('appliance.acceptance.lead')}</p>
      {phase === 'running' ? (
        <Going seen={accepting.seen} />
      ) : (
        <AgreedForm disabled={watchOnly} onStart={accepting.begin} />
      )}
      {watchOnly ? <p className="rs-muted">{t('access.watchNoSetUp')}</p> : null}
      {failure === undefined || forVault !== undefined ? null : <FailureNote failure={failure} state="unknown" />}
      {forVault === undefined ? null : (
        <VaultPrompt open reason={forVault} onDone={accepting.again} onCancel={accepting.forget} />
      )}
    </Panel>
  )
}

const secondsInMinute = 60
const mostMinutes = acceptanceBounds.soakSeconds[1] / secondsInMinute

/** In the units of people; the rest is usual. */
function AgreedForm({ disabled, onStart }: { disabled: boolean; onStart: (wish: AcceptanceWish) => void }) {
  const { t } = useTranslation()
  const [users, setUsers] = useState(usualAcceptance.users)
  const [limits, setLimits] = useState<Limits>(usualAcceptance)
  const [minutes, setMinutes] = useState(usualAcceptance.soakSeconds / secondsInMinute)
  const { ttftLimitMs, tpotLimitMs } = limits
  const start = () => onStart({ users, ttftLimitMs, tpotLimitMs, soakSeconds: minutes * secondsInMinute })
  return (
    <>
      <div className="rs-row rs-agreed">
        <Field label={t('appliance.acceptance.users')}>
          {(control) => <Amount {...control} value={users} range={acceptanceBounds.users} onAmount={setUsers} />}
        </Field>
        <LimitFields limits={limits} onLimits={setLimits} />
        <Field label={t('appliance.acceptance.soak')}>
          {(control) => <Amount {...control} value={minutes} range={[0, mostMinutes]} onAmount={setMinutes} />}
        </Field>
      </div>
      <div className="rs-row">
        <Button type="primary" disabled={disabled} onClick={start}>
          {t('appliance.acceptance.start')}
        </Button>
        <span className="rs-muted">{t('appliance.acceptance.loads')}</span>
      </div>
    </>
  )
}

function Going({ seen: { acceptanceId, stage, about, share } }: { readonly seen: AcceptanceSeen }) {
  const { t } = useTranslation()
  const { acceptance: said } = useWords()
  const { product } = useConsole()
  const at = stage === undefined ? -1 : acceptanceStage.options.indexOf(stage)
  const stop = acceptanceId === undefined ? undefined : () => product.acceptance.stop({ acceptanceId })
  return (
    <>
      <ol className="rs-stages" aria-live="polite">
        {acceptanceStage.options.map((one, place) => (
          <li key={one} data-stage={one}>
            <VerdictMark state={place < at ? 'healthy' : place === at ? 'working' : 'unknown'} word={said.stages[one]}>
              {place === at ? about : undefined}
            </VerdictMark>
            {place === at && share !== undefined ? (
              <Progress percent={Math.floor(share * 100)} size="small" aria-label={said.stages[one]} />
            ) : null}
          </li>
        ))}
      </ol>
      <StopRow call="acceptance.stop" stop={stop} leaving={t('appliance.acceptance.leaving')} />
    </>
  )
}

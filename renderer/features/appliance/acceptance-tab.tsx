// Accepting a server: what is agreed on, the proof as it goes on, what came of it with the files to hand over, and the
// earlier ones, two of which can be held beside each other.
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { type AcceptanceWish, acceptanceStage, usualAcceptance } from '../../../shared/domain/acceptance.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { VaultPrompt } from '../../console/vault-prompt.tsx'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { AcceptanceList } from './acceptance-list.tsx'
import { AcceptanceResult } from './acceptance-result.tsx'
import { Amount } from './amount.tsx'
import { BenchPanel } from './bench-panel.tsx'
import { type Accepting, type AcceptingActs, useAcceptance } from './use-acceptance.ts'
import type { ApplianceAnswers } from './use-appliance.ts'

export function AcceptanceTab({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const [kept, setKept] = useState(0)
  const accepting = useAcceptance(appliance.target, () => setKept((count) => count + 1))
  return (
    <div className="rs-stack" data-testid="acceptance">
      <AcceptPanel target={appliance.target} watchOnly={appliance.saved?.watchOnly === true} accepting={accepting} />
      {accepting.result === undefined ? null : <AcceptanceResult kept={accepting.result} />}
      <AcceptanceList saved={appliance.saved} round={kept} />
      <BenchPanel appliance={appliance} />
    </div>
  )
}

type PanelProps = {
  readonly target: Target
  readonly watchOnly: boolean
  readonly accepting: Accepting & AcceptingActs
}

function AcceptPanel({ watchOnly, accepting }: PanelProps) {
  const { t } = useTranslation()
  const { acceptance: said } = useWords()
  const { phase, failure } = accepting
  const forVault = failure?.kind === 'vault-missing' || failure?.kind === 'vault-locked' ? failure.kind : undefined
  return (
    <Panel title={said.title} testId="accept">
      <p className="rs-muted">{t('appliance.acceptance.lead')}</p>
      {phase === 'running' ? (
        <Going accepting={accepting} />
      ) : (
        <AgreedForm disabled={watchOnly} onStart={accepting.start} />
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

/** In the units of people; the rest is usual. */
function AgreedForm({ disabled, onStart }: { disabled: boolean; onStart: (wish: AcceptanceWish) => void }) {
  const { t } = useTranslation()
  const [users, setUsers] = useState(usualAcceptance.users)
  const [ttftMs, setTtft] = useState(usualAcceptance.ttftLimitMs)
  const [tpotMs, setTpot] = useState(usualAcceptance.tpotLimitMs)
  const [minutes, setMinutes] = useState(usualAcceptance.soakSeconds / secondsInMinute)
  const start = () =>
    onStart({ users, ttftLimitMs: ttftMs, tpotLimitMs: tpotMs, soakSeconds: minutes * secondsInMinute })
  return (
    <>
      <div className="rs-row rs-agreed">
        <Field label={t('appliance.acceptance.users')}>
          {(control) => <Amount {...control} value={users} range={[1, 1024]} onAmount={setUsers} />}
        </Field>
        <Field label={t('appliance.acceptance.ttft')}>
          {(control) => <Amount {...control} value={ttftMs} range={[1, 600_000]} onAmount={setTtft} />}
        </Field>
        <Field label={t('appliance.acceptance.tpot')}>
          {(control) => <Amount {...control} value={tpotMs} range={[1, 60_000]} onAmount={setTpot} />}
        </Field>
        <Field label={t('appliance.acceptance.soak')}>
          {(control) => <Amount {...control} value={minutes} range={[0, 1440]} onAmount={setMinutes} />}
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

function Going({ accepting: { acceptanceId, stage, about, share } }: { readonly accepting: Accepting }) {
  const { t } = useTranslation()
  const { acceptance: said } = useWords()
  const { product } = useConsole()
  const stopping = useAct()
  const at = stage === undefined ? -1 : acceptanceStage.options.indexOf(stage)
  const stop = () => {
    if (acceptanceId === undefined) return
    stopping.begin(
      'acceptance.stop',
      () => product.acceptance.stop({ acceptanceId }),
      () => undefined,
    )
  }
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
      <div className="rs-row">
        <Button loading={stopping.busy} disabled={acceptanceId === undefined} onClick={stop}>
          {t('appliance.acceptance.stop')}
        </Button>
        <span className="rs-muted">{t('appliance.acceptance.leaving')}</span>
      </div>
    </>
  )
}

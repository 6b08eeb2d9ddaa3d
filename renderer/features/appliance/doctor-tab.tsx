// The doctor's findings, the worst first: what is wrong, why, what helps, and what was seen that says so. Asked when
// the tab is opened and when a person asks again; never by itself, since every question of the facts is asked for it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Examination, type Finding, type Severity, severity } from '../../../shared/domain/finding.ts'
import { doctorOf } from '../../../shared/words/doctor.ts'
import { fixText } from '../../../shared/words/doctor-fix.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useRetry } from '../../console/use-retry.ts'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'
import { Waiting } from './overview-tab.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'

export type DoctorProps = {
  readonly appliance: ApplianceAnswers
  /** The appliance cannot be looked at: what is shown is what was last found. */
  readonly faded: boolean
}

export function DoctorTab({ appliance: { name, target }, faded }: DoctorProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, asking, askAgain } = useAnswer({
    key: ['appliances.doctor', name],
    ask: () => product.appliances.doctor({ target }),
  })
  if (answer.state === 'waiting') return <Waiting text={t('appliance.examining')} />
  if (answer.state === 'failed') {
    return (
      <Panel tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  const old = faded || answer.problem !== undefined
  return (
    <div className="rs-stack" data-testid="doctor">
      <div className="rs-doctor-head">
        <small>
          <AgeIn label={t(old ? 'appliance.lastKnown' : 'appliance.looked', inPlace)} atMs={answer.atMs} />
        </small>
        <Button onClick={() => retry(askAgain)} loading={asking}>
          {t('appliance.examineAgain')}
        </Button>
      </div>
      <div className={old ? 'rs-stack rs-faded' : 'rs-stack'}>
        <Findings examination={answer.value} name={name} />
      </div>
    </div>
  )
}

type FindingsProps = { readonly examination: Examination; readonly name: string }

function Findings({ examination: { findings, unread }, name }: FindingsProps) {
  const { t } = useTranslation()
  const doctor = doctorOf(useLanguage())
  return (
    <>
      {findings.length === 0 ? (
        <EmptyState title={t('appliance.nothingFound')}>
          {t(unread.length === 0 ? 'appliance.nothingFoundLead' : 'appliance.nothingFoundPart')}
        </EmptyState>
      ) : null}
      {severity.options.map((one) => (
        <OfSeverity key={one} severity={one} name={name} findings={findings.filter((each) => each.severity === one)} />
      ))}
      {unread.length === 0 ? null : (
        <Panel title={doctor.unread}>
          <FactList
            facts={unread.map(({ fact, why }) => ({ key: fact, label: doctor.facts[fact], value: known(why) }))}
          />
        </Panel>
      )}
    </>
  )
}

const marks: { readonly [S in Severity]: MarkState } = { error: 'down', warning: 'degraded', hint: 'unknown' }

type GroupProps = { readonly severity: Severity; readonly findings: readonly Finding[]; readonly name: string }

function OfSeverity({ severity: one, findings, name }: GroupProps) {
  const { t } = useTranslation()
  if (findings.length === 0) return null
  return (
    <Panel title={t(`appliance.findings.${one}`, { count: findings.length })} testId={`findings-${one}`}>
      <ul className="rs-findings">
        {findings.map((finding) => (
          <li key={finding.rule} data-rule={finding.rule}>
            <FindingPart finding={finding} name={name} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function FindingPart({ finding, name }: { readonly finding: Finding; readonly name: string }) {
  const language = useLanguage()
  const doctor = doctorOf(language)
  const { rule, severity: one, evidence } = finding
  const { title, cause } = doctor.rules[rule]
  const seen = (
    <ul className="rs-evidence">
      {evidence.map((line) => (
        <li key={line}>
          <code>{line}</code>
        </li>
      ))}
    </ul>
  )
  return (
    <>
      <VerdictMark state={marks[one]} word={doctor.severities[one]}>
        <strong>{title}</strong>
      </VerdictMark>
      <FactList
        facts={[
          { label: doctor.cause, value: known(cause) },
          { label: doctor.fix, value: known(fixText(finding, name, language)) },
          { label: doctor.evidence, value: known(seen) },
        ]}
      />
    </>
  )
}

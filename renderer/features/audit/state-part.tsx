// Whether the audit is as it was written, how long it is kept, and where its checkpoints go.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditState } from '../../../shared/contract/audit.ts'
import type { AuditReport } from '../../../shared/domain/audit-report.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAuditWords } from './use-audit-words.ts'

export function StatePart() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const report = useAnswer({ key: ['audit.verify'], ask: () => product.audit.verify({}) })
  const state = useAnswer({ key: ['audit.state'], ask: () => product.audit.state({}) })
  const { busy, failure, begin } = useAct()
  const again = () => {
    report.askAgain()
    state.askAgain()
  }
  const checkpoint = () => begin('audit.checkpoint', () => product.audit.checkpoint({}), again)
  return (
    <Panel title={t('audit.state')}>
      <div className="rs-stack">
        {report.answer.state === 'waiting' ? <VerdictMark state="working" word={t('audit.checking')} /> : null}
        {report.answer.state === 'failed' ? <FailureNote failure={report.answer.failure} onRetry={again} /> : null}
        {report.answer.state === 'answered' ? <Verdict report={report.answer.value} /> : null}
        {state.answer.state === 'failed' ? <FailureNote failure={state.answer.failure} onRetry={again} /> : null}
        {state.answer.state === 'answered' ? <Facts state={state.answer.value} /> : null}
        {failure === undefined ? null : <FailureNote failure={failure} />}
        <div className="rs-row">
          <Button onClick={again} loading={report.asking}>
            {t('audit.checkAgain')}
          </Button>
          <Button onClick={checkpoint} loading={busy}>
            {t('audit.makeCheckpoint')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

/** A green light only where something from elsewhere agrees. */
function Verdict({ report }: { readonly report: AuditReport }) {
  const { t } = useTranslation()
  const { words } = useAuditWords()
  const { problems, notes, checkpoints, records, first, last } = report
  const isBroken = problems.length > 0
  const isProven = checkpoints.agree > 0
  const word = t(isBroken ? 'audit.changed' : isProven ? 'audit.unchanged' : 'audit.unproven')
  return (
    <div data-testid="audit-verdict">
      <VerdictMark state={isBroken ? 'down' : isProven ? 'healthy' : 'unknown'} word={word}>
        {isBroken
          ? words.broken(problems.length)
          : records === 0
            ? t('audit.none')
            : t('audit.range', { count: records, first, last })}
      </VerdictMark>
      <ul className="rs-audit-findings">
        {problems.map((one) => (
          <li key={`${one.kind} ${one.file} ${one.number}`}>{words.problems[one.kind](one)}</li>
        ))}
        {isProven ? <li>{words.agree(checkpoints)}</li> : null}
        {notes.map((one) => (
          <li key={`${one.kind} ${one.file} ${one.number}`} className="rs-muted">
            {words.notes[one.kind](one)}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Facts({ state }: { readonly state: AuditState }) {
  const { t } = useTranslation()
  const { time } = useAuditWords()
  const { head, settings, lastCheckpoint } = state
  const { exportFolder, syslog, retentionDays } = settings
  const receiver = syslog === undefined ? [] : [`syslog ${syslog.transport}:${syslog.host}:${syslog.port}`]
  const places = [...(exportFolder === undefined ? [] : [exportFolder]), ...receiver]
  const at = ({ number, at: when }: { readonly number: number; readonly at: string }) =>
    t('audit.headValue', { number, time: time(when) })
  return (
    <FactList
      facts={[
        { label: t('audit.head'), value: known(head === null ? t('audit.none') : at(head)) },
        {
          label: t('audit.lastCheckpoint'),
          value: known(lastCheckpoint === null ? t('audit.noCheckpoint') : at(lastCheckpoint)),
        },
        {
          label: t('audit.elsewhere'),
          value: known(places.length === 0 ? t('audit.nowhere') : places.join(', ')),
          note: t('audit.elsewhereNote'),
        },
        {
          label: t('audit.kept'),
          value: known(t('audit.keptDays', { count: retentionDays })),
          note: t('audit.keptNote'),
        },
      ]}
    />
  )
}

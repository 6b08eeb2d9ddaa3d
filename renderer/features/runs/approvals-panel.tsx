// Plans that a second person looks at: what waits, what was said, and for an approver the two answers. Shown where there are any.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval, ApprovalState } from '../../../shared/domain/approval.ts'
import { useAnswer, useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { FormDialog } from '../../console/form-dialog.tsx'
import { useOperatorsState } from '../../console/operators/own-sign-in.ts'
import { useAct } from '../../console/use-act.ts'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'

export type ApprovalsPanelProps = { readonly onPlan: (name: string, planId: string) => void }

const askEveryMs = 10_000

export function ApprovalsPanel({ onPlan }: ApprovalsPanelProps) {
  useLateLabels()
  const { t } = useTranslation()
  const { product } = useConsole()
  const state = useOperatorsState()
  const who = state.state === 'answered' ? state.value.signedIn : null
  const { answer } = useAnswer({
    ...{ key: ['approvals.list'], ask: () => product.approvals.list({}), everyMs: askEveryMs },
    enabled: who !== null,
  })
  if (who === null || answer.state !== 'answered' || answer.value.length === 0) return null
  return (
    <Panel title={t('approvals.title')} testId="approvals">
      <p className="rs-muted">{t('approvals.lead')}</p>
      <ul className="rs-records" aria-label={t('approvals.title')}>
        {answer.value.map((one) => (
          <Row
            key={one.subject}
            approval={one}
            isOwn={one.askedBy === who.name}
            mayGive={who.roles.includes('approver')}
            onPlan={onPlan}
          />
        ))}
      </ul>
    </Panel>
  )
}

const marks: { readonly [S in ApprovalState]: MarkState } = {
  ...{ waiting: 'working', given: 'healthy', refused: 'down', expired: 'stale' },
}

type RowProps = ApprovalsPanelProps & {
  readonly approval: Approval
  readonly isOwn: boolean
  readonly mayGive: boolean
}

function Row({ approval, isOwn, mayGive, onPlan }: RowProps) {
  const { t, i18n } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [refusing, setRefusing] = useState(false)
  const { subject, digest, appliances, state, askedBy, askedAt, decidedBy, decidedAt } = approval
  const time = (at: string) => new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const [only] = appliances
  const give = () =>
    act.begin(
      'approvals.give',
      () => product.approvals.give({ subject, digest }),
      () => outdate('approvals.list'),
    )
  return (
    <li data-testid="approval" data-state={state}>
      <div className="rs-records-head">
        <VerdictMark state={marks[state]} word={t(`approvals.state.${state}`)} />
        <strong translate="no">{appliances.join(', ')}</strong>
      </div>
      <div className="rs-records-body">
        <small>{t('approvals.asked', { name: askedBy, time: time(askedAt) })}</small>
        {decidedBy === undefined || decidedAt === undefined ? null : (
          <small>{t('approvals.decided', { name: decidedBy, time: time(decidedAt) })}</small>
        )}
        {[approval.note, approval.reason].map((text) =>
          text === undefined ? null : (
            <small key={text} translate="no">
              {text}
            </small>
          ),
        )}
        {state === 'waiting' && isOwn && mayGive ? <small>{t('approvals.own')}</small> : null}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
      <div className="rs-row">
        {only === undefined || only.includes(':') ? null : (
          <Button size="small" onClick={() => onPlan(only, subject)}>
            {t('approvals.look')}
          </Button>
        )}
        {state === 'waiting' && mayGive && !isOwn ? (
          <>
            <Button size="small" type="primary" loading={act.busy} onClick={give}>
              {t('approvals.give')}
            </Button>
            <Button size="small" onClick={() => setRefusing(true)}>
              {t('approvals.refuse')}
            </Button>
          </>
        ) : null}
      </div>
      {refusing ? <RefuseDialog subject={subject} onClose={() => setRefusing(false)} /> : null}
    </li>
  )
}

function RefuseDialog({ subject, onClose }: { readonly subject: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [reason, setReason] = useState('')
  const refuse = () =>
    act.begin(
      'approvals.refuse',
      () => product.approvals.refuse({ subject, ...(reason.trim() !== '' && { reason: reason.trim() }) }),
      () => {
        outdate('approvals.list')
        onClose()
      },
    )
  return (
    <FormDialog
      title={t('approvals.refuseTitle')}
      word={t('approvals.refuse')}
      act={act}
      ready
      onGo={refuse}
      onCancel={onClose}
    >
      <Field label={t('approvals.reason')}>
        {(control) => (
          <Input {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}

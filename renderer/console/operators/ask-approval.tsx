// Where a plan needs a second person and nobody was asked: the question, with a word for that person.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import { Field } from '../../ui/field.tsx'
import { useOutdate } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import { FailureSaid } from '../failure-body.tsx'
import { useAct } from '../use-act.ts'

export function AskApproval({ failure }: { readonly failure: Failure }) {
  if (failure.kind !== 'second-person-needed') return null
  return failure.why === 'waiting' || failure.why === 'own' ? null : <Ask subject={failure.subject} />
}

function Ask({ subject }: { readonly subject: string }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [note, setNote] = useState('')
  const [asked, setAsked] = useState(false)
  const ask = () =>
    act.begin(
      'approvals.ask',
      () => product.approvals.ask({ subject, ...(note.trim() !== '' && { note: note.trim() }) }),
      () => {
        setAsked(true)
        outdate('approvals.list')
      },
    )
  if (asked) return <p aria-live="polite">{t('signIn.approvalAsked')}</p>
  return (
    <div className="rs-form" data-testid="ask-approval">
      <Field label={t('signIn.approvalNote')}>
        {(control) => (
          <Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
        )}
      </Field>
      {act.failure === undefined ? null : <FailureSaid failure={act.failure} />}
      <div className="rs-row">
        <Button onClick={ask} loading={act.busy}>
          {t('signIn.approvalAsk')}
        </Button>
      </div>
    </div>
  )
}

// Where the identity provider is, and as whom this console asks it; and who an operator is there.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type IdentityProvider, providerSettings, providerSubject } from '../../../shared/domain/identity-provider.ts'
import type { Operator } from '../../../shared/domain/operator.ts'
import { providerHost } from '../../../shared/domain/provider-address.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FormDialog } from '../../console/form-dialog.tsx'
import { PassphraseField } from '../../console/passphrase-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'

type ProviderDialogProps = { readonly before: IdentityProvider | undefined; readonly onClose: () => void }

export function ProviderDialog({ before, onClose }: ProviderDialogProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [issuer, setIssuer] = useState(before?.issuer ?? '')
  const [clientId, setClientId] = useState(before?.clientId ?? '')
  const [clientSecret, setSecret] = useState('')
  const [ca, setCa] = useState(before?.ca ?? '')
  const wanted = providerSettings.safeParse({
    ...{ issuer: issuer.trim(), clientId: clientId.trim() },
    ...(ca.trim() !== '' && { ca: ca.trim() }),
  })
  const set = () => {
    if (!wanted.success) return
    const secret = clientSecret
    setSecret('')
    act.begin(
      'window.setProvider',
      () => window.setProvider({ ...wanted.data, ...(secret !== '' && { clientSecret: secret }) }),
      () => {
        outdate()
        onClose()
      },
    )
  }
  return (
    <FormDialog
      title={t('operators.providerSet')}
      word={t('operators.save')}
      act={act}
      ready={wanted.success}
      testId="provider-dialog"
      onGo={set}
      onCancel={onClose}
    >
      <Field label={t('operators.issuer')} hint={t('operators.issuerHint')}>
        {(control) => (
          <Input {...control} value={issuer} maxLength={500} onChange={(event) => setIssuer(event.target.value)} />
        )}
      </Field>
      <Field label={t('operators.clientId')}>
        {(control) => (
          <Input {...control} value={clientId} maxLength={200} onChange={(event) => setClientId(event.target.value)} />
        )}
      </Field>
      <PassphraseField
        label={t('operators.clientSecret')}
        hint={before?.confidential === true ? t('operators.clientSecretAgain') : t('operators.clientSecretHint')}
        passphrase={clientSecret}
        onPassphrase={setSecret}
      />
      <Field label={t('operators.authority')} hint={t('operators.authorityHint')}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={3}
            value={ca}
            maxLength={20_000}
            onChange={(event) => setCa(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}

type BindDialogProps = { readonly operator: Operator; readonly host: string; readonly onClose: () => void }

export function BindDialog({ operator: { name, binding }, host, onClose }: BindDialogProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const isHere = binding !== undefined && providerHost(binding.issuer) === host
  const [subject, setSubject] = useState(isHere ? binding.subject : '')
  const wanted = providerSubject.safeParse(subject.trim())
  const bind = () => {
    if (!wanted.success) return
    act.begin(
      'operators.bindSubject',
      () => product.operators.bindSubject({ name, providerSubject: wanted.data }),
      () => {
        outdate('operators.list')
        onClose()
      },
    )
  }
  return (
    <FormDialog
      title={t('operators.bindTitle', { name, host })}
      word={t('operators.act.bind')}
      act={act}
      ready={wanted.success}
      testId="bind-dialog"
      onGo={bind}
      onCancel={onClose}
    >
      <p className="rs-muted">{t('operators.bindLead')}</p>
      <Field label={t('operators.subject')} hint={t('operators.subjectHint')}>
        {(control) => (
          <Input {...control} value={subject} maxLength={255} onChange={(event) => setSubject(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}

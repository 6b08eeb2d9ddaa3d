// Asks whether this is the right server. Nothing is preselected: a person says that they compared, or pastes
// what they read on the server; a fingerprint that differs cannot be trusted here.
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { keyCommand } from '../../console/host-key-body.tsx'
import { Field } from '../../ui/field.tsx'
import { Fingerprint } from '../../ui/fingerprint.tsx'
import type { Greeted } from './add-form.ts'
import { type Comparison, compareFingerprint } from './compare-fingerprint.ts'

export type FingerprintStepProps = {
  readonly greeted: Greeted
  readonly busy: boolean
  readonly onTrust: () => void
  readonly onBack: () => void
}

export function FingerprintStep({ greeted, busy, onTrust, onBack }: FingerprintStepProps) {
  const { t } = useTranslation()
  const [given, setGiven] = useState('')
  const [compared, setCompared] = useState(false)
  const comparison = compareFingerprint(given, greeted.fingerprint)
  const sure = comparison === 'same' || (comparison === 'nothing-given' && compared)
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (sure) onTrust()
      }}
    >
      <Fingerprint
        label={t('add.shown', { keyType: greeted.keyType, place: addressText(greeted.address) })}
        text={greeted.fingerprint}
      />
      <div>
        <h2>{t('add.howTitle')}</h2>
        <p className="rs-muted">{t('add.how')}</p>
        <code className="rs-command">{keyCommand(greeted.keyType)}</code>
      </div>
      <ExpectedField given={given} comparison={comparison} onGiven={setGiven} />
      <Checkbox
        checked={compared}
        disabled={comparison !== 'nothing-given'}
        onChange={(event) => setCompared(event.target.checked)}
      >
        {t('add.compared')}
      </Checkbox>
      <div className="rs-row">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!sure} loading={busy}>
          {t('add.trust')}
        </Button>
      </div>
    </form>
  )
}

type ExpectedProps = {
  readonly given: string
  readonly comparison: Comparison
  readonly onGiven: (given: string) => void
}

function ExpectedField({ given, comparison, onGiven }: ExpectedProps) {
  const { t } = useTranslation()
  const problems = { 'not-a-fingerprint': t('add.notFingerprint'), differs: t('add.differs') }
  const problem = comparison === 'differs' || comparison === 'not-a-fingerprint' ? problems[comparison] : undefined
  return (
    <Field
      label={t('add.expected')}
      hint={
        comparison === 'same' ? <strong className="rs-tone-healthy">{t('add.same')}</strong> : t('add.expectedHint')
      }
      problem={problem}
    >
      {(control) => (
        <Input
          {...control}
          className="rs-code"
          value={given}
          autoComplete="off"
          spellCheck={false}
          placeholder="SHA256:"
          onChange={(event) => onGiven(event.target.value)}
        />
      )}
    </Field>
  )
}

// The comparison of a fingerprint, wherever a key is to be trusted: how to read it on the server, a field for what was
// read, a box for who compared by eye. Nothing is preselected, and one that differs cannot be agreed to.
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../ui/field.tsx'
import { type Comparison, compareFingerprint } from './compare-fingerprint.ts'

export type FingerprintCheck = {
  readonly given: string
  readonly compared: boolean
  readonly comparison: Comparison
  /** A person compared it, in one way or the other. */
  readonly sure: boolean
  readonly onGiven: (given: string) => void
  readonly onCompared: (compared: boolean) => void
}

export function useFingerprintCheck(shown: string): FingerprintCheck {
  const [given, onGiven] = useState('')
  // Which one was compared: another one that is shown later was not.
  const [comparedOne, setComparedOne] = useState<string | undefined>(undefined)
  const compared = comparedOne === shown
  const onCompared = (done: boolean) => setComparedOne(done ? shown : undefined)
  const comparison = compareFingerprint(given, shown)
  const sure = comparison === 'same' || (comparison === 'nothing-given' && compared)
  return { given, compared, comparison, sure, onGiven, onCompared }
}

type FieldsProps = { readonly keyType: string; readonly check: FingerprintCheck }

export function FingerprintCheckFields({ keyType, check }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <h2>{t('add.howTitle')}</h2>
        <p className="rs-muted">{t('add.how')}</p>
        <code className="rs-command">{keyCommand(keyType)}</code>
      </div>
      <ExpectedField {...check} />
      <Checkbox
        checked={check.compared}
        disabled={check.comparison !== 'nothing-given'}
        onChange={(event) => check.onCompared(event.target.checked)}
      >
        {t('add.compared')}
      </Checkbox>
    </>
  )
}

function ExpectedField({ given, comparison, onGiven }: FingerprintCheck) {
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

/** What prints the fingerprint on the server itself, for the kind of key it showed. */
function keyCommand(keyType: string): string {
  const name = /ed25519/.test(keyType) ? 'ed25519' : /ecdsa/.test(keyType) ? 'ecdsa' : /rsa/.test(keyType) ? 'rsa' : '*'
  return `ssh-keygen -lf /etc/ssh/ssh_host_${name}_key.pub`
}

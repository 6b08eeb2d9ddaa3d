// Asks whether this is the right server. Nothing is preselected: a person says that they compared, or pastes
// what they read on the server; a fingerprint that differs cannot be trusted here.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { FingerprintCheckFields, useFingerprintCheck } from '../../console/fingerprint-check.tsx'
import { Fingerprint } from '../../ui/fingerprint.tsx'
import type { Greeted } from './add-form.ts'

export type FingerprintStepProps = {
  readonly greeted: Greeted
  readonly busy: boolean
  readonly onTrust: () => void
  readonly onBack: () => void
}

export function FingerprintStep({ greeted, busy, onTrust, onBack }: FingerprintStepProps) {
  const { t } = useTranslation()
  const check = useFingerprintCheck(greeted.fingerprint)
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (check.sure) onTrust()
      }}
    >
      <Fingerprint
        label={t('add.shown', { keyType: greeted.keyType, place: addressText(greeted.address) })}
        text={greeted.fingerprint}
      />
      <FingerprintCheckFields keyType={greeted.keyType} check={check} />
      <div className="rs-row">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!check.sure} loading={busy}>
          {t('add.trust')}
        </Button>
      </div>
    </form>
  )
}

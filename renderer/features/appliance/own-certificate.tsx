// The site's own certificate in the place of the one that the appliance made: two files of this computer, read here and
// handed over once.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { PasswordField } from '../../console/password-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'

type Files = { readonly certificate?: File | undefined; readonly key?: File | undefined }
const mostBytes = { certificate: 100_000, key: 20_000 } as const

export function OwnCertificate({ target, onGiven }: { readonly target: Target; readonly onGiven: () => void }) {
  const { t } = useTranslation()
  const { product, window } = useConsole()
  const [files, setFiles] = useState<Files>({})
  const [passphrase, setPassphrase] = useState('')
  const { busy, failure, begin } = useAct()
  const { certificate, key } = files
  const give = () => {
    if (certificate === undefined || key === undefined) return
    begin(
      'upkeep.giveCertificate',
      async () => {
        const locked = passphrase === '' ? {} : { passphrase }
        const offered = await window.offerCertificateKey({ privateKey: await key.text(), ...locked })
        if (!offered.ok) return offered
        const { credentialId } = offered.value
        return product.upkeep.giveCertificate({ target, certificate: await certificate.text(), credentialId })
      },
      () => {
        setFiles({})
        setPassphrase('')
        onGiven()
      },
    )
  }
  const question = (name: keyof Files) => {
    const isTooLarge = (files[name]?.size ?? 0) > mostBytes[name]
    return (
      <Field
        label={t(`appliance.access.${name}File`)}
        problem={isTooLarge ? t('appliance.access.tooLarge') : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".pem,.crt,.cer,.key"
            onChange={({ target: { files: chosen } }) => setFiles({ ...files, [name]: chosen?.[0] })}
          />
        )}
      </Field>
    )
  }
  const fits = (name: keyof Files) => files[name] !== undefined && files[name].size <= mostBytes[name]
  return (
    <details data-testid="own-certificate">
      <summary>{t('appliance.access.own')}</summary>
      <p className="rs-muted">{t('appliance.access.ownLead')}</p>
      {question('certificate')}
      {question('key')}
      <PasswordField label={t('appliance.access.keyPassphrase')} password={passphrase} onPassword={setPassphrase} />
      <Button loading={busy} disabled={!fits('certificate') || !fits('key')} onClick={give}>
        {t('appliance.access.give')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </details>
  )
}

// From the login that an appliance has to a key of Rackside's own; nothing where it has one already, or needs no login.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import { isOwnKey, thisMachine } from '../../../shared/domain/own-key.ts'
import { OwnKeyDialog } from '../../console/own-key/own-key-dialog.tsx'

export function OwnKeyAct({ saved }: { readonly saved: ListedAppliance | undefined }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const offered = saved !== undefined && !isOwnKey(saved.credentialId) && saved.credentialId !== thisMachine
  return (
    <>
      {offered ? (
        <button type="button" className="rs-link rs-link-act" onClick={() => setAsking(true)}>
          {t('ownKey.act')}
        </button>
      ) : null}
      {asking && saved !== undefined ? <OwnKeyDialog name={saved.name} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

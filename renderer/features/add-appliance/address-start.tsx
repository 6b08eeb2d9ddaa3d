// The first question on the board that has no appliance yet: its address. What comes after is asked on a page of its own.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Address } from '../../../shared/domain/appliance.ts'
import { emptyForm } from './add-form.ts'
import { AddressStep } from './address-step.tsx'
import './add-appliance.css'

export type AddressStartProps = {
  readonly onGreet: (address: Address) => void
  /** To the page that asks for all of it: jump hosts, the servers of this computer's SSH. */
  readonly onMore: () => void
}

export function AddressStart({ onGreet, onMore }: AddressStartProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(() => emptyForm(undefined).typed)
  const more = (
    <Button type="link" className="rs-add-more" onClick={onMore}>
      {t('add.moreWays')}
    </Button>
  )
  return <AddressStep beside busy={false} {...{ typed, onGreet, more }} onTyped={setTyped} />
}

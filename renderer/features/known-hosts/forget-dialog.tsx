// Forgets the keys of an address: says what it means for who uses it, and wants the host's name typed.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { isTypedHost, TypedHost } from '../../console/typed-host.tsx'
import { useAct } from '../../console/use-act.ts'
import type { Forgettable } from './known-hosts-screen.tsx'

type Forgotten = { readonly forgotten: number; readonly stillImported: number }

export function ForgetDialog({ host, port, names, onClose }: Forgettable & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const outdate = useOutdate()
  const [done, setDone] = useState<Forgotten | undefined>(undefined)
  const leave = () => {
    // Only now: the list under the dialog, and with it the dialog, would change while it is read.
    if (done !== undefined) {
      outdate('hostKeys.list')
      outdate('hostKeys.export')
    }
    onClose()
  }
  return (
    <Modal
      open
      onCancel={leave}
      footer={null}
      title={t('hosts.forgetTitle', { place: addressText({ host, port }) })}
      closable={{ 'aria-label': t('common.close') }}
    >
      {done === undefined ? (
        <ForgetForm place={{ host, port, names }} onCancel={leave} onDone={setDone} />
      ) : (
        <div className="rs-form" role="status">
          <p>
            {t('hosts.forgotten', { count: done.forgotten })}
            {done.stillImported > 0 ? ` ${t('hosts.stillImported', { count: done.stillImported })}` : ''}
          </p>
          <div className="rs-row">
            <Button type="primary" autoFocus onClick={leave}>
              {t('common.close')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}

type FormProps = {
  readonly place: Forgettable
  readonly onCancel: () => void
  readonly onDone: (done: Forgotten) => void
}

function ForgetForm({ place: { host, port, names }, onCancel, onDone }: FormProps) {
  const { t } = useTranslation()
  const { hardwareTroubles } = useWords()
  const { product } = useConsole()
  const act = useAct()
  const [typed, setTyped] = useState('')
  const ready = isTypedHost(typed, host, names)
  const forget = () =>
    act.begin('hostKeys.forget', () => product.hostKeys.forget({ host, port, typedHost: typed.trim() }), onDone)
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) forget()
      }}
    >
      <p>
        {t('hosts.forgetWhat')}{' '}
        {names.length === 0 ? '' : t('hosts.forgetUsed', { names: hardwareTroubles.and(names) })}
      </p>
      <TypedHost host={host} names={names} typed={typed} onTyped={setTyped} />
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      <div className="rs-row">
        <Button autoFocus onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button danger htmlType="submit" disabled={!ready} loading={act.busy}>
          {t('hosts.forgetKeys')}
        </Button>
      </div>
    </form>
  )
}

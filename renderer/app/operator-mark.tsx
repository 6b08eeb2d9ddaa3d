// Whoever is signed in, in the top bar, where this console asks: the name, the roles, the own passphrase, the way out.
import { UserOutlined } from '@ant-design/icons'
import { Button, Modal, Popover } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignedIn } from '../../shared/domain/operator.ts'
import { useConsole, useWords } from '../console/console-context.tsx'
import { ChangeOwnPassphrase } from '../console/operators/change-own-passphrase.tsx'
import { useOperatorsState, useOwnSession } from '../console/operators/own-sign-in.ts'

export function OperatorMark() {
  const answer = useOperatorsState()
  if (answer.state !== 'answered' || answer.value.signedIn === null) return null
  return <Mark signedIn={answer.value.signedIn} />
}

function Mark({ signedIn }: { readonly signedIn: SignedIn }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const [changing, setChanging] = useState(false)
  return (
    <>
      <Popover
        open={isOpen}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        content={
          <About
            signedIn={signedIn}
            onChange={() => {
              setOpen(false)
              setChanging(true)
            }}
          />
        }
      >
        <Button
          type="text"
          icon={<UserOutlined aria-hidden="true" />}
          aria-expanded={isOpen}
          aria-label={t('signIn.mark', { name: signedIn.name })}
          data-testid="operator-mark"
        >
          <span className="rs-search-word" translate="no">
            {signedIn.name}
          </span>
        </Button>
      </Popover>
      {changing ? (
        <Modal
          open
          footer={null}
          width={520}
          title={t('signIn.changeTitle')}
          closable={{ 'aria-label': t('common.close') }}
          onCancel={() => setChanging(false)}
        >
          <ChangeOwnPassphrase onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />
        </Modal>
      ) : null}
    </>
  )
}

function About({ signedIn, onChange }: { readonly signedIn: SignedIn; readonly onChange: () => void }) {
  const { t, i18n } = useTranslation()
  const { product } = useConsole()
  const { operators } = useWords()
  const end = useOwnSession()
  const until = new Date(signedIn.endsAt).toLocaleTimeString(i18n.language, {
    ...{ hour: '2-digit', minute: '2-digit', hour12: false },
  })
  const signOut = () => {
    // The key is forgotten here whatever the console says of it.
    void product.operators.signOut({}).then(
      () => end(undefined),
      () => end(undefined),
    )
  }
  return (
    <div className="rs-stack" data-testid="operator-about">
      <strong translate="no">{signedIn.name}</strong>
      <span>{signedIn.roles.map((one) => operators.roles[one]).join(' · ')}</span>
      <span className="rs-muted">{t('signIn.until', { time: until })}</span>
      <div className="rs-row">
        <Button onClick={onChange}>{t('signIn.changeTitle')}</Button>
        <Button onClick={signOut}>{t('signIn.out')}</Button>
      </div>
    </div>
  )
}

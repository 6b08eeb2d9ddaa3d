// Asks how to log in, and what the login may do. A secret leaves its field when it is handed over, whether the login
// then works or not; what was handed over is used again where nothing else is given.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Credential } from '../../../shared/contract/window.ts'
import { useCredentialLabel } from './credential-label.ts'
import { LoginFieldsView } from './login-fields-view.tsx'
import { ReachChoice } from './reach-choice.tsx'
import { type GiveLogin, useLoginFields } from './use-login-fields.ts'

export type LoginStepProps = {
  readonly busy: boolean
  /** The login that was given last and is still known. */
  readonly handed?: Credential | undefined
  readonly watchOnly: boolean
  readonly onWatchOnly: (watchOnly: boolean) => void
  /** Undefined: with the login that was given last. */
  readonly onLogIn: (give: GiveLogin | undefined) => void
  readonly onTest: (give: GiveLogin | undefined) => void
  /** Another way is chosen: what was said of the one before is of no use. */
  readonly onOtherWay: () => void
  readonly onBack: () => void
}

export function LoginStep(props: LoginStepProps) {
  const { busy, handed, watchOnly, onWatchOnly, onLogIn, onTest, onOtherWay, onBack } = props
  const { t } = useTranslation()
  const held = useLoginFields()
  const chooseWay: typeof held.chooseWay = (way) => {
    onOtherWay()
    held.chooseWay(way)
  }
  const fields = { ...held, chooseWay }
  const labelOf = useCredentialLabel()
  const ready = fields.complete || handed !== undefined
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !busy) onLogIn(fields.take())
      }}
    >
      <LoginFieldsView fields={fields} offersOwnKey />
      {handed === undefined || fields.complete ? null : <p>{t('access.handed', { label: labelOf(handed) })}</p>}
      <ReachChoice watchOnly={watchOnly} onWatchOnly={onWatchOnly} />
      <div className="rs-row">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button disabled={!ready || busy} onClick={() => onTest(fields.take())}>
          {t('connection.act')}
        </Button>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
          {busy ? t('add.loggingIn') : t('add.logIn')}
        </Button>
      </div>
    </form>
  )
}

// Asks where the appliance is, and greets it: what comes back is the host key it shows, before any login.
import { Button, Input } from 'antd'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Address } from '../../../shared/domain/appliance.ts'
import { Field } from '../../ui/field.tsx'
import { judgeAddress, parseAddress, type TypedAddress } from './parse-address.ts'

export type AddressStepProps = {
  readonly typed: TypedAddress
  readonly busy: boolean
  readonly onTyped: (typed: TypedAddress) => void
  readonly onGreet: (address: Address) => void
  /** Why it cannot go on yet. */
  readonly held?: string | undefined
  /** What else may be said about the way there. */
  readonly more?: ReactNode
  /** It is not all that the page is about. */
  readonly beside?: boolean
}

export function AddressStep({ typed, busy, onTyped, onGreet, held, more, beside = false }: AddressStepProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const [passwordDropped, setPasswordDropped] = useState(false)
  const judged = judgeAddress(typed)
  const wrong = (field: keyof TypedAddress) => tried && !judged.ok && judged.problems[field]
  const typeHost = (text: string) => {
    const { passwordDropped: dropped = false, ...parts } = parseAddress(text) ?? { host: text }
    setPasswordDropped(dropped)
    onTyped({ ...typed, ...parts })
  }
  const submit = () => {
    setTried(true)
    if (judged.ok && held === undefined) onGreet(judged.value)
  }
  return (
    <form
      className="rs-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="rs-add-place">
        <Field
          label={t('add.host')}
          hint={passwordDropped ? t('add.passwordDropped') : t('add.hostHint')}
          problem={wrong('host') ? t(typed.host.trim() === '' ? 'add.hostEmpty' : 'add.hostProblem') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus={!beside}
              value={typed.host}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => onTyped({ ...typed, host: event.target.value })}
              onPaste={(event) => {
                event.preventDefault()
                typeHost(event.clipboardData.getData('text'))
              }}
              onBlur={() => typeHost(typed.host)}
            />
          )}
        </Field>
        <Field label={t('add.port')} problem={wrong('port') ? t('add.portProblem') : undefined}>
          {(control) => (
            <Input
              {...control}
              value={typed.port}
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => onTyped({ ...typed, port: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field
        label={t('add.user')}
        hint={t('add.userHint')}
        problem={wrong('user') ? t(typed.user.trim() === '' ? 'add.userEmpty' : 'add.userProblem') : undefined}
      >
        {(control) => (
          <Input
            {...control}
            value={typed.user}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onTyped({ ...typed, user: event.target.value })}
          />
        )}
      </Field>
      {more === undefined ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps Enter in there from sending the form
        <div onKeyDown={keepEnter}>{more}</div>
      )}
      <div className="rs-row">
        <Button type="primary" htmlType="submit" disabled={held !== undefined} loading={busy}>
          {busy ? t('add.greeting') : t('add.greet')}
        </Button>
        <span className="rs-muted" aria-live="polite">
          {held}
        </span>
      </div>
    </form>
  )
}

function keepEnter(event: KeyboardEvent<HTMLElement>): void {
  // On the button of a file it opens the file, and sends nothing.
  const sends = event.target instanceof HTMLInputElement && event.target.type !== 'file'
  if (event.key === 'Enter' && sends) event.preventDefault()
}

// The jump hosts on the way, each with its address and login, in the order in which they are gone through. The login
// of one is handed over when it is added.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Address, addressText } from '../../../shared/domain/appliance.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import type { Hop } from './add-form.ts'
import { LoginFieldsView } from './login-fields-view.tsx'
import { useCredentialLabel } from './login-step.tsx'
import { judgeAddress, parseAddress } from './parse-address.ts'
import { type HandedLogin, useLoginFields } from './use-login-fields.ts'

const mostHops = 4

export type JumpHostsProps = {
  readonly hops: readonly Hop[]
  readonly busy: boolean
  readonly onAdd: (address: Address, login: HandedLogin) => void
  readonly onRemove: (place: number) => void
}

export function JumpHosts({ hops, busy, onAdd, onRemove }: JumpHostsProps) {
  const { t } = useTranslation()
  const labelOf = useCredentialLabel()
  const [open, setOpen] = useState(hops.length > 0)
  return (
    <details className="rs-evidence" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('access.advanced')}</summary>
      <p className="rs-muted">{t('access.hopsLead')}</p>
      {hops.length === 0 ? null : (
        <ol className="rs-add-hops" aria-label={t('access.hops')}>
          {hops.map(({ address, credential }, place) => {
            const where = `${address.user}@${addressText(address)}`
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a jump host is its place on the way
              <li key={place}>
                <span>
                  <code>{where}</code>
                  <small>{t('access.hopBy', { label: labelOf(credential) })}</small>
                </span>
                <Button size="small" disabled={busy} onClick={() => onRemove(place)}>
                  {t('access.removeHop', { place: where })}
                </Button>
              </li>
            )
          })}
        </ol>
      )}
      {open && hops.length < mostHops ? <NewHop key={hops.length} busy={busy} onAdd={onAdd} /> : null}
    </details>
  )
}

function NewHop({ busy, onAdd }: Pick<JumpHostsProps, 'busy' | 'onAdd'>) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [tried, setTried] = useState(false)
  const fields = useLoginFields()
  const adding = useAct()
  const address = hopAddress(typed)
  const add = () => {
    setTried(true)
    if (address === undefined) return
    const give = fields.take()
    if (give !== undefined) adding.begin('window.offerPassword', give, (login) => onAdd(address, login))
  }
  return (
    <fieldset className="rs-choices rs-form rs-add-hop">
      <Field
        label={t('access.hop')}
        hint={t('access.hopHint')}
        problem={tried && address === undefined ? t('access.hopProblem') : undefined}
      >
        {(control) => (
          <Input
            {...control}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <LoginFieldsView fields={fields} />
      <div className="rs-row">
        <Button onClick={add} disabled={!fields.complete || busy} loading={adding.busy}>
          {t('access.addHop')}
        </Button>
      </div>
      {adding.failure === undefined ? null : <FailureNote failure={adding.failure} />}
    </fieldset>
  )
}

function hopAddress(text: string): Address | undefined {
  const { host = '', port = '22', user = '', passwordDropped } = parseAddress(text) ?? { host: text }
  const judged = judgeAddress({ host, port, user })
  return judged.ok && passwordDropped === undefined ? judged.value : undefined
}

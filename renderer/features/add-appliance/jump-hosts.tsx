// The jump hosts on the way, each with its address and login, in the order in which they are gone through. The login
// of one is handed over when it is added.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Address, addressText } from '../../../shared/domain/appliance.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import type { Hop } from './add-form.ts'
import { useCredentialLabel } from './credential-label.ts'
import { LoginFieldsView } from './login-fields-view.tsx'
import { judgeAddress, parseAddress } from './parse-address.ts'
import { type HandedLogin, type LoginFields, useLoginFields } from './use-login-fields.ts'

const mostHops = 4

export type JumpHostsProps = {
  readonly hops: readonly Hop[]
  /** The address of the next one, while it is not added yet. */
  readonly typed: string
  readonly busy: boolean
  readonly onTyped: (typed: string) => void
  readonly onAdd: (address: Address, login: HandedLogin) => void
  /** Another login for the one at this place. */
  readonly onLogin: (place: number, login: HandedLogin) => void
  readonly onRemove: (place: number) => void
}

export function JumpHosts({ hops, typed, busy, onTyped, onAdd, onLogin, onRemove }: JumpHostsProps) {
  const { t } = useTranslation()
  const labelOf = useCredentialLabel()
  const [open, setOpen] = useState(hops.length > 0 || typed !== '')
  const refused = hops.findIndex((hop) => hop.refused === true)
  const asked = hops[refused]
  return (
    <details className="rs-evidence" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('access.advanced')}</summary>
      <p className="rs-muted">{t('access.hopsLead')}</p>
      {hops.length === 0 ? null : (
        <ol className="rs-add-hops" aria-label={t('access.hops')}>
          {hops.map((hop, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a jump host is its place on the way
            <li key={place}>
              <div>
                <div>
                  <code>{placeOf(hop)}</code>
                  {hop.refused === true ? (
                    <VerdictMark state="down" word={t('access.hopRefused')} />
                  ) : (
                    <small>{t('access.hopBy', { label: labelOf(hop.credential) })}</small>
                  )}
                </div>
                <Button
                  size="small"
                  disabled={busy}
                  aria-label={t('access.removeHop', { place: placeOf(hop) })}
                  onClick={() => onRemove(place)}
                >
                  {t('access.remove')}
                </Button>
              </div>
            </li>
          ))}
        </ol>
      )}
      {!open || asked === undefined ? null : (
        <HopLogin
          key={`login ${refused}`}
          place={placeOf(asked)}
          busy={busy}
          onLogin={(login) => onLogin(refused, login)}
        />
      )}
      {open && asked === undefined && hops.length < mostHops ? (
        <NewHop key={hops.length} {...{ typed, busy, onTyped, onAdd }} />
      ) : null}
    </details>
  )
}

function placeOf({ address }: Hop): string {
  return `${address.user}@${addressText(address)}`
}

type NewHopProps = Pick<JumpHostsProps, 'typed' | 'busy' | 'onTyped' | 'onAdd'>

function NewHop({ typed, busy, onTyped, onAdd }: NewHopProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const fields = useLoginFields()
  const address = hopAddress(typed)
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
            onChange={(event) => onTyped(event.target.value)}
          />
        )}
      </Field>
      <HandOver
        fields={fields}
        busy={busy}
        act={t('access.addHop')}
        allowed={() => {
          setTried(true)
          return address !== undefined
        }}
        onLogin={(login) => {
          if (address !== undefined) onAdd(address, login)
        }}
      />
    </fieldset>
  )
}

type HopLoginProps = {
  readonly place: string
  readonly busy: boolean
  readonly onLogin: (login: HandedLogin) => void
}

function HopLogin({ place, busy, onLogin }: HopLoginProps) {
  const { t } = useTranslation()
  const fields = useLoginFields()
  return (
    <fieldset className="rs-choices rs-form rs-add-hop">
      <legend>{t('access.hopLogin', { place })}</legend>
      <HandOver fields={fields} busy={busy} act={t('access.hopLoginGo')} onLogin={onLogin} />
    </fieldset>
  )
}

type HandOverProps = {
  readonly fields: LoginFields
  readonly busy: boolean
  readonly act: string
  readonly allowed?: () => boolean
  readonly onLogin: (login: HandedLogin) => void
}

function HandOver({ fields, busy, act, allowed = () => true, onLogin }: HandOverProps) {
  const handing = useAct()
  const hand = () => {
    const give = allowed() ? fields.take() : undefined
    if (give !== undefined) handing.begin(fields.call, give, onLogin)
  }
  return (
    <>
      <LoginFieldsView fields={fields} />
      <div className="rs-row">
        <Button onClick={hand} disabled={!fields.complete || busy} loading={handing.busy}>
          {act}
        </Button>
      </div>
      {handing.failure === undefined ? null : <FailureNote failure={handing.failure} />}
    </>
  )
}

function hopAddress(text: string): Address | undefined {
  const { host = '', port = '22', user = '', passwordDropped } = parseAddress(text) ?? { host: text }
  const judged = judgeAddress({ host, port, user })
  return judged.ok && passwordDropped === undefined ? judged.value : undefined
}

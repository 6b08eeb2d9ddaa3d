// Everybody with their roles, and what an administrator does about one: other roles, a new passphrase, in again, out.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Operator } from '../../../shared/domain/operator.ts'
import { providerHost } from '../../../shared/domain/provider-address.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Chip, Chips } from '../../ui/chip.tsx'
import { ChangeDialog, RemoveDialog, ResetDialog } from './operator-dialogs.tsx'
import { BindDialog } from './provider-dialog.tsx'

type Asked = { readonly about: 'change' | 'reset' | 'remove' | 'bind'; readonly operator: Operator }

export type OperatorsListProps = {
  readonly all: readonly Operator[]
  /** The name of whoever looks. */
  readonly own: string | undefined
  readonly administers: boolean
  /** Of the identity provider, where one is set. */
  readonly host: string | undefined
}

export function OperatorsList({ all, own, administers, host }: OperatorsListProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [asked, setAsked] = useState<Asked | undefined>(undefined)
  const close = () => setAsked(undefined)
  const unlock = (name: string) =>
    act.begin(
      'operators.unlock',
      () => product.operators.unlock({ name }),
      () => outdate('operators.list'),
    )
  const unbind = (name: string) =>
    act.begin(
      'operators.unbindSubject',
      () => product.operators.unbindSubject({ name }),
      () => outdate('operators.list'),
    )
  return (
    <>
      <ul className="rs-records" aria-label={t('operators.list')}>
        {all.map((one) => (
          <Row
            key={one.name}
            operator={one}
            isOwn={one.name === own}
            administers={administers}
            host={host}
            onAsk={(about) => setAsked({ about, operator: one })}
            onUnlock={() => unlock(one.name)}
            onUnbind={() => unbind(one.name)}
          />
        ))}
      </ul>
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      {asked?.about === 'change' ? <ChangeDialog operator={asked.operator} onClose={close} /> : null}
      {asked?.about === 'reset' ? <ResetDialog operator={asked.operator} onClose={close} /> : null}
      {asked?.about === 'bind' ? <BindDialog operator={asked.operator} host={host ?? ''} onClose={close} /> : null}
      {asked?.about === 'remove' ? <RemoveDialog operator={asked.operator} onClose={close} /> : null}
    </>
  )
}

type RowProps = {
  readonly operator: Operator
  readonly isOwn: boolean
  readonly administers: boolean
  readonly onAsk: (about: Asked['about']) => void
  readonly host: string | undefined
  readonly onUnlock: () => void
  readonly onUnbind: () => void
}

function Row({ operator, isOwn, administers, host, onAsk, onUnlock, onUnbind }: RowProps) {
  const { t, i18n } = useTranslation()
  const words = useWords()
  const { name, roles, grant, lastSignInAt, lockedUntil, mustChange, binding } = operator
  const time = (at: string) => new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  const act = (about: Asked['about']) => (
    <Button size="small" aria-label={words.cli.pair(t(`operators.act.${about}`), name)} onClick={() => onAsk(about)}>
      {t(`operators.act.${about}`)}
    </Button>
  )
  return (
    <li data-testid="operator">
      <div className="rs-records-head">
        <strong translate="no">{name}</strong>
        {isOwn ? <small>{t('operators.you')}</small> : null}
      </div>
      <div className="rs-records-body">
        <Chips>
          {roles.map((one) => (
            <Chip key={one}>{words.operators.roles[one]}</Chip>
          ))}
        </Chips>
        {grant === undefined ? null : (
          <small>
            {t('operators.grants', {
              publishers: words.cli.list(grant.publishers),
              appliances: words.cli.list(grant.appliances),
            })}
          </small>
        )}
        <small>
          {lastSignInAt === null ? t('operators.neverIn') : t('operators.lastIn', { time: time(lastSignInAt) })}
        </small>
        {mustChange ? <small>{t('operators.mustChange')}</small> : null}
        {binding === undefined ? null : (
          <small translate="no">
            {t('operators.bound', { host: providerHost(binding.issuer), subject: binding.subject })}
          </small>
        )}
        {lockedUntil === undefined ? null : <small>{t('operators.locked', { time: time(lockedUntil) })}</small>}
        {administers ? (
          <div className="rs-row">
            {lockedUntil === undefined ? null : (
              <Button size="small" onClick={onUnlock}>
                {t('operators.act.unlock')}
              </Button>
            )}
            {act('change')}
            {host === undefined ? null : act('bind')}
            {binding === undefined ? null : (
              <Button size="small" aria-label={words.cli.pair(t('operators.act.unbind'), name)} onClick={onUnbind}>
                {t('operators.act.unbind')}
              </Button>
            )}
            {isOwn ? null : act('reset')}
            {isOwn ? null : act('remove')}
          </div>
        ) : null}
      </div>
    </li>
  )
}

// Addresses with their pinned keys, in an order that does not move: the fingerprint whole, how it came to be trusted,
// since when, and the machine that was seen behind it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { KeptHostKey } from '../../../shared/contract/host-keys.ts'
import { addressText } from '../../../shared/domain/appliance.ts'
import { useWords } from '../../console/console-context.tsx'
import { useIsDemo } from '../../console/demo/demo-mark.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import type { HostRow } from './host-rows.ts'
import type { Forgettable } from './known-hosts-screen.tsx'

export type HostListProps = {
  readonly rows: readonly HostRow[]
  readonly onForget: (place: Forgettable) => void
}

export function HostList({ rows, onForget }: HostListProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  if (rows.length === 0) return <p className="rs-muted">{t('hosts.nothingFound')}</p>
  return (
    <ul className="rs-records" aria-label={t('hosts.pinned')}>
      {rows.map((row) => (
        <li key={addressText(row)} data-testid="known-host">
          <div className="rs-records-head">
            <strong>{addressText(row)}</strong>
            {row.names.length === 0 ? (
              <small>{t('hosts.unused')}</small>
            ) : (
              <Chips>
                {row.names.map((name) => (
                  <Chip key={name}>{name}</Chip>
                ))}
              </Chips>
            )}
          </div>
          <div className="rs-records-body">
            {row.keys.map((key) => (
              <KeyFacts key={`${key.keyType} ${key.fingerprint}`} hostKey={key} name={row.names[0]} />
            ))}
          </div>
          <Button
            size="small"
            aria-label={cli.pair(t('hosts.forget'), addressText(row))}
            onClick={() => onForget({ host: row.host, port: row.port, names: row.names })}
          >
            {t('hosts.forget')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

type KeyFactsProps = {
  readonly hostKey: KeptHostKey
  /** Of an appliance that uses it. */
  readonly name: string | undefined
}

function KeyFacts({ hostKey: { keyType, fingerprint, machineId, since, source }, name }: KeyFactsProps) {
  const { t, i18n } = useTranslation()
  // Nobody compares the key of a demo appliance: this console made it.
  const isDemo = useIsDemo(name) === true
  const date = since === undefined ? undefined : new Date(since).toLocaleDateString(i18n.language, dateForm)
  const why = t(`hosts.source.${isDemo ? 'demo' : (source ?? 'unknown')}`)
  return (
    <div>
      <span className="rs-hosts-type">{keyType}</span> <code>{fingerprint}</code>
      <small>
        {date === undefined ? why : t('hosts.since', { why, date })}
        {' · '}
        {machineId === undefined ? t('hosts.noMachine') : t('hosts.machine', { id: machineId })}
      </small>
    </div>
  )
}

const dateForm = { year: 'numeric', month: 'short', day: 'numeric' } as const

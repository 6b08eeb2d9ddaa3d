// Lines of imported known_hosts files. A list may have thousands: as many as can be read are shown, the search finds
// the others.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportedHostKey } from '../../../shared/contract/host-keys.ts'
import { useWords } from '../../console/console-context.tsx'
import { placeOfLine } from './host-rows.ts'
import type { Forgettable } from './known-hosts-screen.tsx'

const mostShown = 100

export type ImportedListProps = {
  readonly lines: readonly ImportedHostKey[]
  readonly onForget: (place: Forgettable) => void
}

export function ImportedList({ lines, onForget }: ImportedListProps) {
  const { t } = useTranslation()
  if (lines.length === 0) return <p className="rs-muted">{t('hosts.nothingFound')}</p>
  const left = lines.length - mostShown
  return (
    <>
      <p className="rs-muted">{t('hosts.importedLead')}</p>
      <ul className="rs-records" aria-label={t('hosts.importedLines')}>
        {lines.slice(0, mostShown).map((line) => (
          <Line key={JSON.stringify(line)} line={line} onForget={onForget} />
        ))}
      </ul>
      {left > 0 ? <p className="rs-muted">{t('hosts.more', { count: left })}</p> : null}
    </>
  )
}

type LineProps = { readonly line: ImportedHostKey; readonly onForget: ImportedListProps['onForget'] }

function Line({ line, onForget }: LineProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { hosts, keyType, fingerprint, revoked } = line
  const hashed = hosts.startsWith('|')
  const place = placeOfLine(line)
  return (
    <li data-testid="imported-line">
      <div className="rs-records-head">
        {hashed ? <span className="rs-muted">{t('hosts.hashed')}</span> : <strong>{hosts}</strong>}
        {revoked === true ? <small className="rs-hosts-revoked">{t('hosts.revoked')}</small> : null}
      </div>
      <div className="rs-records-body">
        <div>
          <span className="rs-hosts-type">{keyType}</span> <code>{fingerprint}</code>
        </div>
      </div>
      {place === undefined || revoked === true ? (
        <small>{revoked === true ? t('hosts.stays') : hashed ? '' : t('hosts.pattern')}</small>
      ) : (
        <Button
          size="small"
          aria-label={cli.pair(t('hosts.forget'), hosts)}
          onClick={() => onForget({ ...place, names: [] })}
        >
          {t('hosts.forget')}
        </Button>
      )}
    </li>
  )
}

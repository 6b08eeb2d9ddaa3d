// The host keys that this console trusts: which address, whose, since when and why; forget one, bring in and take out
// OpenSSH's known_hosts.
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportedHostKey, KeptHostKey } from '../../../shared/contract/host-keys.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ExportPanel } from './export-panel.tsx'
import { ForgetDialog } from './forget-dialog.tsx'
import { HostList } from './host-list.tsx'
import { type HostAddress, hostRows, isFound, textsOfRow } from './host-rows.ts'
import { ImportPanel } from './import-panel.tsx'
import { ImportedList } from './imported-list.tsx'
import './known-hosts.css'

export function KnownHostsScreen() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['hostKeys.list'], ask: () => product.hostKeys.list({}) })
  if (answer.state === 'waiting') return <Page title={t('hosts.title')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('hosts.title')}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  return <KnownHosts {...answer.value} />
}

type KnownHostsProps = { readonly pinned: readonly KeptHostKey[]; readonly imported: readonly ImportedHostKey[] }

export type Forgettable = HostAddress & { readonly names: readonly string[] }

function KnownHosts({ pinned, imported }: KnownHostsProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [forgetting, setForgetting] = useState<Forgettable | undefined>(undefined)
  const rows = hostRows(pinned)
  const found = rows.filter((row) => isFound(typed, textsOfRow(row)))
  const lines = imported.filter(({ hosts, keyType, fingerprint }) => isFound(typed, [hosts, keyType, fingerprint]))
  const empty = rows.length === 0 && imported.length === 0
  return (
    <Page title={t('hosts.titleCount', { count: rows.length })} lead={t('hosts.lead')}>
      <div className="rs-stack">
        {empty ? <EmptyState title={t('hosts.emptyTitle')}>{t('hosts.emptyLead')}</EmptyState> : null}
        {empty ? null : <Search typed={typed} onTyped={setTyped} />}
        {rows.length === 0 ? null : (
          <Panel title={t('hosts.pinned')}>
            <HostList rows={found} onForget={setForgetting} />
          </Panel>
        )}
        {imported.length === 0 ? null : (
          <Panel title={t('hosts.imported', { count: imported.length })}>
            <ImportedList lines={lines} onForget={setForgetting} />
          </Panel>
        )}
        <ImportPanel />
        <ExportPanel />
      </div>
      {forgetting === undefined ? null : <ForgetDialog {...forgetting} onClose={() => setForgetting(undefined)} />}
    </Page>
  )
}

function Search({ typed, onTyped }: { readonly typed: string; readonly onTyped: (typed: string) => void }) {
  const { t } = useTranslation()
  return (
    <div className="rs-hosts-search">
      <Field label={t('hosts.search')}>
        {(control) => (
          <Input
            {...control}
            type="search"
            value={typed}
            placeholder={t('hosts.searchHint')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onTyped(event.target.value)}
          />
        )}
      </Field>
    </div>
  )
}

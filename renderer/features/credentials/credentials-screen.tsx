// The logins that are kept on this computer: whether they can be used now, what is kept and by whom it is used, and
// the acts on the vault that keeps them.
import { useTranslation } from 'react-i18next'
import type { VaultStateView } from '../../../shared/contract/vault.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { LockVault } from '../../console/lock-vault.tsx'
import { useVaultState } from '../../console/vault-state.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ChangePassphrase } from './change-passphrase.tsx'
import { CreateVault } from './create-vault.tsx'
import { KeptList } from './kept-list.tsx'
import { UnlockVault } from './unlock-vault.tsx'
import './credentials.css'

export function CredentialsScreen() {
  const { t } = useTranslation()
  const { answer, askAgain } = useVaultState()
  if (answer.state === 'waiting') return <Page title={t('credentials.title')} narrow />
  if (answer.state === 'failed') {
    return (
      <Page title={t('credentials.title')} narrow>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  const { value: vault, atMs } = answer
  const words = titles[vault.state]
  return (
    <Page
      title={t(`credentials.title${words}`)}
      lead={t(`credentials.lead${words}`)}
      actions={vault.state === 'unlocked' ? <LockVault /> : undefined}
      narrow
    >
      <div className="rs-stack">
        <p className="rs-muted">{t('credentials.memory')}</p>
        {vault.state === 'none' ? <CreateVault keychain={vault.keychain} /> : null}
        {vault.state === 'locked' ? <UnlockVault vault={vault} atMs={atMs} /> : null}
        {vault.state === 'unlocked' ? <KeptList /> : null}
        {vault.state === 'none' ? null : <VaultFacts vault={vault} />}
        {vault.state === 'unlocked' ? <ChangePassphrase vault={vault} atMs={atMs} /> : null}
      </div>
    </Page>
  )
}

const titles = { none: 'None', locked: 'Locked', unlocked: 'Unlocked' } as const

function VaultFacts({ vault }: { readonly vault: VaultStateView }) {
  const { t } = useTranslation()
  const { state, protection, keychain, entries } = vault
  const kept = entries === null ? [] : [{ label: t('credentials.entries'), value: known(entries) }]
  return (
    <Panel title={t('credentials.vault')}>
      <FactList
        facts={[
          { label: t('credentials.state'), value: known(t(`credentials.states.${state}`)) },
          {
            label: t('credentials.protection'),
            value: known(protection === null ? undefined : t(`credentials.protections.${protection}`)),
          },
          ...kept,
          {
            label: t('credentials.keychain'),
            value: known(t(keychain ? 'credentials.keychainYes' : 'credentials.keychainNo')),
          },
        ]}
      />
    </Panel>
  )
}

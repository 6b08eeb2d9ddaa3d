// The vault and the logins kept in it, in every state.
import { RemoveDialog } from '../../../../renderer/features/credentials/remove-dialog.tsx'
import type { KeptCredential, VaultStateView } from '../../../../shared/contract/vault.ts'
import { answers, fails, type Script } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'
import { about } from '../scripted.ts'
import { keptLogins, locked, noVault, unlocked } from '../scripted-trust.ts'

const path = '/settings/credentials'
const nothing = () => undefined

function vault(state: VaultStateView, kept: KeptCredential[] = keptLogins): Script {
  return { window: about, vault: { state: answers(state), list: answers(kept) } }
}
const at = (state: VaultStateView, kept?: KeptCredential[]): Scene => ({ path, script: vault(state, kept) })
const dialog = (kept: KeptCredential | undefined): Scene => ({
  script: vault(unlocked),
  render: () => (kept === undefined ? null : <RemoveDialog kept={kept} onRemoved={nothing} onClose={nothing} />),
})

export const scenes: Scenes = {
  none: at(noVault),
  'none-keychain': at({ ...noVault, keychain: true }),
  locked: at(locked),
  'locked-waiting': at({ ...locked, waitSeconds: 27 }),
  'locked-keychain': at({ ...locked, protection: 'keychain', keychain: true }),
  unlocked: at(unlocked),
  'unlocked-keychain': at({ ...unlocked, protection: 'keychain', keychain: true }),
  'unlocked-empty': at({ ...unlocked, entries: 0 }, []),
  damaged: {
    path,
    script: {
      window: about,
      vault: {
        state: fails({ kind: 'vault-damaged', file: '/home/ops/.local/share/rackside/vault', detail: 'cut short' }),
      },
    },
  },
  remove: dialog(keptLogins[2]),
  'remove-used': dialog(keptLogins[0]),
}

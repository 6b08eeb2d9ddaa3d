// The vault, asked for where something is to be kept in it or used from it.
import { VaultPrompt, type VaultReason } from '../../../../renderer/console/vault-prompt.tsx'
import type { VaultStateView } from '../../../../shared/contract/vault.ts'
import { answers, waits } from '../pretend-console.ts'
import type { Scene, Scenes } from '../scene.ts'

const nothing = () => undefined

function prompt(reason: VaultReason, protection: VaultStateView['protection'], waitSeconds = 0): Scene {
  const state = protection === null ? 'none' : 'locked'
  return {
    script: { vault: { state: answers({ state, protection, entries: null, waitSeconds, keychain: false }) } },
    render: () => <VaultPrompt open reason={reason} onDone={nothing} onCancel={nothing} />,
  }
}

export const scenes: Scenes = {
  make: prompt('vault-missing', null),
  unlock: prompt('vault-locked', 'passphrase'),
  'unlock-waiting': prompt('vault-locked', 'passphrase', 27),
  asking: { ...prompt('vault-locked', 'passphrase'), script: { vault: { state: waits() } } },
  keychain: prompt('vault-locked', 'keychain'),
}

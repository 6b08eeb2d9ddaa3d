// Making and opening the vault, for the page and for the dialog that asks in the middle of something else: a passphrase
// leaves its field when it is handed over, whether it was the right one or not.
import { useState } from 'react'
import type { VaultStateView } from '../../shared/contract/vault.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { useConsole } from './console-context.tsx'
import { isSame, type NewPassphrase, noPassphrase } from './passphrase-field.tsx'
import { usePassphraseProblem } from './passphrase-problem.ts'
import { useAct } from './use-act.ts'
import { useSecondsLeft, useVaultChanged } from './vault-state.ts'

type VaultAct<Typed> = {
  readonly typed: Typed
  readonly setTyped: (typed: Typed) => void
  /** What is said beside the field. */
  readonly problem: string | undefined
  readonly ready: boolean
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly go: () => void
}

export function useMakeVault(onDone: () => void): VaultAct<NewPassphrase> {
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [typed, setTyped] = useState(noPassphrase)
  const go = () => {
    const { once: passphrase } = typed
    setTyped(noPassphrase)
    act.begin(
      'window.createVault',
      () => window.createVault({ passphrase }),
      () => {
        changed('unlocked')
        onDone()
      },
    )
  }
  const problem = usePassphraseProblem(act.failure, 0)
  return { typed, setTyped, problem, ready: isSame(typed), busy: act.busy, failure: act.failure, go }
}

/** `vault` as it was at `atMs`; undefined while that is not known. */
export function useUnlockVault(
  vault: VaultStateView | undefined,
  atMs: number,
  onDone: () => void,
): VaultAct<string> & { readonly byKeychain: boolean } {
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [typed, setTyped] = useState('')
  const secondsLeft = useSecondsLeft(vault?.waitSeconds ?? 0, atMs)
  const problem = usePassphraseProblem(act.failure, secondsLeft)
  const byKeychain = vault?.protection === 'keychain'
  const go = () => {
    const passphrase = typed
    setTyped('')
    act.begin(
      'window.unlockVault',
      async () => {
        const unlocked = await window.unlockVault(byKeychain ? {} : { passphrase })
        // A wrong one may have begun a waiting time.
        if (!unlocked.ok) changed()
        return unlocked
      },
      () => {
        changed('unlocked')
        onDone()
      },
    )
  }
  const ready = byKeychain || (typed !== '' && secondsLeft === 0)
  return { typed, setTyped, problem, ready, busy: act.busy, failure: act.failure, go, byKeychain }
}

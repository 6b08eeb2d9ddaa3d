// The vault as screens see it: asked again and again, since it locks by itself, and at once after each act on it.
import type { VaultStateView } from '../../shared/contract/vault.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { useNow } from '../ui/age.tsx'
import { type Answer, useAnswer, useOutdate } from './answers.ts'
import { useConsole } from './console-context.tsx'

const askEveryMs = 10_000

export function useVaultState(): { readonly answer: Answer<VaultStateView>; readonly askAgain: () => void } {
  const { product } = useConsole()
  return useAnswer({ key: ['vault.state'], ask: () => product.vault.state({}), everyMs: askEveryMs })
}

export function useVaultChanged(): (unlocked?: 'unlocked') => void {
  const outdate = useOutdate()
  return (unlocked) => {
    outdate('vault.state')
    outdate('vault.list')
    // What was refused for a locked vault would stay refused until it is asked again.
    if (unlocked !== undefined) outdate()
  }
}

/** Whole seconds until the next passphrase is tried, counting down; 0 when one is tried now. */
export function useSecondsLeft(waitSeconds: number, atMs: number): number {
  const nowMs = useNow(1000)
  return waitSeconds === 0 ? 0 : Math.max(0, Math.ceil(waitSeconds - (nowMs - atMs) / 1000))
}

/** What is said beside the field, and not as a failure of its own. */
export function isAboutPassphrase(failure: Failure | undefined): boolean {
  return failure?.kind === 'vault-passphrase-wrong' || failure?.kind === 'vault-passphrase-unusable'
}

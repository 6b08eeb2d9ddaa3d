// What sudo refused, remembered for as long as the console lives: a password that was wrong once is not sent a
// second time, on no link and after no reconnect, until a person acts. The common locks (pam_faillock) let three
// pass. One password is on its way to a place at a time, or eight channels would be wrong at once.
import type { Address } from '../../shared/domain/appliance.ts'
import type { Secret } from '../../shared/domain/command.ts'
import type { Failure } from '../../shared/domain/failure.ts'

export type SudoRefusals = {
  /** What this password met there; undefined for one that was not refused, another password included. */
  refusalOf(address: Address, password: Secret): Failure | undefined
  remember(address: Address, password: Secret, failure: Failure): void
  /** Resolves when no other password is on its way there; what it gives ends the turn. */
  turn(address: Address): Promise<() => void>
  /** A person acts. */
  forget(address: Pick<Address, 'host' | 'port'>): void
}

type Refusal = { readonly address: Address; readonly password: Secret; readonly failure: Failure }

export function sudoRefusals(): SudoRefusals {
  const refusals = new Map<string, Refusal>()
  const turns = new Map<string, Promise<void>>()
  return {
    refusalOf: (address, password) => {
      const known = refusals.get(accountOf(address))
      return known?.password.reveal() === password.reveal() ? known.failure : undefined
    },
    remember: (address, password, failure) => void refusals.set(accountOf(address), { address, password, failure }),
    turn: async (address) => {
      const account = accountOf(address)
      const before = turns.get(account)
      let end: () => void = () => undefined
      const mine = new Promise<void>((resolve) => {
        end = resolve
      })
      const all = (before ?? Promise.resolve()).then(() => mine)
      turns.set(account, all)
      void all.then(() => turns.get(account) === all && turns.delete(account))
      await before
      return end
    },
    forget: ({ host, port }) => {
      for (const [account, { address }] of refusals) {
        if (address.host === host && address.port === port) refusals.delete(account)
      }
    },
  }
}

function accountOf({ user, host, port }: Address): string {
  return `${user}@${host}:${port}`
}

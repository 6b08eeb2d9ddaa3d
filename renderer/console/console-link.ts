// The console as a page holds it: the product's contract and the shell's window calls as functions. How
// they travel (WebSocket, MessagePort, a pretend console in a test) is decided once, where the page starts.
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract/contract.ts'
import type { WindowContract } from '../../shared/contract/window.ts'
import type { FailureOf } from '../../shared/domain/failure.ts'

export type ConsoleCalls = {
  readonly product: ContractRouterClient<Contract>
  readonly window: ContractRouterClient<WindowContract>
}

/** `lost`: broken, and tried again by itself. `refused`: this page has no valid key and never will. */
export type LinkState =
  | { readonly state: 'connecting' | 'open' }
  | { readonly state: 'lost'; readonly sinceMs: number }
  | { readonly state: 'refused'; readonly failure: FailureOf<'window-refused'> }

export type ConsoleLink = {
  readonly calls: ConsoleCalls
  /** The state now; the same object until it changes. */
  readonly state: () => LinkState
  /** Calls back on every change; returns the way to stop. */
  readonly onChange: (listener: () => void) => () => void
  close(): void
}

// What every use case works with: the state of this console, the way to an appliance, and time and ids
// as values, so that tests decide what they are.
import type { Role } from '../../shared/contract/call.ts'
import type { Address, HostKeyPin } from '../../shared/domain/appliance.ts'
import type { Secret } from '../../shared/domain/command.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { OfferedKey } from '../connect/known-hosts.ts'
import type { Audit } from '../store/audit.ts'
import type { State } from '../store/state.ts'
import type { ConsoleRuns } from './console-runs.ts'
import type { Demos } from './demos.ts'
import type { Lasting } from './lasting.ts'
import type { Watches } from './observe.ts'
import type { RunsInProgress } from './progress.ts'
import type { Sessions } from './sessions.ts'

export type CoreTools = {
  /** The login name of the user who runs this process. */
  readonly user: string
  /** Where this user keeps SSH keys. */
  readonly sshFolder: string
  /** UTC, ISO 8601 with milliseconds. */
  readonly now: () => string
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Eight random lower-case hex digits. */
  readonly randomId: () => string
  readonly sha256: (text: string) => string
}

export type Core = {
  readonly state: State
  readonly audit: Audit
  readonly sessions: Sessions
  /** The host key that an address shows, before anybody logs in. */
  readonly hostKeyAt: (
    address: Address,
    pins: readonly HostKeyPin[],
    weakAlgorithms?: boolean,
  ) => Promise<Result<OfferedKey>>
  readonly tools: CoreTools
  /** Passwords live here and nowhere else; they end with the process. */
  readonly passwords: Map<string, Secret>
  /** The same for private keys that came as text. */
  readonly privateKeys: Map<string, Secret>
  /** Where bundles are looked for; the user of this computer may name another folder. */
  readonly importPlace: { folder: string }
  readonly runs: RunsInProgress
  readonly consoleRuns: ConsoleRuns
  readonly watches: Watches
  readonly lasting: Lasting
  readonly demos: Demos
}

/** Who calls: set by the shell that carries the call, never by the caller. */
export type CallContext = {
  readonly core: Core
  readonly operator: string
  readonly role: Role
}

// What every use case works with: the state of this console, the way to an appliance, and time and ids
// as values, so that tests decide what they are.
import type { Role } from '../../shared/contract/call.ts'
import type { Secret } from '../../shared/domain/command.ts'
import type { Audit } from '../store/audit.ts'
import type { State } from '../store/state.ts'
import type { RunsInProgress } from './progress.ts'
import type { Sessions } from './sessions.ts'

export type CoreTools = {
  /** The login name of the user who runs this process. */
  readonly user: string
  /** UTC, ISO 8601 with milliseconds. */
  readonly now: () => string
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly pause: (milliseconds: number) => Promise<void>
  /** Eight random lower-case hex digits. */
  readonly randomId: () => string
  readonly sha256: (text: string) => string
}

export type Core = {
  readonly state: State
  readonly audit: Audit
  readonly sessions: Sessions
  readonly tools: CoreTools
  /** Passwords live here and nowhere else; they end with the process. */
  readonly passwords: Map<string, Secret>
  readonly runs: RunsInProgress
}

/** Who calls: set by the shell that carries the call, never by the caller. */
export type CallContext = {
  readonly core: Core
  readonly operator: string
  readonly role: Role
}

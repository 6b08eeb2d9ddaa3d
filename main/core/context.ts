// What every use case works with: the state of this console and the way to an appliance. Its parts know nothing of one
// another, nor of this.
import type { Access, Address } from '../../shared/domain/appliance.ts'
import type { Entry } from '../../shared/domain/entry.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { InTurn } from '../../shared/domain/in-turn.ts'
import type { Recording } from '../../shared/domain/recording.ts'
import { everyRight } from '../../shared/domain/role.ts'
import type { SharedReading } from '../catalog/shared-reading.ts'
import type { KnownKeys, OfferedKey } from '../connect/known-hosts.ts'
import type { SudoRefusals } from '../connect/sudo-refusals.ts'
import type { Audit } from '../store/audit/audit.ts'
import type { Sessions } from './access/sessions.ts'
import type { CoreAlerts } from './alerts/open-alerts.ts'
import type { Background } from './background/watched-over.ts'
import type { Benches } from './bench/benches.ts'
import type { Imports } from './bundles/running-imports.ts'
import type { CoreTools } from './core-tools.ts'
import type { Demos } from './demo/demos.ts'
import type { Offers } from './desk/offers.ts'
import type { FailingStarts } from './failing-starts.ts'
import type { HistoryKeeper } from './history/history-keeper.ts'
import type { LastLooks } from './last-looks.ts'
import type { Lasting } from './lasting.ts'
import type { LogFollows } from './logs/log-follows.ts'
import type { Caller, Who } from './operators/caller.ts'
import type { Operators } from './operators/operators.ts'
import type { ProviderSignIns } from './operators/provider-attempts.ts'
import type { Strangers } from './operators/sign-in.ts'
import type { Rollouts } from './rollout/rollouts.ts'
import type { ConsoleRuns } from './runs/console-runs.ts'
import type { HeldSupport } from './support/held.ts'
import type { Terminals } from './terminal/terminals.ts'
import type { Watches } from './watches.ts'

/** What was offered lives here and nowhere else; it ends with the process. */
export type Core = Offers & {
  readonly audit: Audit
  /** Who may use this console, and who is signed in. */
  readonly operators: Operators
  /** Names that nobody has, and how often they were tried. */
  readonly strangers: Strangers
  /** What was begun at the identity provider, and has not come back. */
  readonly providerSignIns: ProviderSignIns
  /** What somebody asked to see and may not, and has a line in the audit. */
  readonly refusedLooks: Set<string>
  readonly sessions: Sessions
  /** The host key that an address shows, before anybody logs in. */
  readonly hostKeyAt: (
    place: { readonly address: Address } & Pick<Access, 'via' | 'weakAlgorithms'>,
    known: KnownKeys,
  ) => Promise<Result<OfferedKey>>
  readonly tools: CoreTools
  readonly sudoRefusals: SudoRefusals
  /** Where bundles are looked for; the user of this computer may name another folder. */
  readonly importPlace: { folder: string }
  /** Of artifacts: appliances that get the same one at the same time share it. */
  readonly reading: SharedReading
  /** Bundles that were brought as files, and what is being imported of them. */
  readonly imports: Imports
  readonly consoleRuns: ConsoleRuns
  readonly rollouts: Rollouts
  /** What is being measured under load, and was until a moment ago. */
  readonly benches: Benches
  /** Containers, by id and start, of models that were planned on accelerators and took the processor. */
  readonly tookProcessor: Set<string>
  /** Logs that are being read. */
  readonly logs: LogFollows
  /** Terminals that are open. */
  readonly terminals: Terminals
  readonly watches: Watches
  /** What is watched whichever page is open. */
  readonly background: Background
  /** What was measured, on the disk of this console. */
  readonly history: HistoryKeeper
  /** By appliance, as the history names it: up to when its recorder was read, since this console was opened. */
  readonly fetchedUntil: Map<string, number>
  /** What is wrong, and who is told of it. */
  readonly alerts: CoreAlerts
  readonly lasting: Lasting
  /** Services that crash whenever they start. */
  readonly failingStarts: FailingStarts
  readonly lastLooks: LastLooks
  /** What comes with this console, read once: it does not change while it runs. */
  readonly builtIn: () => Result<readonly Entry[]>
  readonly demos: Demos
  /** Recordings that stand in the place of appliances, by id. */
  readonly replays: Map<string, Recording>
  /** Keys of its own are made one after the other: the next one finds what the last one left. */
  readonly ownKeysInTurn: InTurn
  /** Support bundles that somebody looks at, by id. */
  readonly supports: Map<string, HeldSupport>
  /** One backup is written after the other. */
  readonly backupsInTurn: InTurn
}

/** What a shell says of a call. Who it is, and what they may, is the gate's to find out. */
export type CallSource = { readonly core: Core; readonly caller: Caller }

/** What a use case knows of its call: `who` has passed the gate; `operator` is how the audit names them. */
export type CallContext = {
  readonly core: Core
  readonly operator: string
  readonly who: Who
}

/** Of what this console does by itself, in the name of its own user. */
export function ownContext(core: Core, operator: string): CallContext {
  return { core, operator, who: { operator, rights: everyRight, roles: [] } }
}

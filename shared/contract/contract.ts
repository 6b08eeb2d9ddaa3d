// The table of contents of the product: every call and stream between a shell and the core. Nothing in
// it takes a command or a path; bundles and credentials are named by ids that this computer's user
// obtained by a native dialog, by the CLI, or from the import folder (see desk.ts).
import { acceptanceCalls } from './acceptance.ts'
import { alertsCalls } from './alerts.ts'
import { appliancesCalls } from './appliances.ts'
import { approvalsCalls } from './approvals.ts'
import { auditCalls } from './audit.ts'
import { backupCalls } from './backup.ts'
import { benchCalls } from './bench.ts'
import { bundlesCalls } from './bundles.ts'
import { canaryCalls } from './canary.ts'
import { catalogCalls } from './catalog.ts'
import { connect } from './connect.ts'
import { demoCalls } from './demo.ts'
import { evaluationCalls } from './evaluation.ts'
import { hostKeys } from './host-keys.ts'
import { logCalls } from './logs.ts'
import { notificationCalls } from './notifications.ts'
import { observeCalls } from './observe.ts'
import { operatorsCalls } from './operators.ts'
import { ownKeyCalls } from './own-key.ts'
import { privilegeCalls } from './privilege.ts'
import { publisherCalls } from './publishers.ts'
import { recorderCalls } from './recorder.ts'
import { recordingCalls } from './recordings.ts'
import { rolloutCalls } from './rollout.ts'
import { setupCalls } from './setup.ts'
import { supportCalls } from './support.ts'
import { target } from './target.ts'
import { terminalCalls } from './terminal.ts'
import { upkeepCalls } from './upkeep.ts'
import { vaultCalls } from './vault.ts'

export type { Target } from './target.ts'

/** Named group by group: the compiler writes no type as long as all of them together. */
type Calls = {
  readonly connect: typeof connect
  readonly appliances: typeof appliancesCalls
  readonly hostKeys: typeof hostKeys
  readonly bundles: typeof bundlesCalls
  readonly catalog: ReturnType<typeof catalogCalls>
  readonly setup: typeof setupCalls
  readonly acceptance: ReturnType<typeof acceptanceCalls<typeof target>>
  readonly bench: ReturnType<typeof benchCalls<typeof target>>
  readonly canary: ReturnType<typeof canaryCalls<typeof target>>
  readonly evaluation: ReturnType<typeof evaluationCalls<typeof target>>
  readonly logs: ReturnType<typeof logCalls<typeof target>>
  readonly terminal: ReturnType<typeof terminalCalls<typeof target>>
  readonly rollouts: typeof rolloutCalls
  readonly upkeep: ReturnType<typeof upkeepCalls>
  readonly privilege: ReturnType<typeof privilegeCalls<typeof target>>
  readonly recorder: ReturnType<typeof recorderCalls<typeof target>>
  readonly recordings: ReturnType<typeof recordingCalls<typeof target>>
  readonly demo: typeof demoCalls
  readonly vault: typeof vaultCalls
  readonly backup: typeof backupCalls
  readonly support: typeof supportCalls
  readonly ownKey: typeof ownKeyCalls
  readonly observe: typeof observeCalls
  readonly publishers: typeof publisherCalls
  readonly alerts: typeof alertsCalls
  readonly notifications: typeof notificationCalls
  readonly audit: typeof auditCalls
  readonly operators: typeof operatorsCalls
  readonly approvals: typeof approvalsCalls
}

export const contract: Calls = {
  connect,
  appliances: appliancesCalls,
  hostKeys,
  bundles: bundlesCalls,
  catalog: catalogCalls(target),
  setup: setupCalls,
  acceptance: acceptanceCalls(target),
  bench: benchCalls(target),
  canary: canaryCalls(target),
  evaluation: evaluationCalls(target),
  logs: logCalls(target),
  terminal: terminalCalls(target),
  rollouts: rolloutCalls,
  upkeep: upkeepCalls(target),
  privilege: privilegeCalls(target),
  recorder: recorderCalls(target),
  recordings: recordingCalls(target),
  demo: demoCalls,
  vault: vaultCalls,
  backup: backupCalls,
  support: supportCalls,
  ownKey: ownKeyCalls,
  observe: observeCalls,
  publishers: publisherCalls,
  alerts: alertsCalls,
  notifications: notificationCalls,
  audit: auditCalls,
  operators: operatorsCalls,
  approvals: approvalsCalls,
}

/** Role and stream kind apart, a call is found by its path: "setup.apply". */
export type Contract = typeof contract

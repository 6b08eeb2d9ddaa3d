// Puts the core together from a state folder and the tools of this process.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { oneAtATime } from '../../shared/domain/in-turn.ts'
import type { Recording } from '../../shared/domain/recording.ts'
import { openCatalog } from '../catalog/read-entries.ts'
import { sharedReading } from '../catalog/shared-reading.ts'
import { connectLocal } from '../connect/local.ts'
import { sudoRefusals } from '../connect/sudo-refusals.ts'
import { replayConnection } from '../facts/replay.ts'
import { openAudit } from '../store/audit/audit.ts'
import { operatorsIn } from '../store/operators.ts'
import { secretFileIn } from '../store/secret-file.ts'
import { openState } from '../store/state.ts'
import { usualLogN } from '../vault/passphrase.ts'
import { openVault } from '../vault/vault.ts'
import { connectWith, hostKeyAt, type LoginKeeper } from './access/login.ts'
import { isLocal, isReplay, type Opening } from './access/opening.ts'
import { sessionsOver } from './access/sessions.ts'
import { openAlerts } from './alerts/open-alerts.ts'
import { namingAppliances } from './audit/audited-appliance.ts'
import { checkpointIfExported } from './audit/keep-audit.ts'
import { stopBackground } from './background/background.ts'
import { noBackground } from './background/watched-over.ts'
import { benchesGoing } from './bench/benches.ts'
import { stopImports } from './bundles/imports.ts'
import { noImports } from './bundles/running-imports.ts'
import type { Core } from './context.ts'
import type { CoreTools } from './core-tools.ts'
import { demosIn } from './demo/demos.ts'
import { letGoRefused } from './desk/offers.ts'
import { failingStarts } from './failing-starts.ts'
import { historyKeeper } from './history/history-keeper.ts'
import { lastLooks } from './last-looks.ts'
import { lastingVerdicts } from './lasting.ts'
import { logFollows } from './logs/log-follows.ts'
import { newsOfRun } from './notifications/run-news.ts'
import { openOperators } from './operators/operators.ts'
import { providerSignIns } from './operators/provider-attempts.ts'
import { replayOf } from './recordings.ts'
import { refusedStop } from './refusals.ts'
import { rollouts } from './rollout/rollouts.ts'
import { consoleRuns } from './runs/console-runs.ts'
import { openTerminals } from './terminal/terminals.ts'
import { noWatches, stopWatches } from './watches.ts'

/** An unlocked vault of which no secret is used for so long locks itself. */
const vaultIdleMilliseconds = 15 * 60_000

export function openCore(stateFolder: string, tools: CoreTools): Core {
  const state = openState(stateFolder)
  const audit = namingAppliances(openAudit(stateFolder), state)
  const { passphraseLogN: logN = usualLogN } = tools
  const operators = openOperators(operatorsIn(secretFileIn(stateFolder, 'operators.json')), {
    ...{ now: tools.now, sha256: tools.sha256, random: randomBytes, logN },
  })
  const vault = openVault({
    ...{ now: tools.now, clock: tools.clock, pause: tools.pause, keychain: tools.keychain, random: randomBytes },
    ...{ disk: secretFileIn(stateFolder, 'vault.json'), logN },
    idleMilliseconds: tools.keepsVaultOpen === true ? undefined : vaultIdleMilliseconds,
  })
  const keeper: LoginKeeper = {
    ...{ state, audit, tools, vault, agentLocation: tools.agentLocation, sudoRefusals: sudoRefusals() },
    ...{ passwords: new Map(), privateKeys: new Map(), passphrases: new Map(), answers: new Map() },
  }
  const demos = demosIn(state, tools)
  /** A demo appliance of this console may have moved. Behind a jump host its address is another machine's. */
  const whereItIs = async <P extends Pick<Opening, 'address' | 'via'>>(place: P): Promise<Result<P>> => {
    if (place.via !== undefined) return ok(place)
    const address = await demos.awake(place.address)
    return address.ok ? ok({ ...place, address: address.value }) : address
  }
  const replays = new Map<string, Recording>()
  const sessions = sessionsOver(async (opening, onStage) => {
    if (isReplay(opening)) {
      const recording = replayOf(replays, opening.credentialId)
      return recording.ok ? ok(replayConnection(recording.value)) : recording
    }
    if (isLocal(opening)) return localConnection(tools, opening)
    const awake = await whereItIs(opening)
    if (!awake.ok) return awake
    const connected = await connectWith(keeper, awake.value, { onStage })
    if (connected.ok) return ok(connected.value.connection)
    const { failure } = connected
    const refused = failure.kind === 'login-refused' ? refusedStop(awake.value, failure) : undefined
    if (refused !== undefined) letGoRefused(keeper, refused.credentialId)
    return connected
  }, tools)
  return {
    ...keeper,
    operators,
    strangers: new Map(),
    providerSignIns: providerSignIns(),
    refusedLooks: new Set(),
    sessions,
    hostKeyAt: async (place, known) => {
      const now = await whereItIs(place)
      return now.ok ? hostKeyAt(keeper, now.value, known) : now
    },
    tools,
    importPlace: { folder: join(stateFolder, 'import') },
    reading: sharedReading(),
    imports: noImports(),
    consoleRuns: consoleRuns({
      nowMs: () => Date.parse(tools.now()),
      onEnd: (run, failure) => state.news.note(newsOfRun(run, { failure, atMs: Date.parse(tools.now()) })),
    }),
    rollouts: rollouts(),
    benches: benchesGoing(tools.clock),
    tookProcessor: new Set(),
    logs: logFollows(),
    terminals: openTerminals(),
    watches: noWatches(),
    background: noBackground(),
    history: historyKeeper(stateFolder, tools),
    fetchedUntil: new Map(),
    alerts: openAlerts({ state, vault, demos, tools }),
    lasting: lastingVerdicts(),
    failingStarts: failingStarts(),
    lastLooks: lastLooks(),
    builtIn: builtInCatalog(tools),
    demos,
    replays,
    ownKeysInTurn: oneAtATime(),
    backupsInTurn: oneAtATime(),
    supports: new Map(),
  }
}

function builtInCatalog({ builtInCatalog: folder }: CoreTools): Core['builtIn'] {
  let read: ReturnType<Core['builtIn']> | undefined
  return () => {
    read ??= folder === undefined ? ok([]) : openCatalog(folder)
    return read
  }
}

/** Our scripts are for Linux: anywhere else nothing of ours is started. */
function localConnection({ platform }: CoreTools, { address }: Opening): Result<Connection> {
  return platform === 'linux' ? ok(connectLocal(address.user)) : fail({ kind: 'linux-needed', platform })
}

/** A run that is asked to stop gets this long to do so in order; then the link is cut under it. */
const stopMilliseconds = 5000
/** What is left to do once the link is cut happens on this computer. */
const cutMilliseconds = 1000

/** Asks every run to stop after its step, and lets no other one begin. */
export function stopRuns(core: Core): void {
  core.rollouts.refuseMore()
  core.consoleRuns.stopAll()
  core.benches.stopAll()
}

/** Runs are asked to stop: the step that is being carried out ends on the appliance, and applying again goes on there. */
export async function closeCore(core: Core): Promise<void> {
  const watched = stopBackground(core)
  stopWatches(core)
  core.logs.stopAll()
  core.terminals.stopAll()
  stopRuns(core)
  const ended = Promise.all([core.consoleRuns.idle(), core.benches.idle(), stopImports(core)]).then(() => undefined)
  await within(core, stopMilliseconds, ended)
  core.vault.lock()
  core.alerts.secrets.forget()
  core.providerSignIns.forget()
  for (const offered of [core.passwords, core.privateKeys, core.passphrases, core.answers]) offered.clear()
  await core.sessions.closeAll()
  await core.demos.close()
  await within(core, cutMilliseconds, Promise.all([ended, watched]))
  await within(core, cutMilliseconds, checkpointIfExported(core))
  core.alerts.close()
  core.history.close()
}

async function within(core: Core, milliseconds: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController()
  await Promise.race([work, core.tools.pause(milliseconds, enough.signal)])
  enough.abort()
}

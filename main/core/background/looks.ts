// What the background looks at besides samples, over the link that they come by: each half minute whether the services
// answer, and now and then everything that is there. It never dials by itself, and leaves an appliance alone while a run
// of this console is at work there, which it is not while it waits for its maintenance window.
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { evidence, type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import type { PinnedPublisher } from '../../../shared/domain/publisher.ts'
import { servedCertificates } from '../../../shared/domain/served-certificate.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { hostServicesProbe } from '../../../shared/facts/host-services.ts'
import { spaceProbesWith } from '../../../shared/facts/spaces.ts'
import { takenBackIn } from '../../../shared/plan/taken-back.ts'
import { publishersIn } from '../../../shared/plan/whose.ts'
import { examine } from '../../../shared/verify/doctor/examine.ts'
import { gatherEngineFacts } from '../../facts/engine-facts.ts'
import { vouchedUntil } from '../../trust/vouched-until.ts'
import { type Opening, openingKey } from '../access/opening.ts'
import { noteObservation, type Seen } from '../alerts/note.ts'
import { dailyCanaries } from '../canary/daily.ts'
import type { Core } from '../context.ts'
import { knownPlaces } from '../devices/on-processor.ts'
import { gatherNow } from '../gather.ts'
import { historyKey } from '../history/history-keeper.ts'
import { keepSpaces } from '../history/keep-spaces.ts'
import { watchNow } from '../observe.ts'
import { lasting, proveDeployments } from '../runs/prove.ts'
import { withOrigins } from '../runs/verdict-origins.ts'
import { mayPassOver } from './passed-over.ts'

/** From one look to the next; a model that hangs takes longer than this to be given up. */
export const lookEveryMs = 20_000
/** How often the rules may expect one: several services that hang are asked one after the other. */
const expectedEveryMs = 30_000
const everythingEveryMs = 5 * 60_000
/** Where nobody is root, or only watches, one question is the whole script, and each leaves a line in a log there. */
const limitedEveryMs = 60_000
/** A disk that fills up does so within minutes. */
const hostEveryMs = 45_000
/** Nobody waits for this answer, and users wait behind it. */
const askSeconds = 30

export type Looker = {
  /** Resolves when the look is over, whatever came of it. Bugs throw. */
  look(signal: AbortSignal): Promise<void>
}

export function lookerAt(core: Core, opening: Opening): Looker {
  const { clock } = core.tools
  const daily = dailyCanaries(core, opening)
  let known: Facts | undefined
  let knownAt = Number.NEGATIVE_INFINITY
  /** When everything is looked at again. */
  let everythingAt = Number.NEGATIVE_INFINITY
  let hostAt = Number.NEGATIVE_INFINITY
  const isSeldom = () => known !== undefined && isLimited(known, opening)
  const note = (seen: Seen, everyMs: number) => {
    const atMs = Date.parse(core.tools.now())
    noteObservation(core, { appliance: historyKey(opening), atMs, everyMs }, seen)
  }
  const noteHost = (facts: Facts) => {
    note({ of: 'facts', facts }, hostEveryMs)
    keepSpaces(core, { appliance: historyKey(opening), atMs: Date.parse(core.tools.now()) }, facts)
  }

  async function everything(connection: Connection): Promise<Result<Facts>> {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    known = facts.value
    knownAt = clock()
    // What could not be read now is asked again sooner.
    everythingAt = knownAt + (isReadable(facts.value) ? everythingEveryMs : hostEveryMs)
    hostAt = knownAt
    core.lastLooks.seen(openingKey(opening), facts.value)
    noteHost(facts.value)
    const trust = core.state.trust.read()
    const publishers = trust.ok ? trust.value.publishers : []
    const takenBack = takenBackIn(facts.value, publishers)
    note({ of: 'examination', examination: examine(facts.value, { takenBack }) }, everythingEveryMs)
    // What runs there is not known: nothing of it has ended or is gone.
    if (facts.value.containers.state === 'unreadable') return facts
    if (facts.value.certificates?.state === 'known') {
      const served = servedCertificates(facts.value)
      note({ of: 'certificates', served, now: facts.value.takenAt }, everythingEveryMs)
    }
    if (trust.ok) note({ of: 'expiry', expiring: publishersEnding(facts.value, publishers) }, everythingEveryMs)
    return facts
  }

  /** Its disks and its clock. */
  async function hostNow(connection: Connection): Promise<void> {
    const engineFolder = known?.engine.state === 'known' ? known.engine.value.rootFolder : undefined
    const facts = await gatherNow(core, connection, [...spaceProbesWith(engineFolder), hostServicesProbe])
    hostAt = clock()
    if (facts.ok) noteHost(facts.value)
  }

  /** Containers come and go; the rest seldom changes. */
  async function factsNow(connection: Connection): Promise<Result<Facts>> {
    if (known === undefined || clock() >= everythingAt || isLimited(known, connection)) return everything(connection)
    if (clock() - hostAt >= hostEveryMs) await hostNow(connection)
    const engine = await gatherEngineFacts(connection)
    if (engine.ok) return ok({ ...known, ...engine.value })
    // Known already: everything is looked at again in its time, and not at each look of a server that is ill.
    return isReadable(known) ? everything(connection) : ok(known)
  }

  /** What is gone may have been taken away since everything was looked at: nobody is told before that is known. */
  async function verdictNow(connection: Connection, signal: AbortSignal): Promise<Result<ApplianceVerdict>> {
    const before = knownAt
    const verdict = await verdictBy(await factsNow(connection), connection, signal)
    if (!isMissed(verdict) || knownAt !== before) return verdict
    return verdictBy(await everything(connection), connection, signal)
  }

  async function verdictBy(
    facts: Result<Facts>,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Result<ApplianceVerdict>> {
    if (!facts.ok) return facts
    const watch = watchNow(core, opening)
    const proven = await proveDeployments(connection, facts.value, {
      ...{ clock, signal, askSeconds, keepsFailing: core.failingStarts.keepsFailing },
      passesOver: (deployment) => {
        const own = watch?.asked.get(deployment)
        // What waits behind a load of our own says nothing of how it serves its users: what was well counts as well.
        if (own?.passed === true && core.benches.isLoaded(opening.address, deployment)) return true
        return mayPassOver(own, watch?.served.get(deployment), clock())
      },
      asked: (deployment, passed) => void watch?.asked.set(deployment, { atMs: clock(), passed }),
    })
    return withOrigins(core, facts.value, knownPlaces(core, { facts: facts.value }, proven))
  }

  return {
    async look(signal) {
      if (isRunAt(core, opening)) {
        // It changes what is there.
        known = undefined
        return
      }
      if (isSeldom() && clock() - knownAt < limitedEveryMs) return
      const verdict = await core.sessions.withConnection(opening, (connection) => verdictNow(connection, signal))
      // A run that began meanwhile stops services itself.
      if (signal.aborted || isRunAt(core, opening)) return
      const noted = lasting(core, opening.address, verdict)
      const everyMs = isSeldom() ? limitedEveryMs : expectedEveryMs
      if (noted.ok) note({ of: 'verdict', verdict: noted.value }, everyMs)
      if (noted.ok && known !== undefined) daily.seen(known, noted.value, signal)
      const answers = verdict.ok || !ofTheEngine.has(verdict.failure.kind)
      if (verdict.ok || !answers) note({ of: 'engine', answers }, everyMs)
    },
  }
}

const ofTheEngine: ReadonlySet<Failure['kind']> = new Set(['engine-unreadable', 'engine-missing', 'fact-missing'])

function isLimited({ privilege }: Facts, { watchOnly }: { readonly watchOnly?: boolean | undefined }): boolean {
  return privilege === 'login' || watchOnly === true
}

function isReadable({ engine, containers, deployments }: Facts): boolean {
  return [engine, containers, deployments].every(({ state }) => state !== 'unreadable')
}

/** Of those whose services are there: nothing more can be installed from what they have given, once that has ended. */
function publishersEnding(facts: Facts, publishers: readonly PinnedPublisher[]) {
  return publishersIn(facts, publishers).flatMap((one) => {
    const until = vouchedUntil(one)
    return until === undefined ? [] : [{ name: evidence(one.name, 80), until }]
  })
}

function isMissed(verdict: Result<ApplianceVerdict>): boolean {
  return verdict.ok && verdict.value.deployments.some(({ reason }) => reason === 'missing')
}

/** One that waits for its maintenance window changes nothing for hours, in which services are watched as on every other day. */
function isRunAt({ consoleRuns }: Core, { address }: Opening): boolean {
  const idle = consoleRuns.waiting().flatMap(({ head, waits }) => (waits === 'window' ? [head.planId] : []))
  return consoleRuns
    .list()
    .some(
      (run) =>
        run.state === 'running' &&
        !idle.includes(run.planId) &&
        run.address.host === address.host &&
        run.address.port === address.port,
    )
}

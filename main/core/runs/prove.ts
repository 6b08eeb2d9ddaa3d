// Proves every deployment of an appliance by climbing its readiness ladder, one after the other: the
// completions of one deployment must not slow down those of the next while they are measured. The verdict
// also counts the hardware under them, and says since when it is so.
import { containerName } from '../../../shared/apply/container-run.ts'
import { acceleratorTroubles } from '../../../shared/domain/accelerator-trouble.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { deploymentLabel, entryLabel, specLabel, versionLabel } from '../../../shared/domain/remote-layout.ts'
import type { ProbeStep, TaskResult } from '../../../shared/domain/task-step.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { judgeAppliance, judgeWatched, withProbes } from '../../../shared/verify/ladder.ts'
import type { Holder } from '../../apply/lock.ts'
import { keptProbes, probeNow } from '../../apply/probes-now.ts'
import { type Climbing, climb, partOf, readProof } from '../../verify/climb.ts'
import { withCanaries } from '../canary/noted.ts'
import type { Core } from '../context.ts'
import { knownPlaces, withPlaces } from '../devices/on-processor.ts'
import { gatherNow } from '../gather.ts'
import { withOrigins } from './verdict-origins.ts'

export type Place = { readonly address: Address; readonly connection: Connection }

/** Looks at an appliance and proves what is on it; with somebody who watches, they hear each step. `tries`: the probes run anew, for that person. */
export async function proveAppliance(
  core: Core,
  place: Place,
  { tries, ...watching }: Omit<Climbing, 'clock'> & { readonly tries?: { readonly who: string } } = {},
): Promise<Result<ApplianceVerdict>> {
  const facts = await gatherNow(core, place.connection)
  const climbing = { clock: core.tools.clock, keepsFailing: core.failingStarts.keepsFailing, ...watching }
  const runId = `prove-${core.tools.randomId()}`
  const beforeTrying = (probes: readonly string[]): Result<unknown> =>
    noteTrying(core, place.address, { who: tries?.who ?? '', probes, runId })
  const proven = facts.ok
    ? await proveDeployments(place.connection, facts.value, {
        ...climbing,
        ...(tries !== undefined && {
          anew: { holder: { run: runId, who: tries.who, at: core.tools.now() }, beforeTrying },
        }),
      })
    : facts
  // Nobody waits any more: what was seen until then is no verdict.
  if (watching.signal?.aborted === true) return proven
  if (!facts.ok) return lasting(core, place.address, proven)
  const { hear } = watching
  // For a person who tries it, its containers are looked into too.
  const placed =
    tries === undefined
      ? knownPlaces(core, { facts: facts.value, hear }, proven)
      : await withPlaces(core, { connection: place.connection, hear }, proven)
  return lasting(core, place.address, withOrigins(core, facts.value, placed))
}

/** The same verdict with since when it is so; a look that failed says nothing of the time after it. */
export function lasting(core: Core, address: Address, proven: Result<ApplianceVerdict>): Result<ApplianceVerdict> {
  if (proven.ok) {
    return ok(
      core.lasting.seen(address, withCanaries(core, address, proven.value), {
        now: core.tools.now(),
        clockMs: core.tools.clock(),
      }),
    )
  }
  core.lasting.lost(address)
  return proven
}

type Trying = { readonly who: string; readonly probes: readonly string[]; readonly runId: string }

/** Containers are started there for it, for somebody: it stands in the audit before the first one is. */
export function noteTrying(core: Core, address: Address, { who, ...what }: Trying): Result<unknown> {
  const demo = core.demos.isDemo(address) ? { demo: true as const } : {}
  return core.audit.append({ at: core.tools.now(), who, act: 'probes-try', ...demo, input: { address, ...what } })
}

/** What runs anew: as which run, and what comes before the first of them. */
type Anew = { readonly holder: Holder; readonly beforeTrying: (probes: readonly string[]) => Result<unknown> }

/** `anew`: the probes run anew; missing: what they said last counts. */
type Proving = Climbing & { readonly anew?: Anew }

export async function proveDeployments(
  connection: Connection,
  facts: Facts,
  { anew: wish, ...climbing }: Proving,
): Promise<Result<ApplianceVerdict>> {
  if (facts.engine.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.engine.why })
  if (facts.containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.containers.why })
  const containers = facts.containers.state === 'known' ? facts.containers.value : []
  const verdicts: DeploymentVerdict[] = []
  const noted = facts.tasks?.state === 'known' ? facts.tasks.value : []
  const mayRun = wish !== undefined && connection.watchOnly !== true && noted.some(({ role }) => role === 'probe')
  const steps = mayRun ? await keptProbes(connection) : []
  const begun = steps.length === 0 ? undefined : wish?.beforeTrying(steps.map(({ spec }) => spec.task))
  if (begun?.ok === false) return begun
  for (const container of containers) {
    const deployment = container.labels[deploymentLabel]
    // A container that a replacement left aside is not the deployment.
    if (deployment === undefined || container.name !== containerName(deployment)) continue
    const climbed =
      connection.watchOnly === true ? watched(container, deployment) : await climb(connection, container, climbing)
    const spec = container.labels[specLabel]
    const own = steps.filter((step) => step.spec.of === deployment && step.against === spec)
    const tried =
      climbed.state === 'healthy'
        ? await tryAnew(connection, own, { facts, holder: wish?.holder, signal: climbing.signal })
        : ok([])
    if (!tried.ok) return tried
    const anew = tried.value
    const isAnew = (task: string) => anew.some((one) => one.task === task)
    // One that was to be tried and could not be says nothing good of now.
    const isStale = ({ task, outcome }: TaskResult) => outcome === 'passed' && own.some((one) => one.spec.task === task)
    const before = noted.filter((one) => !isAnew(one.task) && !isStale(one))
    const verdict = withProbes(climbed, [...before, ...anew], spec)
    climbing.hear?.({ event: 'deployment-end', verdict })
    verdicts.push(verdict)
  }
  if (facts.deployments.state === 'unreadable')
    return fail({ kind: 'fact-missing', fact: 'installed deployments', why: facts.deployments.why })
  const expected = facts.deployments.state === 'known' ? facts.deployments.value : []
  for (const { deployment, entry, version, proof } of expected) {
    if (verdicts.some((v) => v.deployment === deployment)) continue
    verdicts.push({ deployment, entry, version, ...partOf(proof), state: 'down', reason: 'missing', rungs: [] })
  }
  verdicts.sort((a, b) => (a.deployment < b.deployment ? -1 : 1))
  return ok(judgeAppliance(verdicts, acceleratorTroubles(facts.accelerators)))
}

/** What facts alone say of it: nobody asks it anything with a login that only watches. */
function watched(container: Container, deployment: string): DeploymentVerdict {
  const { labels, state } = container
  const named = { deployment, entry: labels[entryLabel] ?? 'unknown', version: labels[versionLabel] ?? 'unknown' }
  return { ...named, ...partOf(readProof(container)), ...judgeWatched(state === 'running'), rungs: [] }
}

type TryingAnew = {
  readonly facts: Facts
  readonly holder: Holder | undefined
  readonly signal: AbortSignal | undefined
}

async function tryAnew(
  connection: Connection,
  steps: readonly ProbeStep[],
  { facts, holder, signal }: TryingAnew,
): Promise<Result<TaskResult[]>> {
  const results: TaskResult[] = []
  for (const step of steps) {
    if (signal?.aborted === true || holder === undefined) break
    const { result, heldBy } = await probeNow(connection, step, { facts, holder })
    if (heldBy !== undefined) {
      return fail({ kind: 'run-in-progress', holder: heldBy.who, since: heldBy.at, runId: heldBy.run })
    }
    if (result !== undefined) results.push(result)
  }
  return ok(results)
}

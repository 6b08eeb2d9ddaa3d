// Proves every deployment of an appliance by climbing its readiness ladder, one after the other: the
// completions of one deployment must not slow down those of the next while they are measured. The verdict
// also counts the hardware under them, and says since when it is so.
import { containerName } from '../../../shared/apply/container-run.ts'
import { acceleratorTroubles } from '../../../shared/domain/accelerator-trouble.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { deploymentLabel, entryLabel, versionLabel } from '../../../shared/domain/remote-layout.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { judgeAppliance, judgeWatched } from '../../../shared/verify/ladder.ts'
import { type Climbing, climb, partOf, readProof } from '../../verify/climb.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

export type Place = { readonly address: Address; readonly connection: Connection }

/** Looks at an appliance and proves what is on it; with somebody who watches, they hear each step. */
export async function proveAppliance(
  core: Core,
  place: Place,
  watching: Omit<Climbing, 'clock'> = {},
): Promise<Result<ApplianceVerdict>> {
  const facts = await gatherNow(core, place.connection)
  const climbing = { clock: core.tools.clock, ...watching }
  const proven = facts.ok ? await proveDeployments(place.connection, facts.value, climbing) : facts
  // Nobody waits any more: what was seen until then is no verdict.
  if (watching.signal?.aborted === true) return proven
  return lasting(core, place.address, proven)
}

/** The same verdict with since when it is so; a look that failed says nothing of the time after it. */
export function lasting(core: Core, address: Address, proven: Result<ApplianceVerdict>): Result<ApplianceVerdict> {
  if (proven.ok) {
    return ok(core.lasting.seen(address, proven.value, { now: core.tools.now(), clockMs: core.tools.clock() }))
  }
  core.lasting.lost(address)
  return proven
}

export async function proveDeployments(
  connection: Connection,
  facts: Facts,
  climbing: Climbing,
): Promise<Result<ApplianceVerdict>> {
  if (facts.engine.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.engine.why })
  if (facts.containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.containers.why })
  const containers = facts.containers.state === 'known' ? facts.containers.value : []
  const verdicts: DeploymentVerdict[] = []
  for (const container of containers) {
    const deployment = container.labels[deploymentLabel]
    // A container that a replacement left aside is not the deployment.
    if (deployment === undefined || container.name !== containerName(deployment)) continue
    const verdict =
      connection.watchOnly === true ? watched(container, deployment) : await climb(connection, container, climbing)
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

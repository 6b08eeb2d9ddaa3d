// What the engines of an appliance say of themselves now. Which ones there are is asked now and then; what does not
// answer is not in the answer, so its series have a gap.
import type { Connection } from '../../../shared/domain/connection.ts'
import { isModelProof, type ModelProof, metricsOf } from '../../../shared/domain/deployment.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { installedProbes } from '../../../shared/facts/installed.ts'
import type { RuntimeMetrics } from '../../../shared/observe/runtimes/runtime-metrics.ts'
import { engineMetrics } from '../../verify/engine-metrics.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'
import type { Watch } from '../watches.ts'

/** As root, which leaves a line in the log of the server. */
const askAgainMs = 5 * 60_000
const deploymentProbes = installedProbes.filter(({ id }) => id === 'deployments')

/** By deployment. Never rejects for what an appliance does. */
export function scrapeEngines(core: Core, watch: Watch): () => Promise<Map<string, RuntimeMetrics>> {
  let askedAt: number | undefined
  let proofs: readonly ModelProof[] = []
  return async () => {
    const scraped = new Map<string, RuntimeMetrics>()
    await core.sessions.withConnection(watch.opening, async (connection) => {
      if (askedAt === undefined || core.tools.clock() - askedAt >= askAgainMs) {
        proofs = await modelsOn(core, connection)
        askedAt = core.tools.clock()
      }
      for (const proof of proofs) {
        const metrics = await engineMetrics(connection, proof, core.tools.clock)
        if (metrics !== undefined) scraped.set(proof.deployment, metrics)
      }
      return ok(undefined)
    })
    return scraped
  }
}

async function modelsOn(core: Core, connection: Connection): Promise<ModelProof[]> {
  const facts = await gatherNow(core, connection, deploymentProbes)
  const records = facts.ok ? valueOr(facts.value.deployments, []) : []
  return records
    .map(({ proof }) => proof)
    .filter((proof) => isModelProof(proof) && metricsOf(proof) !== undefined) as ModelProof[]
}

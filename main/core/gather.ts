// Facts for the use cases: the whole snapshot, and the narrow question asked again around every step.
import type { Asked } from '../../shared/apply/step-kind.ts'
import type { Access } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { PartialPlatform } from '../../shared/domain/partial-platform.ts'
import { allProbes, usualProbes } from '../../shared/facts/assemble.ts'
import { installedProbes } from '../../shared/facts/installed.ts'
import type { Probe } from '../../shared/facts/probe.ts'
import { gatherEngineFacts } from '../facts/engine-facts.ts'
import { type GatherOptions, gatherFacts } from '../facts/gather.ts'
import { gatherPartialFacts, systemInformation } from '../facts/partial-facts.ts'
import type { Core } from './context.ts'

export function gatherNow(core: Core, connection: Connection, probes = usualProbes): Promise<Result<Facts>> {
  return gatherFacts(connection, { ...gatherOptions(core), probes })
}

/** Everything there is to know by this login, for a person who looks. */
export function probesFor({ watchOnly }: Pick<Access, 'watchOnly'>): readonly Probe[] {
  return watchOnly === true ? usualProbes : allProbes
}

/** Of this computer, where it runs no Linux. */
export async function gatherPart({ tools }: Core, platform: PartialPlatform): Promise<Facts> {
  const { systemSources = systemInformation, now, pause } = tools
  return gatherPartialFacts(await systemSources(), { platform, now: () => new Date(now()), pause })
}

export function gatherOptions({ tools: { now, randomId } }: Core): GatherOptions {
  return { now: () => new Date(now()), nonce: () => `${randomId()}${randomId()}` }
}

/** Asks again only what a step reads; the rest stays as the run's own snapshot has it. */
export function askerFor(core: Core, connection: Connection, snapshot: Facts) {
  return async (groups: readonly ('engine' | 'artifacts')[]): Promise<Result<Asked>> => {
    let asked: Asked = snapshot
    if (groups.includes('engine')) {
      const engine = await gatherEngineFacts(connection)
      if (!engine.ok) return engine
      asked = { ...asked, ...engine.value }
    }
    if (groups.includes('artifacts')) {
      const installed = await gatherNow(core, connection, installedProbes)
      if (!installed.ok) return installed
      asked = { ...asked, artifacts: installed.value.artifacts }
    }
    return ok(asked)
  }
}

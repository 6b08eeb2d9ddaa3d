// Facts for the use cases: the whole snapshot, and the narrow question asked again around every step.
import type { Asked, AskGroup } from '../../shared/apply/asked.ts'
import type { Access } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { PartialPlatform } from '../../shared/domain/partial-platform.ts'
import { allProbes, usualProbes } from '../../shared/facts/assemble.ts'
import { engineProbes } from '../../shared/facts/engine.ts'
import { engineObjectProbes } from '../../shared/facts/engine-objects.ts'
import { installedProbes, taskProbe } from '../../shared/facts/installed.ts'
import type { Probe } from '../../shared/facts/probe.ts'
import { gatherEngineFacts } from '../facts/engine-facts.ts'
import { type GatherOptions, gatherFacts } from '../facts/gather.ts'
import { gatherKept } from '../facts/kept.ts'
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
  let known: Facts = snapshot
  return async (groups: readonly AskGroup[]): Promise<Result<Asked>> => {
    if (groups.includes('engine')) {
      const engine = await askEngine(core, connection, known)
      if (!engine.ok) return engine
      known = engine.value
    }
    let asked: Asked = known
    if (groups.includes('artifacts')) {
      const installed = await gatherNow(core, connection, installedProbes)
      if (!installed.ok) return installed
      const { artifacts, modelFolders } = installed.value
      asked = { ...asked, artifacts, modelFolders }
    }
    if (groups.includes('tasks')) {
      const noted = await gatherNow(core, connection, [taskProbe])
      if (!noted.ok) return noted
      asked = { ...asked, ...(noted.value.tasks && { tasks: noted.value.tasks }) }
    }
    if (groups.includes('kept')) {
      const kept = await gatherKept(connection)
      if (!kept.ok) return kept
      asked = { ...asked, kept: kept.value }
    }
    return ok(asked)
  }
}

/** An engine that was missing when the run began may have come with it, or be still to come. */
async function askEngine(core: Core, connection: Connection, known: Facts): Promise<Result<Facts>> {
  if (known.engine.state !== 'known') {
    const again = await gatherNow(core, connection, [...engineObjectProbes, ...engineProbes])
    if (!again.ok) return again
    const { engine, containers, images, networks } = again.value
    if (engine.state === 'absent') return ok(known)
    if (engine.state === 'known') return ok({ ...known, engine, containers, images, networks })
  }
  const found = await gatherEngineFacts(connection)
  return found.ok ? ok({ ...known, ...found.value }) : found
}

// Keeps a copy of an appliance's own part of the audit on it, while a run is root there anyway. The run is over by then: a
// copy that could not be made is in the audit itself, and is made with the next run.
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { copyAudit } from '../../apply/audit-copy.ts'
import { linesAbout } from '../../store/audit/lines-about.ts'
import type { Core } from '../context.ts'

export type CopyFor = { readonly plan: Plan; readonly machineId: string | null }

export async function copyToAppliance(core: Core, connection: Connection, { plan, machineId }: CopyFor): Promise<void> {
  const { host, port } = plan.address
  const found = linesIn(core, { host, port, machineId })
  if (found === undefined) return
  const copied = await copyAudit(connection, found.consoleId, found.lines)
  if (copied.ok) return
  const input = { address: plan.address, machineId, failure: copied.failure.kind }
  core.audit.append({ at: core.tools.now(), who: 'rackside', act: 'audit-copy-failed', input })
}

function linesIn({ state }: Core, about: Parameters<typeof linesAbout>[1]) {
  try {
    return linesAbout(state.folder, about)
  } catch {
    // What cannot be read refuses the next act, and is told where somebody looks.
    return undefined
  }
}

// While the console runs: a checkpoint when something was written since the last one, and what is older than the audit is kept
// goes. What cannot be done now is tried again.
import { type AuditPlaces, auditPlaces } from '../../store/audit/audit-places.ts'
import { checkpointsIn } from '../../store/audit/checkpoint-file.ts'
import { headNow } from '../../store/audit/segment.ts'
import type { Core } from '../context.ts'
import { makeCheckpoint } from './export-checkpoints.ts'

type Part = Pick<Core, 'audit' | 'state' | 'tools'>

const lookEveryMs = 10 * 60_000

export async function keepAudit(core: Part, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await core.tools.pause(lookEveryMs, signal)
    if (signal.aborted) return
    const settings = core.state.audit.read()
    if (settings.ok) core.audit.retain(core.tools.now(), settings.value.retentionDays)
    await checkpointIfMoved(core)
  }
}

/** Also when the console ends, and after every command of the CLI, where one has a place to go. */
export async function checkpointIfExported(core: Part): Promise<void> {
  const settings = core.state.audit.read()
  if (!settings.ok) return
  const { exportFolder, syslog } = settings.value
  if (exportFolder !== undefined || syslog !== undefined) await checkpointIfMoved(core)
}

async function checkpointIfMoved(core: Part): Promise<void> {
  if (hasMoved(auditPlaces(core.state.folder))) await makeCheckpoint(core)
}

/** What cannot be read is told where somebody looks at the audit, and refuses the next act. */
function hasMoved(places: AuditPlaces): boolean {
  try {
    const head = headNow(places.active)
    return head !== undefined && !checkpointsIn(places.checkpoints).some(({ hash }) => hash === head.hash)
  } catch {
    return false
  }
}

// Puts checkpoints where the administrator wants them besides this computer: a folder, as lines of a file, and a syslog
// receiver. What was missed while the folder was not there follows with the next one.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditCheckpoint, readCheckpoints } from '../../../shared/domain/audit-checkpoint.ts'
import type { AuditSettings } from '../../../shared/domain/audit-settings.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { sendNotice } from '../../alerts/channels/syslog.ts'
import { auditPlaces } from '../../store/audit/audit-places.ts'
import { addCheckpointLine, checkpointsIn } from '../../store/audit/checkpoint-file.ts'
import type { Core } from '../context.ts'

type Part = Pick<Core, 'audit' | 'state' | 'tools'>

const exportName = 'checkpoints.jsonl'
const sendMs = 5000

/** Of what has been written until now; undefined where nothing has been. What cannot be exported is a failure after it was made. */
export async function makeCheckpoint(core: Part): Promise<Result<AuditCheckpoint | undefined>> {
  const made = core.audit.checkpoint(core.tools.now())
  if (!made.ok || made.value === undefined) return made
  const settings = core.state.audit.read()
  if (!settings.ok) return settings
  const put = putInFolder(core, settings.value)
  const sent = await send(core, settings.value, made.value)
  if (!put.ok) return put
  return sent.ok ? made : sent
}

function exportedFile({ exportFolder }: AuditSettings): string | undefined {
  return exportFolder === undefined ? undefined : join(exportFolder, exportName)
}

/** None where there is no file yet. Throws where it cannot be read. */
export function exportedCheckpoints(settings: AuditSettings): AuditCheckpoint[] {
  const file = exportedFile(settings)
  return file === undefined || !existsSync(file) ? [] : readCheckpoints(readFileSync(file, 'utf8')).checkpoints
}

function putInFolder({ state }: Part, settings: AuditSettings): Result<void> {
  const file = exportedFile(settings)
  if (file === undefined) return ok(undefined)
  try {
    if (!statSync(settings.exportFolder ?? '').isDirectory()) throw new Error('it is no folder')
    const there = new Set(exportedCheckpoints(settings).map(({ signature }) => signature))
    const own = checkpointsIn(auditPlaces(state.folder).checkpoints)
    for (const one of own.filter(({ signature }) => !there.has(signature))) addCheckpointLine(file, one)
    return ok(undefined)
  } catch (error) {
    return fail({ kind: 'audit-not-exported', to: file, detail: (error as Error).message })
  }
}

async function send({ tools }: Part, { syslog }: AuditSettings, made: AuditCheckpoint): Promise<Result<void>> {
  if (syslog === undefined) return ok(undefined)
  const { number, hash, consoleId, epoch, publicKey, signature, at } = made
  const atMs = Date.parse(at)
  const data = { consoleId, epoch, number, hash, publicKey, signature, at }
  const line = { atMs, kind: 'audit-checkpoint', data, text: JSON.stringify(made) }
  const how = { secrets: {}, deadlineMs: sendMs, nowMs: atMs, computer: tools.computer ?? '' }
  const sent = await sendNotice({ kind: 'syslog', ...syslog }, line, how)
  const to = `${syslog.host}:${syslog.port}`
  return sent.ok ? ok(undefined) : fail({ kind: 'audit-not-exported', to, detail: `${sent.problem}: ${sent.detail}` })
}

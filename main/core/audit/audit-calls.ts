// Use cases of the audit itself.
import { statSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type AuditExporting,
  type AuditPage,
  type AuditState,
  mostExportedEntries,
} from '../../../shared/contract/audit.ts'
import type { AuditCheckpoint } from '../../../shared/domain/audit-checkpoint.ts'
import { auditCsv } from '../../../shared/domain/audit-csv.ts'
import type { AuditReport } from '../../../shared/domain/audit-report.ts'
import type { AuditSettings } from '../../../shared/domain/audit-settings.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { gathered, materialAt } from '../../store/audit/audit-files.ts'
import { auditPlaces, closedEpochs } from '../../store/audit/audit-places.ts'
import { checkpointsIn } from '../../store/audit/checkpoint-file.ts'
import { type AuditSearch, searchAudit } from '../../store/audit/search-audit.ts'
import { readSegment } from '../../store/audit/segment.ts'
import { verifyAudit } from '../../store/audit/verify-audit.ts'
import type { Core } from '../context.ts'
import { exportedCheckpoints, makeCheckpoint } from './export-checkpoints.ts'

type Part = Pick<Core, 'audit' | 'state' | 'tools'>

export function auditState({ state }: Part): Result<AuditState> {
  const settings = state.audit.read()
  if (!settings.ok) return settings
  const places = auditPlaces(state.folder)
  return readable(state.folder, () => {
    const active = readSegment(places.active)
    const segment = typeof active === 'object' ? active : undefined
    const closed = closedEpochs(places).map((epoch) => places.closed(epoch))
    const files = segment === undefined ? closed : [...closed, places.active]
    const { number, hash, at } = segment?.last ?? {}
    const head = number !== undefined && hash !== undefined && at !== undefined ? { number, hash, at } : null
    return {
      ...{ consoleId: segment?.begin.consoleId ?? null, head, settings: settings.value },
      ...{ segments: files.length, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) },
      lastCheckpoint: checkpointsIn(places.checkpoints).at(-1) ?? null,
      exportedNumber: exportedNumber(settings.value),
    }
  })
}

function exportedNumber(settings: AuditSettings): number | null {
  try {
    return Math.max(0, ...exportedCheckpoints(settings).map(({ number }) => number))
  } catch {
    return null
  }
}

export function searchOwnAudit({ state }: Part, search: AuditSearch): Result<AuditPage> {
  return readable(state.folder, () => searchAudit(state.folder, search))
}

export function verifyOwnAudit({ state }: Part): Result<AuditReport> {
  const settings = state.audit.read()
  if (!settings.ok) return settings
  return readable(state.folder, () => {
    const material = materialAt(state.folder, { given: exportedCheckpoints(settings.value), copies: [] })
    if (!material.ok) throw new Error(JSON.stringify(material.failure))
    return verifyAudit(material.value)
  })
}

export function setAuditSetting(
  { state }: Part,
  change: { readonly [K in keyof AuditSettings]?: AuditSettings[K] | null },
): Result<{ settings: AuditSettings }> {
  const before = state.audit.read()
  if (!before.ok) return before
  const all = Object.entries({ ...before.value, ...change }).filter(([, value]) => value !== null)
  const settings = Object.fromEntries(all) as AuditSettings
  const written = state.audit.write(settings)
  return written.ok ? ok({ settings }) : written
}

/** It has to be a folder already: a typing mistake is not a new folder. */
export function exportCheckpointsTo(core: Part, folder: string | null): Result<{ settings: AuditSettings }> {
  if (folder === null) return setAuditSetting(core, { exportFolder: null })
  const path = resolve(folder)
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (!isFolder) return fail({ kind: 'usage', problem: 'no-folder-there', word: evidence(path, 1500) })
  return setAuditSetting(core, { exportFolder: path })
}

/** The call's own record stands before it, so there is one. */
export async function checkpointOnDemand(core: Part): Promise<Result<AuditCheckpoint>> {
  const made = await makeCheckpoint(core)
  if (!made.ok) return made
  if (made.value === undefined) throw new Error('no record for the call that makes a checkpoint')
  return ok(made.value)
}

type Exported = { name: string; text: string; entries: number; next: number | null }

export function exportAudit(core: Part, { filter, format, before }: AuditExporting): Result<Exported> {
  const found = searchOwnAudit(core, { filter, before, most: mostExportedEntries })
  if (!found.ok) return found
  const { entries, next } = found.value
  const text = format === 'csv' ? auditCsv(entries) : `${JSON.stringify(entries, null, 1)}\n`
  const day = core.tools.now().slice(0, 10)
  return ok({ name: `rackside-audit-${day}.${format}`, text, entries: entries.length, next })
}

/** Never over a file that is there. `file`: the whole path. */
export function exportAuditTo(
  core: Part,
  { file, ...what }: AuditExporting & { readonly file: string },
): Result<Pick<Exported, 'entries' | 'next'>> {
  const made = exportAudit(core, what)
  if (!made.ok) return made
  const { text, entries, next } = made.value
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const about = { kind: 'usage', word: evidence(file, 1500) } as const
    if (code === 'EEXIST') return fail({ ...about, problem: 'file-is-there' })
    return fail({ ...about, problem: 'file-unwritable', other: evidence(code ?? message, 300) })
  }
  return ok({ entries, next })
}

/** Anything that keeps the audit from being read is told as one failure. */
function readable<T>(folder: string, work: () => T): Result<T> {
  try {
    return gathered(folder, work)
  } catch (error) {
    return fail({ kind: 'audit-unreadable', file: folder, detail: (error as Error).message })
  }
}

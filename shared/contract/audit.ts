// The audit: looked up, verified, kept for how long, and its checkpoints put elsewhere. The folder they go to is a path, so it is
// named at the desk.
import * as z from 'zod'
import { auditCheckpoint } from '../domain/audit-checkpoint.ts'
import { auditReport } from '../domain/audit-report.ts'
import { auditEntry, auditFilter } from '../domain/audit-search.ts'
import { auditDays, auditSettings, auditSyslog } from '../domain/audit-settings.ts'
import { call } from './call.ts'
import { placeOnComputer } from './place.ts'

const mostAuditEntries = 200
/** Of one file that is handed out. */
export const mostExportedEntries = 20_000

const nothing = z.strictObject({})

const auditState = z.strictObject({
  consoleId: z.string().nullable(),
  /** Of the last record that is written; null before the first. */
  head: z.strictObject({ number: z.int(), hash: z.string(), at: z.string() }).nullable(),
  segments: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  settings: auditSettings,
  lastCheckpoint: auditCheckpoint.nullable(),
  /** What the folder that was named holds: the number of its highest checkpoint, 0 for none, null where it cannot be read. */
  exportedNumber: z.int().nonnegative().nullable(),
})
export type AuditState = z.infer<typeof auditState>

export const auditPage = z.strictObject({
  entries: z.array(auditEntry).max(mostAuditEntries),
  /** Older ones are before this number; null where there are none. */
  next: z.int().nullable(),
})
export type AuditPage = z.infer<typeof auditPage>

const exporting = z.strictObject({
  filter: auditFilter,
  format: z.enum(['csv', 'json']),
  before: z.int().positive().optional(),
})
export type AuditExporting = z.infer<typeof exporting>

const settingsOnly = z.strictObject({ settings: auditSettings })

export const auditCalls = {
  state: call({ effect: 'read', right: ['audit', 'administer'], audit: 'none' }, nothing, auditState),
  /** Newest first. */
  search: call(
    { effect: 'read', right: 'audit', audit: 'none' },
    z.strictObject({
      filter: auditFilter,
      before: z.int().positive().optional(),
      most: z.int().min(1).max(mostAuditEntries),
    }),
    auditPage,
  ),
  /** With the checkpoints in the folder that was named, where it can be read. */
  verify: call({ effect: 'read', right: ['audit', 'administer'], audit: 'none' }, nothing, auditReport),
  setRetention: call(
    { effect: 'change', right: 'administer', audit: 'audit-retention-set', asksAgain: true },
    z.strictObject({ days: auditDays }),
    settingsOnly,
  ),
  setSyslog: call(
    { effect: 'change', right: 'administer', audit: 'audit-syslog-set', asksAgain: true },
    z.strictObject({ syslog: auditSyslog.nullable() }),
    settingsOnly,
  ),
  /** Made and put where it was set to go. */
  checkpoint: call(
    { effect: 'change', right: ['audit', 'administer'], audit: 'audit-checkpoint' },
    nothing,
    auditCheckpoint,
  ),
  /** What was found as a file to keep. `next` as in a page: the file holds no more than so many. */
  export: call(
    { effect: 'change', right: 'audit', audit: 'audit-export' },
    exporting,
    z.strictObject({ name: z.string(), text: z.string(), entries: z.int(), next: z.int().nullable() }),
  ),
}

export const auditDesk = {
  /** Null: nowhere any more. */
  exportCheckpointsTo: call(
    { effect: 'change', right: 'administer', audit: 'audit-folder-set', asksAgain: true },
    z.strictObject({ folder: placeOnComputer.max(1000).nullable() }),
    settingsOnly,
  ),
  /** As `audit.export`, into a new file of this computer: its record names the file and how the writing came out. */
  exportAuditTo: call(
    { effect: 'change', right: 'audit', audit: 'audit-export-to' },
    exporting.extend({ file: placeOnComputer }),
    z.strictObject({ entries: z.int(), next: z.int().nullable() }),
  ),
}

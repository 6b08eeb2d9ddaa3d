// How long the audit is kept, and where its checkpoints go so that they lie elsewhere too.
import * as z from 'zod'

/** What is asked of critical systems is six months, and six years of documents: less than the first cannot be set. */
const fewestAuditDays = 183

const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, 'not a host name or address')

/** RFC 5424: a datagram, or a counted frame, for each checkpoint. */
export const auditSyslog = z.strictObject({
  host: hostName,
  port: z.int().min(1).max(65_535),
  transport: z.enum(['udp', 'tcp']),
})
export type AuditSyslog = z.infer<typeof auditSyslog>

export const auditDays = z.int().min(fewestAuditDays).max(36_525)

export const auditSettings = z.strictObject({
  retentionDays: auditDays,
  /** A folder of this computer, or one that is mounted on it. */
  exportFolder: z.string().min(1).max(1000).optional(),
  syslog: auditSyslog.optional(),
})
export type AuditSettings = z.infer<typeof auditSettings>

export const usualAuditSettings: AuditSettings = { retentionDays: fewestAuditDays }

// The audit as a table for other programs (RFC 4180). What a spreadsheet would take for a formula is made text: names and
// addresses in it may come from anybody.
import type { AuditEntry } from './audit-search.ts'

const columns = [
  ...['number', 'utc', 'local', 'who', 'role', 'act', 'result', 'failure', 'ended'],
  ...['appliance', 'host', 'port', 'user', 'machineId', 'planDigest', 'demo', 'input', 'whole', 'previous', 'hash'],
] as const

/** With a byte order mark: spreadsheets then read Chinese as it is. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => cellsOf(entry).map(cell).join(','))
  return `\ufeff${[columns.join(','), ...rows].join('\r\n')}\r\n`
}

function cellsOf({ record, isWhole, came }: AuditEntry): readonly unknown[] {
  const { number, at, zone, who, role, act, appliance = {}, planDigest, demo, input, previous, hash } = record
  const { name, host, port, user, machineId } = appliance
  return [
    ...[number, at, localTime(at, zone), who, role, act, came?.result, came?.failure, came?.at],
    ...[name, host, port, user, machineId, planDigest, demo, JSON.stringify(input), isWhole, previous, hash],
  ]
}

/** "2026-11-20T16:00:00.000+08:00"; as it is where it is no time. */
export function localTime(at: string, zone: string): string {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  const shift = (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1)
  const atMs = Date.parse(at)
  return Number.isNaN(atMs) ? at : `${new Date(atMs + shift * 60_000).toISOString().slice(0, -1)}${zone}`
}

function cell(value: unknown): string {
  const text = value === undefined ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

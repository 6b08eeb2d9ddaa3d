// Whether a record of the audit is about the appliance of an alert: by its name, its machine, or its address where that is
// not said to be another one's. Two networks may have the same addresses.
import type { AuditRecord } from '../domain/audit-record.ts'

export type Place = {
  /** As people call it; undefined: it is on no list. */
  readonly name: string | undefined
  readonly host: string
  readonly port: number
  readonly machineId: string | undefined
  /** All others on the list. */
  readonly otherNames: readonly string[]
}

export function isAboutPlace({ appliance }: Pick<AuditRecord, 'appliance'>, place: Place): boolean {
  if (appliance === undefined) return false
  const { name, host, port, machineId } = appliance
  if (name !== undefined && name === place.name) return true
  if (name !== undefined && place.otherNames.includes(name)) return false
  if (machineId !== undefined && place.machineId !== undefined) return machineId === place.machineId
  return host === place.host && port === place.port
}

/** "10.0.0.1:22 > 10.0.0.5:22", as the history names one behind another: the last one. Undefined for anything else. */
export function endOf(key: string): { readonly host: string; readonly port: number } | undefined {
  const [, host, port] = /^(?:.* > )?(.+):([0-9]{1,5})$/.exec(key) ?? []
  return host === undefined ? undefined : { host, port: Number(port) }
}

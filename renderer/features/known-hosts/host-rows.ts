// The kept host keys as a person looks for them: one row an address with all its keys, found by any word in it.
import type { ImportedHostKey, KeptHostKey } from '../../../shared/contract/host-keys.ts'
import { addressText } from '../../../shared/domain/appliance.ts'

export type HostAddress = { readonly host: string; readonly port: number }

export type HostRow = HostAddress & { readonly names: readonly string[]; readonly keys: readonly KeptHostKey[] }

export function hostRows(pinned: readonly KeptHostKey[]): readonly HostRow[] {
  const rows = new Map<string, HostRow>()
  for (const key of pinned) {
    const { host, port, names } = key
    const before = rows.get(addressText(key))?.keys ?? []
    rows.set(addressText(key), { host, port, names, keys: [...before, key] })
  }
  return [...rows.values()].sort((a, b) => addressText(a).localeCompare(addressText(b)))
}

/** Every typed word is somewhere in it. */
export function isFound(typed: string, texts: readonly (string | undefined)[]): boolean {
  const all = texts.join(' ').toLowerCase()
  const words = typed.toLowerCase().split(/\s+/)
  return words.every((word) => all.includes(word))
}

export function textsOfRow(row: HostRow): readonly (string | undefined)[] {
  const ofKeys = row.keys.flatMap(({ keyType, fingerprint, machineId }) => [keyType, fingerprint, machineId])
  return [addressText(row), ...row.names, ...ofKeys]
}

/** The one address that an imported line is about; undefined for a list, a pattern, a hash. */
export function placeOfLine({ hosts }: Pick<ImportedHostKey, 'hosts'>): HostAddress | undefined {
  if (/[,*?!|]/.test(hosts)) return undefined
  const [, host, port] = /^\[(.+)\]:(\d+)$/.exec(hosts) ?? []
  return host === undefined ? { host: hosts, port: 22 } : { host, port: Number(port) }
}

// What people paste as the address of a server: "ssh://ops@10.0.0.5:22", "ops@host", "host:2222", "[fe80::1]:22".
// A password in it is never taken over.
import { type Address, address } from '../../../shared/domain/appliance.ts'

export type TypedAddress = { readonly host: string; readonly port: string; readonly user: string }

export type ParsedAddress = Partial<TypedAddress> & { readonly passwordDropped?: true }

/** The parts that are in it; undefined when it is a bare host, with nothing to take apart. */
export function parseAddress(text: string): ParsedAddress | undefined {
  const rest = text
    .trim()
    .replace(/^ssh:\/\//i, '')
    .replace(/\/.*$/, '')
  const at = rest.lastIndexOf('@')
  const login = at < 0 ? '' : rest.slice(0, at)
  const [user = '', ...password] = login.split(':')
  const place = placeOf(rest.slice(at + 1))
  if (rest === text.trim() && at < 0 && place.port === undefined) return undefined
  return {
    ...place,
    ...(user === '' ? {} : { user }),
    ...(password.length > 0 ? { passwordDropped: true as const } : {}),
  }
}

function placeOf(text: string): { host: string; port?: string } {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text)
  const plain = /^([^:]*):(\d+)$/.exec(text)
  const [, host = text, port] = bracketed ?? plain ?? []
  return port === undefined ? { host } : { host, port }
}

export type AddressProblems = { readonly [K in keyof TypedAddress]: boolean }

export type JudgedAddress =
  | { readonly ok: true; readonly value: Address }
  | { readonly ok: false; readonly problems: AddressProblems }

export function judgeAddress({ host, port, user }: TypedAddress): JudgedAddress {
  const judged = address.safeParse({
    host: host.trim(),
    port: /^\d+$/.test(port) ? Number(port) : 0,
    user: user.trim(),
  })
  if (judged.success) return { ok: true, value: judged.data }
  const fields = judged.error.issues.map((issue) => issue.path[0])
  return {
    ok: false,
    problems: { host: fields.includes('host'), port: fields.includes('port'), user: fields.includes('user') },
  }
}

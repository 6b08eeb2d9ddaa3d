// Which appliance a word of the command line means: an address, a saved name, or this machine.
import { type Address, address } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from './options.ts'

export type Elsewhere =
  | { readonly by: 'address'; readonly address: Address }
  | { readonly by: 'name'; readonly name: string }
export type Where = { readonly by: 'local' } | Elsewhere

export function readWhere(where: string): Result<Where> {
  if (where === 'local') return ok({ by: 'local' })
  if (!where.includes('://')) return ok({ by: 'name', name: where })
  const bad = () => usage('not-an-address', where)
  if (!URL.canParse(where)) return bad()
  const url = new URL(where)
  if (url.password !== '') return usage('password-in-address')
  if (
    url.protocol !== 'ssh:' ||
    (url.pathname !== '' && url.pathname !== '/') ||
    url.search !== '' ||
    url.hash !== ''
  ) {
    return bad()
  }
  const read = address.safeParse({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 22 : Number(url.port),
    user: url.username,
  })
  return read.success ? ok({ by: 'address', address: read.data }) : bad()
}

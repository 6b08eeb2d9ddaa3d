// Which appliance a word of the command line means: an address, a saved name, or this machine.
import type { Address } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { readAddress } from './login-arguments.ts'

export type Elsewhere =
  | { readonly by: 'address'; readonly address: Address }
  | { readonly by: 'name'; readonly name: string }
/** `folder`: a recording stands in the place of an appliance. */
export type Where = Named | { readonly by: 'replay'; readonly folder: string }
type Named = { readonly by: 'local' } | Elsewhere

export function readWhere(where: string): Result<Named> {
  if (where === 'local') return ok({ by: 'local' })
  if (!where.includes('://')) return ok({ by: 'name', name: where })
  const read = readAddress(where)
  return read.ok ? ok({ by: 'address', address: read.value }) : read
}

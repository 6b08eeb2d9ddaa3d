// Reads what comes after "catalog". Apart from what carries it out, which loads much.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'

export type CatalogInvocation = { readonly verb: 'catalog' } & (
  | { readonly act: 'lint'; readonly place: string }
  | { readonly act: 'schema' }
)

export function readCatalogLine(act: string | undefined, [place]: readonly string[]): Result<CatalogInvocation> {
  if (act !== 'lint') return ok({ verb: 'catalog', act: 'schema' })
  return place === undefined ? usage('catalog-needed', 'catalog lint') : ok({ verb: 'catalog', act, place })
}

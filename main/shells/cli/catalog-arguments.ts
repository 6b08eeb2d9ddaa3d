// Reads what comes after "catalog". Apart from what carries it out, which loads much.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type OutlookWish, outlookWish } from '../../../shared/domain/outlook.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { type Invocation, readVerbLine } from './verb-arguments.ts'

/** For whoever writes entries: files alone are read. */
export type WriterInvocation = { readonly verb: 'catalog' } & (
  | { readonly act: 'lint'; readonly place: string }
  | { readonly act: 'schema' }
  | {
      readonly act: 'evidence'
      readonly file: string
      readonly place: string
      readonly signature: string | undefined
      readonly fingerprint: string | undefined
    }
)

/** For whoever reads them. About one appliance it is a verb as any other. */
export type ReaderInvocation = { readonly verb: 'catalog' } & (
  | { readonly act: 'models' }
  | { readonly act: 'show'; readonly id: string }
)

export type CatalogInvocation = WriterInvocation | ReaderInvocation

export function readCatalogLine(
  act: string | undefined,
  rest: readonly string[],
  values: OptionValues,
): Result<CatalogInvocation | Invocation> {
  const [first, second] = rest
  if (act === 'models') return readModelsLine(rest, values)
  if (act === 'show') {
    return first === undefined ? usage('entry-needed', 'catalog show') : ok({ verb: 'catalog', act, id: first })
  }
  if (act === 'evidence') {
    if (first === undefined) return usage('no-file-named', 'catalog evidence')
    if (second === undefined) return usage('catalog-needed', 'catalog evidence')
    const { signature, fingerprint } = values
    return ok({ verb: 'catalog', act, file: first, place: second, signature, fingerprint })
  }
  if (act !== 'lint') return ok({ verb: 'catalog', act: 'schema' })
  return first === undefined ? usage('catalog-needed', 'catalog lint') : ok({ verb: 'catalog', act, place: first })
}

function readModelsLine(rest: readonly string[], values: OptionValues): Result<CatalogInvocation | Invocation> {
  const wish = readWish(values)
  if (!wish.ok) return wish
  if (rest.length === 0 && values.replay === undefined) return ok({ verb: 'catalog', act: 'models' })
  const line = readVerbLine('models', rest, values)
  return line.ok ? ok({ ...line.value, wish: wish.value }) : line
}

/** Many questions with their answers are that long. */
export const usualWish: OutlookWish = { contextTokens: 8192, users: 1 }

function readWish({ context, users }: OptionValues): Result<OutlookWish> {
  const { shape } = outlookWish
  const contextTokens =
    context === undefined ? usualWish.contextTokens : shape.contextTokens.safeParse(count(context)).data
  if (contextTokens === undefined) return usage('context-tokens', context ?? '')
  const people = users === undefined ? usualWish.users : shape.users.safeParse(count(users)).data
  return people === undefined ? usage('users-at-once', users ?? '') : ok({ contextTokens, users: people })
}

function count(word: string): number {
  return /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN
}

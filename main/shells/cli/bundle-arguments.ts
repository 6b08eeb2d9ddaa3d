// Reads what comes after "bundle".
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type BundleInvocation = { readonly verb: 'bundle' } & (
  | { readonly act: 'list' }
  | { readonly act: 'import' | 'verify'; readonly files: readonly string[] }
  | { readonly act: 'inspect'; readonly place: string; readonly against: string | undefined }
  | { readonly act: 'remove'; readonly place: string }
)

export function readBundleLine(
  act: string | undefined,
  words: readonly string[],
  values: OptionValues,
): Result<BundleInvocation> {
  const verb = 'bundle'
  if (act === undefined || act === 'list') return ok({ verb, act: 'list' })
  const [place] = words
  if (place === undefined) return usage('bundle-needed', `bundle ${act}`)
  if (act === 'inspect') return ok({ verb, act, place, against: values.against })
  return act === 'remove'
    ? ok({ verb, act, place })
    : ok({ verb, act: act === 'import' ? act : 'verify', files: words })
}

// Reads what `rackside canary` is to do from the command line.
import { canaryId } from '../../../shared/domain/canary.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type CanaryLine =
  | { readonly act: 'run'; readonly deployment: string | undefined; readonly keepsText: boolean }
  | { readonly act: 'list' }
  | { readonly act: 'show' | 'accept'; readonly canaryId: string }

/** `word`: what stands behind the appliance: a deployment, or a result. */
export function readCanary(
  act: string | undefined,
  word: string | undefined,
  values: OptionValues,
): Result<CanaryLine> {
  if (act === 'list') return ok({ act })
  if (act !== 'show' && act !== 'accept') {
    return ok({ act: 'run', deployment: word, keepsText: values['with-answers'] === true })
  }
  const text = word ?? ''
  // Its eight digits are enough.
  const id = canaryId.safeParse(text.startsWith('canary-') ? text : `canary-${text}`).data
  return id === undefined ? usage('not-a-canary', text) : ok({ act, canaryId: id })
}

// Reads what comes after "update".
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'

export type UpdateInvocation = { readonly verb: 'update'; readonly act: 'check' | 'take'; readonly file: string }

export function readUpdateLine(act: string | undefined, [file]: readonly string[]): Result<UpdateInvocation> {
  if (file === undefined) return usage('no-file-named', `update ${act ?? ''}`)
  return ok({ verb: 'update', act: act === 'take' ? 'take' : 'check', file })
}

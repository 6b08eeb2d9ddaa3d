// What was wrong with the last name and passphrase, said beside the field.
import type { Failure } from '../../../shared/domain/failure.ts'
import { failureText } from '../../../shared/words/language.ts'
import { useWords } from '../console-context.tsx'

const besideField: readonly Failure['kind'][] = [
  'sign-in-refused',
  'sign-in-locked',
  'sign-in-busy',
  'vault-passphrase-unusable',
]

/** Undefined: nothing was, or it is not about what was typed. */
export function useSignInProblem(failure: Failure | undefined): string | undefined {
  const words = useWords()
  const isSamePassphrase = failure?.kind === 'operator-unusable' && failure.problem === 'same-passphrase'
  if (failure === undefined || !(besideField.includes(failure.kind) || isSamePassphrase)) return undefined
  const { what, next } = failureText(failure, words)
  return `${what} ${next}`
}

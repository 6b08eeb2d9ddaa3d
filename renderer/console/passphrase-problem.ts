// What was wrong with the last passphrase, said beside its field.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { failureText } from '../../shared/words/language.ts'
import { useWords } from './console-context.tsx'

/** Undefined: nothing was. While nobody is heard, that is what is said. */
export function usePassphraseProblem(failure: Failure | undefined, secondsLeft: number): string | undefined {
  const { t } = useTranslation()
  const words = useWords()
  if (secondsLeft > 0) return t('credentials.wait', { seconds: secondsLeft })
  if (failure?.kind === 'vault-passphrase-wrong') return t('credentials.wrong')
  if (failure?.kind !== 'vault-passphrase-unusable') return undefined
  const { what, next } = failureText(failure, words)
  return `${what} ${next}`
}

// What a login is called: its id is for programs. One that was saved is named by what this computer knows of it, and
// what the shell names in English is said in the language of the page.
import { useTranslation } from 'react-i18next'
import type { Credential } from '../../../shared/contract/window.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'

/** Undefined: a saved one that has no name here now, since its key lies elsewhere or the vault is locked. */
export function useKnownLabel(): (credential: Credential) => string | undefined {
  const { product, window } = useConsole()
  const files = useAnswer({ key: ['window.keyFiles'], ask: () => window.keyFiles({}) }).answer
  const kept = useAnswer({ key: ['vault.list'], ask: () => product.vault.list({}) }).answer
  const named = [files, kept].flatMap((answer) => (answer.state === 'answered' ? [...answer.value] : []))
  return ({ credentialId, label }) =>
    label === '' ? named.find((one) => one.credentialId === credentialId)?.label : label
}

export function useCredentialLabel(): (credential: Credential) => string {
  const { t } = useTranslation()
  const knownLabel = useKnownLabel()
  return (credential) => {
    const label = knownLabel(credential)
    if (label === undefined) return t('access.asSaved')
    if (credential.lasting) return label
    return label === 'password' ? t('access.password') : label === 'private key' ? t('access.privateKey') : label
  }
}

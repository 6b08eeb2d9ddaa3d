// Reads what comes after "operators" on the command line where it is about the site's identity provider.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { providerSettings, providerSubject } from '../../../shared/domain/identity-provider.ts'
import { operatorName } from '../../../shared/domain/operator.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { passphraseSource, type SecretSource, secretSource } from './vault-arguments.ts'

export type ProviderAct =
  | { readonly act: 'provider' | 'test-provider' | 'remove-provider' }
  | {
      readonly act: 'set-provider'
      readonly issuer: string
      readonly clientId: string
      /** Undefined: there is none. */
      readonly clientSecret: SecretSource
      /** A file, PEM. */
      readonly authority: string | undefined
      readonly vault: SecretSource
    }
  | { readonly act: 'bind'; readonly name: string; readonly providerSubject: string }
  | { readonly act: 'unbind'; readonly name: string }

const acts: readonly ProviderAct['act'][] = [
  ...(['provider', 'test-provider', 'remove-provider', 'set-provider', 'bind', 'unbind'] as const),
]

export function isProviderAct(act: string): act is ProviderAct['act'] {
  return acts.some((one) => one === act)
}

export function readProviderLine(
  act: ProviderAct['act'],
  [word, subject]: readonly string[],
  values: OptionValues,
): Result<{ readonly verb: 'operators' } & ProviderAct> {
  const verb = 'operators'
  if (act === 'provider' || act === 'test-provider' || act === 'remove-provider') return ok({ verb, act })
  if (act === 'set-provider') return readSetting(word, values)
  const name = operatorName.safeParse(word?.normalize('NFKC'))
  if (!name.success) return usage('operator-needed', `${verb} ${act}`)
  if (act === 'unbind') return ok({ verb, act, name: name.data })
  const bound = providerSubject.safeParse(subject)
  return bound.success ? ok({ verb, act, name: name.data, providerSubject: bound.data }) : usage('subject-needed')
}

function readSetting(
  word: string | undefined,
  values: OptionValues,
): Result<{ readonly verb: 'operators' } & ProviderAct> {
  const given = providerSettings.safeParse({ issuer: word, clientId: values['client-id'] })
  if (!given.success) return usage('provider-needed')
  const clientSecret = secretSource(values['client-secret-fd'], values['client-secret-file'])
  if (!clientSecret.ok) return clientSecret
  const vault = passphraseSource(values)
  if (!vault.ok) return vault
  const { issuer, clientId } = given.data
  const sources = { clientSecret: clientSecret.value, authority: values.authority, vault: vault.value }
  return ok({ verb: 'operators', act: 'set-provider', issuer, clientId, ...sources })
}

// Whether the identity provider is asked with a credential of the vault: it is not taken away from under it.
import { providerHost } from '../../../shared/domain/provider-address.ts'
import type { Operators } from './operators.ts'

/** Its host, as a person reads it. */
export function providerWith(operators: Operators, credentialId: string): string[] {
  const known = operators.read()
  const provider = known.ok ? known.value?.provider : undefined
  return provider?.credentialId === credentialId ? [providerHost(provider.issuer)] : []
}

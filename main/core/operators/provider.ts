// The site's identity provider as it is set here, and which operator is whom there. Only whoever administers decides about
// it; what somebody may is ours to say, never the provider's.
import { Secret } from '../../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { IdentityProvider, ProviderSettings } from '../../../shared/domain/identity-provider.ts'
import type { Operator } from '../../../shared/domain/operator.ts'
import { providerHost } from '../../../shared/domain/provider-address.ts'
import { findProvider } from '../../oidc/provider.ts'
import type { KeptOperator, KeptProvider, OperatorsFile } from '../../store/operators.ts'
import { makeInKeychain } from '../access/vault.ts'
import type { Core } from '../context.ts'
import { found, named } from './accounts.ts'
import { begun, unusable } from './operators.ts'
import { withoutProviderSessions } from './sessions.ts'
import { replaceNamed } from './sign-in.ts'

/** The entry of the vault. */
const secretId = 'identity-provider-secret'

/** Fails where none is set. */
export function providerOf({ operators }: Pick<Core, 'operators'>): Result<KeptProvider> {
  const known = operators.read()
  if (!known.ok) return known
  const file = begun(known.value)
  if (!file.ok) return file
  const { provider } = file.value
  return provider === undefined
    ? fail({ kind: 'provider-unusable', host: '', problem: 'none-set', detail: '' })
    : ok(provider)
}

export function shownProvider(core: Core): Result<IdentityProvider | null> {
  const known = core.operators.read()
  if (!known.ok) return known
  const provider = known.value?.provider
  return ok(provider === undefined ? null : shown(provider))
}

function shown({ credentialId, ...settings }: KeptProvider): IdentityProvider {
  return { ...settings, confidential: credentialId !== undefined }
}

export async function setProvider(
  core: Core,
  { clientSecret, ...settings }: ProviderSettings & { readonly clientSecret?: string | undefined },
): Promise<Result<IdentityProvider>> {
  const known = core.operators.read()
  if (!known.ok) return known
  const file = begun(known.value)
  if (!file.ok) return file
  const kept = await keepSecret(core, settings, clientSecret)
  if (!kept.ok) return kept
  const provider: KeptProvider = { ...settings, ...(clientSecret !== undefined && { credentialId: secretId }) }
  const changed = core.operators.change((now) => {
    const before = begun(now)
    if (!before.ok) return before
    const isSame = before.value.provider?.issuer === provider.issuer
    return ok({ ...(isSame ? before.value : withoutProviderSessions(before.value)), provider })
  })
  if (!changed.ok) return changed
  core.providerSignIns.forget()
  if (clientSecret === undefined && file.value.provider?.credentialId !== undefined) await core.vault.remove(secretId)
  return ok(shown(provider))
}

async function keepSecret(core: Core, { issuer }: ProviderSettings, secret: string | undefined): Promise<Result<void>> {
  if (secret === undefined) return ok(undefined)
  const made = await makeInKeychain(core)
  if (!made.ok) return made
  const label = `sign-in: ${providerHost(issuer)}`
  return core.vault.keep({ id: secretId, kind: 'client-secret', label, secret: new Secret(secret) })
}

/** Undefined where it has none. Held from its first use on: a vault with a passphrase locks itself, and people sign in later. */
export async function providerSecret(core: Core, { credentialId }: KeptProvider): Promise<Result<Secret | undefined>> {
  if (credentialId === undefined) return ok(undefined)
  const { secret } = core.providerSignIns
  if (secret.held !== undefined) return ok(secret.held)
  const read = await core.vault.read(credentialId, 'client-secret')
  if (!read.ok) return read
  secret.held = read.value.secret
  return ok(read.value.secret)
}

export async function testProvider(core: Core): Promise<Result<{ issuer: string }>> {
  const provider = providerOf(core)
  if (!provider.ok) return provider
  const { credentialId: _secret, ...settings } = provider.value
  const answer = await findProvider({ settings, secret: undefined, nowMs: () => Date.parse(core.tools.now()) })
  return answer.ok ? ok({ issuer: answer.value.issuer }) : answer
}

/** Bindings stay: set again, the same provider means the same people. */
export async function removeProvider(core: Core): Promise<Result<Record<never, never>>> {
  const provider = providerOf(core)
  if (!provider.ok) return provider
  const changed = core.operators.change((known) => {
    const file = begun(known)
    if (!file.ok) return file
    const { provider: _gone, ...left } = withoutProviderSessions(file.value)
    return ok(left)
  })
  if (!changed.ok) return changed
  core.providerSignIns.forget()
  // Of a vault that is locked it is taken out by a person, who finds it there unused.
  if (provider.value.credentialId !== undefined) await core.vault.remove(provider.value.credentialId)
  return ok({})
}

export function bindOperator(
  core: Core,
  { name, providerSubject: subject }: { readonly name: string; readonly providerSubject: string },
): Result<Operator> {
  const provider = providerOf(core)
  if (!provider.ok) return provider
  const { issuer } = provider.value
  const changed = core.operators.change((known) => {
    const file = named(known, name)
    if (!file.ok) return file
    const other = boundTo(file.value, { issuer, subject })
    if (other !== undefined && other.name !== name) return unusable('subject-taken', other.name)
    const bound = replaceNamed(file.value, name, (one) => ({ ...one, binding: { issuer, subject } }))
    return ok(withoutProviderSessions(bound, name))
  })
  return found(core.operators, changed, name)
}

export function unbindOperator({ operators }: Core, name: string): Result<Operator> {
  const changed = operators.change((known) => {
    const file = named(known, name)
    if (!file.ok) return file
    const unbound = replaceNamed(file.value, name, ({ binding: _gone, ...one }) => one)
    return ok(withoutProviderSessions(unbound, name))
  })
  return found(operators, changed, name)
}

type Binding = NonNullable<KeptOperator['binding']>

export function boundTo({ operators }: OperatorsFile, { issuer, subject }: Binding): KeptOperator | undefined {
  return operators.find(({ binding }) => binding?.issuer === issuer && binding.subject === subject)
}

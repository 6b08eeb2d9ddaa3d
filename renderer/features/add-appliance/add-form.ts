// What a person has given so far while adding an appliance. It outlives every failure and every step back;
// secrets are not in it: they live in their field until they are handed over, and nowhere after.

import type { Target } from '../../../shared/contract/contract.ts'
import type { Credential } from '../../../shared/contract/window.ts'
import { type Access, type Address, type Appliance, addressText } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { TypedAddress } from './parse-address.ts'
import type { HandedLogin, UseOnce } from './use-login-fields.ts'

export type AddStep = 'address' | 'fingerprint' | 'login' | 'name'

export const addSteps: readonly AddStep[] = ['address', 'fingerprint', 'login', 'name']

export type Greeted = {
  readonly address: Address
  readonly keyType: string
  readonly fingerprint: string
  /** Its key was trusted before, and is the same. */
  readonly pinned: boolean
  /** It is this one of the jump hosts, and the appliance behind it is greeted next. */
  readonly hop?: number
}

export type Hop = { readonly address: Address; readonly credential: Credential }

/** A secret that is to go into the vault once the login has worked. */
export type Kept = { readonly credentialId: string; readonly label: string }

export type AddForm = {
  readonly step: AddStep
  readonly typed: TypedAddress
  readonly greeted: Greeted | undefined
  readonly via: readonly Hop[]
  /** The login that was handed over last; at the last step it is proven. */
  readonly credential: Credential | undefined
  readonly sudoCredentialId: string | undefined
  readonly weakAlgorithms: boolean
  readonly watchOnly: boolean
  readonly keep: readonly Kept[]
  /** The login is used for the last time when the appliance is saved. */
  readonly useOnce: UseOnce | undefined
  readonly facts: Facts | undefined
  readonly name: string
}

/** `saved`: the appliance whose login is given again, entered as it was but for that. */
export function emptyForm(saved: Appliance | undefined): AddForm {
  const { address } = saved ?? {}
  return {
    step: 'address',
    typed: { host: address?.host ?? '', port: String(address?.port ?? 22), user: address?.user ?? '' },
    greeted: undefined,
    via: (saved?.via ?? []).map((hop) => ({ address: hop.address, credential: savedLogin(hop.credentialId) })),
    credential: undefined,
    sudoCredentialId: saved?.sudoCredentialId,
    weakAlgorithms: saved?.weakAlgorithms === true,
    watchOnly: saved?.watchOnly === true,
    keep: [],
    useOnce: undefined,
    facts: undefined,
    name: '',
  }
}

function savedLogin(credentialId: string): Credential {
  return { credentialId, label: credentialId, lasting: true }
}

/** What is told to a greeting and a trust: the way, without the login at its end. */
export function wayOf({ via, weakAlgorithms }: AddForm): Pick<Access, 'via' | 'weakAlgorithms'> {
  return {
    ...(via.length === 0 ? {} : { via: viaOf(via) }),
    ...(weakAlgorithms ? { weakAlgorithms: true as const } : {}),
  }
}

export function viaOf(hops: readonly Hop[]): NonNullable<Access['via']> {
  return hops.map(({ address, credential }) => ({ address, credentialId: credential.credentialId }))
}

export function targetOf(form: AddForm, address: Address, credentialId: string): Target {
  return { by: 'address', ...loginOf(form, address, credentialId) }
}

export function loginOf(form: AddForm, address: Address, credentialId: string): Access & { readonly address: Address } {
  const { sudoCredentialId, watchOnly } = form
  return {
    address,
    credentialId,
    ...(sudoCredentialId === undefined ? {} : { sudoCredentialId }),
    ...wayOf(form),
    ...(watchOnly ? { watchOnly: true as const } : {}),
  }
}

export function withLogin(form: AddForm, login: HandedLogin, address: Address): AddForm {
  const { credential, useOnce } = login
  return { ...form, credential, useOnce, keep: keptWith(form.keep, login, address) }
}

export function withHop(form: AddForm, login: HandedLogin, address: Address): AddForm {
  return {
    ...form,
    via: [...form.via, { address, credential: login.credential }],
    keep: keptWith(form.keep, login, address),
  }
}

function keptWith(keep: readonly Kept[], login: HandedLogin, { user, host, port }: Address): readonly Kept[] {
  if (!login.keep) return keep
  const label = `${user}@${port === 22 ? host : addressText({ host, port })}`
  return [...keep, { credentialId: login.credential.credentialId, label }]
}

/** Of what was to be kept, that which is still used. */
export function keptNow({ keep, credential, sudoCredentialId, via }: AddForm): readonly Kept[] {
  const used = [credential?.credentialId, sudoCredentialId, ...via.map((hop) => hop.credential.credentialId)]
  return keep.filter(({ credentialId }) => used.includes(credentialId))
}

/** The login that a question or a locked key on the way is about. */
export function loginAt(
  form: AddForm,
  place: { readonly host: string; readonly port: number },
): Credential | undefined {
  const hop = form.via.find(({ address }) => address.host === place.host && address.port === place.port)
  return hop?.credential ?? form.credential
}

/** By the name of its file: a failure names the path, and a login the last part of it. */
export function loginOfFile({ credential, via }: AddForm, file: string): Credential | undefined {
  const logins = [...(credential === undefined ? [] : [credential]), ...via.map((hop) => hop.credential)]
  const name = file.split(/[\\/]/).at(-1)
  return logins.find(({ label }) => label === name) ?? (logins.length === 1 ? logins[0] : undefined)
}

/** The server's own name where it can be one here, else its address. */
export function suggestedName({ facts, greeted }: AddForm): string {
  const own = facts?.hostname.state === 'known' ? facts.hostname.value.split('.')[0] : undefined
  const raw = own === undefined || own === '' || own === 'localhost' ? (greeted?.address.host ?? '') : own
  return raw
    .replaceAll(/[^A-Za-z0-9\u4e00-\u9fff_.-]/g, '-')
    .replace(/^[^A-Za-z0-9\u4e00-\u9fff]+/, '')
    .slice(0, 63)
}

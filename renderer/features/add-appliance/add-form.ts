// What a person has given so far while adding an appliance. It outlives every failure and every step back;
// secrets are not in it: they live in their field until they are handed over, and nowhere after.

import type { Target } from '../../../shared/contract/contract.ts'
import type { Credential } from '../../../shared/contract/window.ts'
import { type Access, type Address, type Appliance, addressText } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
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

export type Hop = {
  readonly address: Address
  readonly credential: Credential
  /** Its login was refused or is gone: another one is given before anything is tried again. */
  readonly refused?: true
}

/** A secret that is to go into the vault once the login has worked. */
export type LoginToKeep = { readonly credentialId: string; readonly label: string }

export type AddForm = {
  readonly step: AddStep
  readonly typed: TypedAddress
  readonly greeted: Greeted | undefined
  readonly via: readonly Hop[]
  /** The address of a jump host that was begun and not added yet. */
  readonly hopTyped: string
  /** The login that was handed over last; at the last step it is proven. */
  readonly credential: Credential | undefined
  readonly sudoCredentialId: string | undefined
  readonly weakAlgorithms: boolean
  readonly watchOnly: boolean
  readonly keep: readonly LoginToKeep[]
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
    hopTyped: '',
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

/** What it is called is looked up where it is shown. */
function savedLogin(credentialId: string): Credential {
  return { credentialId, label: '', lasting: true }
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
    hopTyped: '',
    keep: keptWith(form.keep, login, address),
  }
}

/** Another login for a jump host that is on the way already. */
export function withHopLogin(form: AddForm, place: number, login: HandedLogin): AddForm {
  const address = form.via[place]?.address
  if (address === undefined) return form
  const via = form.via.map((hop, at) => (at === place ? { address, credential: login.credential } : hop))
  return { ...form, via, keep: keptWith(form.keep, login, address) }
}

/** `keep`: it goes into the vault with the other logins. */
export function withSudo(form: AddForm, credentialId: string, keep: boolean): Partial<AddForm> {
  const address = form.greeted?.address
  if (!keep || address === undefined) return { sudoCredentialId: credentialId }
  const kept = { credentialId, label: `sudo ${loginPlace(address)}` }
  return { sudoCredentialId: credentialId, keep: [...form.keep, kept] }
}

function keptWith(keep: readonly LoginToKeep[], login: HandedLogin, address: Address): readonly LoginToKeep[] {
  if (!login.keep) return keep
  return [...keep, { credentialId: login.credential.credentialId, label: loginPlace(address) }]
}

function loginPlace({ user, host, port }: Address): string {
  return `${user}@${port === 22 ? host : addressText({ host, port })}`
}

/** What is asked for anew after this failure: the login that it is about, at the step that asks for it. */
export function afterRefusal(form: AddForm, failure: Failure): Partial<AddForm> {
  const refused = refusedHop(form.via, failure)
  if (refused >= 0) {
    return { step: 'address', via: form.via.map((hop, at) => (at === refused ? { ...hop, refused: true } : hop)) }
  }
  const gone = failure.kind === 'credential-unknown' && failure.credentialId === form.credential?.credentialId
  if (form.step === 'address' || !(gone || failure.kind === 'login-refused')) return {}
  return { step: 'login', credential: undefined }
}

/** The password for sudo was only in memory, and the console ended since. */
export function isSudoGone({ sudoCredentialId }: AddForm, failure: Failure): boolean {
  return failure.kind === 'credential-unknown' && failure.credentialId === sudoCredentialId
}

function refusedHop(via: readonly Hop[], failure: Failure): number {
  if (failure.kind === 'credential-unknown') {
    return via.findIndex(({ credential }) => credential.credentialId === failure.credentialId)
  }
  if (failure.kind !== 'login-refused') return -1
  return via.findIndex(({ address }) => address.host === failure.host && address.port === failure.port)
}

/** Of what was to be kept, that which is still used. */
export function keptNow({ keep, credential, sudoCredentialId, via }: AddForm): readonly LoginToKeep[] {
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

/** The one whose key file it is: a failure names the path, a login the last part of it. What was typed has no file. */
export function loginOfFile(
  { credential, via }: AddForm,
  file: string,
  labelOf: (credential: Credential) => string | undefined,
): Credential | undefined {
  const logins = [...(credential === undefined ? [] : [credential]), ...via.map((hop) => hop.credential)]
  const files = logins.filter(({ lasting }) => lasting)
  const name = fileName(file)
  const named = files.find((one) => one.credentialId === file || labelOf(one) === name)
  const nameless = name === file ? [] : files.filter((one) => labelOf(one) === undefined)
  return named ?? (nameless.length === 1 ? nameless[0] : undefined)
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
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

// What a person has given so far while adding an appliance. It outlives every failure and every step back;
// secrets are not in it: they live in their field until they are handed over, and nowhere after.
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { TypedAddress } from './parse-address.ts'

export type AddStep = 'address' | 'fingerprint' | 'login' | 'name'

export const addSteps: readonly AddStep[] = ['address', 'fingerprint', 'login', 'name']

export type Greeted = {
  readonly address: Address
  readonly keyType: string
  readonly fingerprint: string
  /** Its key was trusted before, and is the same. */
  readonly pinned: boolean
}

export type AddForm = {
  readonly step: AddStep
  readonly typed: TypedAddress
  readonly greeted: Greeted | undefined
  /** The proven login. */
  readonly credentialId: string | undefined
  readonly facts: Facts | undefined
  readonly name: string
}

export function emptyForm(start: Address | undefined): AddForm {
  return {
    step: 'address',
    typed: { host: start?.host ?? '', port: String(start?.port ?? 22), user: start?.user ?? '' },
    greeted: undefined,
    credentialId: undefined,
    facts: undefined,
    name: '',
  }
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

// What a container gets beyond its limits, in words: on the page of its entry, in a plan, where somebody agrees to it.
import type { FailureOf } from '../domain/failure.ts'
import { type PlannedPrivilege, privilegeNamed } from '../domain/privilege.ts'

type PrivilegeOf<K extends PlannedPrivilege['kind']> = Extract<PlannedPrivilege, { kind: K }>

export type PrivilegeWords = {
  /** What it means for the server. */
  readonly kinds: { readonly [K in PlannedPrivilege['kind']]: (privilege: PrivilegeOf<K>) => string }
  /** Above those of a service in a plan. */
  readonly heading: (service: string) => string
  /** Why its entry wants it. */
  readonly why: (why: string) => string
  /** What is new, and how somebody agrees to it. */
  readonly isNew: (name: string) => string
  readonly agreed: string
  readonly noMore: (service: string, names: string) => string
}

export type CapabilityWords = { readonly [C in PrivilegeOf<'capability'>['name']]: string }

export function privilegeText(privilege: PlannedPrivilege, { kinds }: PrivilegeWords): string {
  return (kinds[privilege.kind] as (p: PlannedPrivilege) => string)(privilege)
}

/** Of one of which only its name is kept, with what the installed version had; one that nobody knows is shown as it is. */
export function keptPrivilegeText(name: string, words: PrivilegeWords): string {
  const known = privilegeNamed(name)
  return known === undefined ? name : privilegeText(known, words)
}

/** What happened and where, and what to do next. */
export type PrivilegeFailureWords = {
  readonly 'privilege-not-agreed': (failure: FailureOf<'privilege-not-agreed'>) => {
    readonly what: string
    readonly next: string
  }
}

// Who may do what: a role is what a person has in the hospital, a right is what one call of the contract asks for. The
// system's, the security's and the auditor's power are apart (MLPS level 3): one person may be given several roles, and
// no role reaches by itself from what happens on the appliances to the record of it.
import * as z from 'zod'

export const role = z.enum(['viewer', 'operator', 'approver', 'vendor', 'auditor', 'administrator'])
export type Role = z.infer<typeof role>
export const roles = role.options

/**
 * `anybody`: before it is known who it is. `member`: whoever is signed in, about themselves. `look`: how things are.
 * `look-granted` and `deliver`: as `look` and `operate`, and for a vendor within what was granted to it.
 */
export const right = z.enum([
  'anybody',
  'member',
  'look',
  'look-granted',
  'operate',
  'deliver',
  'approve',
  'audit',
  'administer',
])
export type Right = z.infer<typeof right>

const ofEverybody = ['anybody', 'member'] as const
const ofStaff = [...ofEverybody, 'look', 'look-granted'] as const

export const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  viewer: ofStaff,
  operator: [...ofStaff, 'operate', 'deliver'],
  approver: [...ofStaff, 'approve'],
  vendor: [...ofEverybody, 'look-granted', 'deliver'],
  auditor: [...ofStaff, 'audit'],
  administrator: [...ofStaff, 'administer'],
}

/** What a vendor does with these is held to its grant; with the other roles' it is not. */
const grantedRights: readonly Right[] = ['look-granted', 'deliver']

export const everyRight: ReadonlySet<Right> = new Set(right.options)

export function rightsOf(held: readonly Role[]): ReadonlySet<Right> {
  return new Set(held.flatMap((one) => rightsOfRole[one]))
}

/** Whether what these roles reach with this right is held to a vendor's grant. */
export function isWithinGrant(held: readonly Role[], asked: Right): boolean {
  if (!grantedRights.includes(asked)) return false
  return held.includes('vendor') && !held.some((one) => one !== 'vendor' && rightsOfRole[one].includes(asked))
}

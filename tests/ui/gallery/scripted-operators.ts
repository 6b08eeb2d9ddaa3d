// Operators as scenes and tests script them: nobody named, some who are, and what waits for a second person.
import type { OperatorsState } from '../../../shared/contract/operators.ts'
import type { Approval } from '../../../shared/domain/approval.ts'
import type { IdentityProvider } from '../../../shared/domain/identity-provider.ts'
import { type Operator, type SignedIn, usualPolicy } from '../../../shared/domain/operator.ts'

export const nobodyNamed: OperatorsState = { named: false, signedIn: null, policy: usualPolicy }

const since = '2026-11-22T08:12:00.000Z'

export const administrator: SignedIn = {
  ...{ name: '王芳', roles: ['administrator', 'auditor', 'operator'], since },
  ...{ endsAt: '2026-11-22T20:12:00.000Z', mustChange: false },
}

export function signedInAs(signedIn: SignedIn | null, why?: OperatorsState['why']): OperatorsState {
  return { named: true, signedIn, policy: usualPolicy, ...(why && { why }) }
}

export const hospitalProvider: IdentityProvider = {
  ...{ issuer: 'https://login.hospital.example/realms/staff', clientId: 'rackside', confidential: true },
  ca: '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
}
export const providerHost = 'login.hospital.example'

const times = { createdAt: '2026-10-02T08:00:00.000Z', renewedAt: '2026-10-02T08:00:00.000Z' }

export const threeOperators: Operator[] = [
  { ...times, name: '王芳', roles: ['administrator', 'auditor', 'operator'], lastSignInAt: since, mustChange: false },
  {
    ...{ ...times, name: 'acme-li', roles: ['vendor'], lastSignInAt: null, mustChange: true },
    grant: { publishers: ['acme'], appliances: ['radiology-01', '体检-01'] },
  },
  {
    ...{ ...times, name: '赵敏', roles: ['approver', 'viewer'], lastSignInAt: '2026-11-21T16:40:00.000Z' },
    ...{ mustChange: false, lockedUntil: '2026-11-22T08:17:00.000Z' },
  },
]

const digest = 'b'.repeat(64)

export const twoApprovals: Approval[] = [
  {
    ...{ subject: 'plan-0badcafe0badcafe', digest, appliances: ['radiology-01'], askedBy: 'acme-li', askedAt: since },
    ...{ note: '周一与信息科约定', state: 'waiting' },
  },
  {
    ...{ subject: 'plan-0badcafe0badcaff', digest, appliances: ['体检-01'], askedBy: '王芳', askedAt: since },
    ...{ state: 'refused', decidedBy: '赵敏', decidedAt: '2026-11-22T08:30:00.000Z', reason: '周五之后' },
  },
]

export const boundOperators: Operator[] = threeOperators.map((one, place) => ({
  ...one,
  ...(place !== 1 && {
    binding: { issuer: hospitalProvider.issuer, subject: `7b1e2c90-55d4-4f0a-9d1c-0c5a6a6f${place}e42` },
  }),
}))

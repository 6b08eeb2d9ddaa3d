// Somebody who is signed in at a core, without the half second that a passphrase takes: what is tested is what they may.
import { createHash, randomBytes } from 'node:crypto'
import type { Core } from '../../main/core/context.ts'
import type { KeptOperator } from '../../main/store/operators.ts'
import { ok } from '../../shared/domain/failure.ts'
import { type Grant, type OperatorsPolicy, type SessionKey, usualPolicy } from '../../shared/domain/operator.ts'
import type { Role } from '../../shared/domain/role.ts'

export type Person = {
  readonly name: string
  readonly roles: Role[]
  readonly grant?: Grant
  readonly kind?: 'window' | 'command'
  readonly mustChange?: boolean
}

/** Makes the operator where there is none of that name. Throws what the state folder refuses. */
export function signedInAs(core: Core, person: Person, policy: Partial<OperatorsPolicy> = {}): SessionKey {
  const { name, roles, grant, kind = 'window', mustChange = false } = person
  const now = core.tools.now()
  const sessionKey = randomBytes(32).toString('base64url')
  const digest = createHash('sha256').update(sessionKey).digest('hex')
  const made: KeptOperator = {
    ...{ name, roles, ...(grant && { grant }), createdAt: now, renewedAt: now, lastSignInAt: now, mustChange },
    ...{ failures: 0, check: { salt: 'AAAA', logN: 14, key: 'AAAA' } },
  }
  const session = { digest, name, kind, since: now, activeAt: now, steppedUpAt: now }
  const changed = core.operators.change((known) => {
    const before = known ?? { format: 1 as const, policy: usualPolicy, operators: [], sessions: [] }
    return ok({
      ...{ ...before, policy: { ...before.policy, ...policy } },
      operators: [...before.operators.filter((one) => one.name !== name), made],
      sessions: [...before.sessions, session],
    })
  })
  if (!changed.ok) throw new Error(JSON.stringify(changed.failure))
  return sessionKey
}

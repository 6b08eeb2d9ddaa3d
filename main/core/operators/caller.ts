// Who makes a call. `console`: the process itself, or whoever has its files anyway, for what a shell does of its own
// accord; `person`: whoever sits before a page or types a command, known by a session key or not at all. Where no
// operators are named, both are the user of this computer, who may do everything.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SessionKey, SignInEnd } from '../../../shared/domain/operator.ts'
import { everyRight, type Right, type Role, rightsOf, roles } from '../../../shared/domain/role.ts'
import type { Operators } from './operators.ts'
import { type Session, sessionOf } from './sessions.ts'

export type Caller =
  /** `operator`: the name of this computer's user. */
  | { readonly by: 'console'; readonly operator: string }
  | {
      readonly by: 'person'
      readonly operator: string
      readonly sessionKey?: SessionKey | undefined
      /** The address that their window came from without the key of this computer's user: where no operators are named they are nobody. */
      readonly comesFrom?: string
    }

export type Who = {
  /** As it stands in the audit. */
  readonly operator: string
  readonly rights: ReadonlySet<Right>
  readonly roles: readonly Role[]
  /** Missing where nobody had to sign in, or has. */
  readonly session?: Session
  /** Why nobody is signed in, where somebody had to. */
  readonly ended?: SignInEnd
  /** The address of the computer, where it is not known to be this one. */
  readonly comesFrom?: string | undefined
}

/** As the audit has it of a sign-in: which computer it was is asked first when one was not to be. */
export function fromWhere({ comesFrom }: Who): { readonly from?: string } {
  return comesFrom === undefined ? {} : { from: comesFrom }
}

/** Fails with sign-in-needed where the call asks for more than anybody has. */
export function whoIs(operators: Operators, caller: Caller): Result<Who> {
  const known = operators.read()
  const isUsersOwn = caller.by === 'console' || caller.comesFrom === undefined
  if (caller.by === 'console' || (isUsersOwn && known.ok && known.value === undefined)) {
    return ok({ operator: caller.operator, rights: everyRight, roles })
  }
  const session = sessionOf(operators, caller.sessionKey)
  if (!session.ok) return session
  const { operator } = session.value
  return ok({
    ...{ operator: operator.name, roles: operator.roles },
    ...{ rights: rightsOf(operator.roles), session: session.value, comesFrom: caller.comesFrom },
  })
}

/** Whoever only looks leaves no trace. */
export function mayOperate({ rights }: Who): boolean {
  return rights.has('operate')
}

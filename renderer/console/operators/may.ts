// What whoever is signed in reaches, as far as a page needs to know it: what nobody would be let through to is not offered. It is
// the console that refuses; this only keeps a person from running into it.
import { type Right, rightsOf } from '../../../shared/domain/role.ts'
import { useOperatorsState } from './own-sign-in.ts'

export type May = (...asked: readonly Right[]) => boolean

/** True of one of these rights is enough; of all, where nobody has to sign in and until it is known who it is. */
export function useMay(): May {
  const answer = useOperatorsState()
  const signedIn = answer.state === 'answered' ? answer.value.signedIn : null
  if (signedIn === null) return () => true
  const rights = rightsOf(signedIn.roles)
  return (...asked) => asked.some((one) => rights.has(one))
}

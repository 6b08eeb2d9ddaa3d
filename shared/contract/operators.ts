// Who uses this console. What carries a passphrase is for this computer's user alone: in-process and on the user-only
// socket (desk.ts), and from a page to its own shell (window.ts), which hands it on to the desk. There it is audited.
import * as z from 'zod'
import {
  grant,
  heldRoles,
  operator,
  operatorName,
  operatorsPolicy,
  signedIn,
  signInAnswer,
  signInEnd,
} from '../domain/operator.ts'
import { call } from './call.ts'
import { providerCalls, providerDesk, providerWindow } from './identity-provider.ts'

const nothing = z.strictObject({})
const named = z.strictObject({ name: operatorName })
const duties = { roles: heldRoles, grant: grant.optional() }

const operatorsState = z.strictObject({
  /** False: whoever uses this computer's user has everything, and nobody is asked. */
  named: z.boolean(),
  /** Whoever makes this call; null where nobody is signed in. */
  signedIn: signedIn.nullable(),
  /** What ended the sign-in that there was. */
  why: signInEnd.optional(),
  policy: operatorsPolicy,
  /** The host of the identity provider by which a window of the web shell may sign in. */
  providerHost: z.string().max(300).optional(),
})
export type OperatorsState = z.infer<typeof operatorsState>

export const operatorsCalls = {
  state: call({ effect: 'read', right: 'anybody', audit: 'none' }, nothing, operatorsState),
  /** Somebody touches the window: it is not locked for a while. */
  active: call({ effect: 'read', right: 'member', audit: 'none' }, nothing, nothing),
  signOut: call({ effect: 'change', right: 'member', audit: 'sign-out' }, nothing, nothing),
  list: call({ effect: 'read', right: ['administer', 'audit'], audit: 'none' }, nothing, z.array(operator)),
  /** Other roles. Whoever it is has to sign in anew. */
  change: call(
    { effect: 'change', right: 'administer', audit: 'operator-change', asksAgain: true },
    named.extend(duties),
    operator,
  ),
  remove: call({ effect: 'destructive', right: 'administer', audit: 'operator-remove' }, named, named),
  /** Before its five minutes are over. */
  unlock: call({ effect: 'change', right: 'administer', audit: 'operator-unlock' }, named, operator),
  setPolicy: call(
    { effect: 'change', right: 'administer', audit: 'operators-policy-set', asksAgain: true },
    z.strictObject({ policy: operatorsPolicy }),
    operatorsPolicy,
  ),
  /** Back to one user who has everything; all operators are forgotten. */
  end: call({ effect: 'destructive', right: 'administer', audit: 'operators-end' }, nothing, nothing),
  ...providerCalls,
}

/** How long a new one may be is said by its own failure. */
const passphrase = z.string().min(1).max(4096)
const inputs = {
  signIn: z.strictObject({ name: z.string().min(1).max(200), passphrase, kind: z.enum(['window', 'command']) }),
  stepUp: z.strictObject({ passphrase }),
  begin: named.extend({ passphrase }),
  add: named.extend({ ...duties, passphrase }),
  reset: named.extend({ passphrase }),
  change: z.strictObject({ oldPassphrase: passphrase, newPassphrase: passphrase }),
}

const hides = ['passphrase'] as const

export const operatorsDesk = {
  /** Whatever was typed as a name may be a passphrase: who it was is in the line of how it ended. */
  signIn: call(
    { effect: 'change', right: 'anybody', audit: 'sign-in', hides: ['passphrase', 'name'] },
    inputs.signIn,
    signInAnswer,
  ),
  /** One's own once more: acts that destroy go through for five minutes. */
  stepUp: call({ effect: 'change', right: 'member', audit: 'step-up', hides }, inputs.stepUp, nothing),
  /** The first one, an administrator. From then on this console asks who somebody is. */
  beginOperators: call(
    { effect: 'change', right: 'administer', audit: 'operators-begin', hides },
    inputs.begin,
    operator,
  ),
  /** Its passphrase is changed at the first sign-in. */
  addOperator: call(
    { effect: 'change', right: 'administer', audit: 'operator-add', hides, asksAgain: true },
    inputs.add,
    operator,
  ),
  resetOperator: call(
    { effect: 'change', right: 'administer', audit: 'operator-passphrase-reset', hides, asksAgain: true },
    inputs.reset,
    operator,
  ),
  changeOwnPassphrase: call(
    {
      effect: 'change',
      right: 'member',
      audit: 'operator-passphrase-change',
      hides: ['oldPassphrase', 'newPassphrase'],
    },
    inputs.change,
    operator,
  ),
  ...providerDesk,
}

/** Who may is asked at the desk, once. */
const handedOn = { effect: 'read', right: 'anybody', audit: 'none' } as const

/** The same for a page, by its own shell. */
export const operatorsWindow = {
  signIn: call(handedOn, inputs.signIn, signInAnswer),
  stepUp: call(handedOn, inputs.stepUp, nothing),
  beginOperators: call(handedOn, inputs.begin, operator),
  addOperator: call(handedOn, inputs.add, operator),
  resetOperator: call(handedOn, inputs.reset, operator),
  changeOwnPassphrase: call(handedOn, inputs.change, operator),
  ...providerWindow,
}

// Signing in by the site's identity provider. A page begins an attempt through its own shell, which adds where the browser
// comes back to, and finishes it with what came back: the server that the browser is sent to does nothing but show a page.
import * as z from 'zod'
import { identityProvider, providerReturn, providerSettings, providerSubject } from '../domain/identity-provider.ts'
import { operator, operatorName, signInAnswer } from '../domain/operator.ts'
import { call } from './call.ts'

const nothing = z.strictObject({})
const named = z.strictObject({ name: operatorName })

export const providerCalls = {
  /** Null: none is set. */
  provider: call({ effect: 'read', right: 'administer', audit: 'none' }, nothing, identityProvider.nullable()),
  /** Asks it what it is. */
  testProvider: call(
    { effect: 'change', right: 'administer', audit: 'provider-test' },
    nothing,
    z.strictObject({ issuer: z.string().max(500) }),
  ),
  /** Whoever signed in by it is signed out. */
  removeProvider: call(
    { effect: 'change', right: 'administer', audit: 'provider-remove', asksAgain: true },
    nothing,
    nothing,
  ),
  /** An operator is a person at the provider that is set now. */
  bindSubject: call(
    { effect: 'change', right: 'administer', audit: 'operator-bind', asksAgain: true },
    named.extend({ providerSubject }),
    operator,
  ),
  /** What was signed in so has ended. */
  unbindSubject: call(
    { effect: 'change', right: 'administer', audit: 'operator-unbind', asksAgain: true },
    named,
    operator,
  ),
}

/** What only the window knows that began it. */
const attempt = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const begun = z.strictObject({ attempt, address: z.string().max(4000), state: z.string().max(200) })
/** `step-up`: whoever is signed in says so once more. */
const purpose = z.enum(['sign-in', 'step-up'])
/** What stands behind the "?" where the browser came back. */
const returning = z.strictObject({ attempt, returned: z.string().max(6000) })

const inputs = {
  /** Without a secret: none is needed there. Another one, or none, replaces what was kept. */
  set: providerSettings.extend({ clientSecret: z.string().min(1).max(1000).optional() }),
  begin: z.strictObject({ purpose }),
}

export const providerDesk = {
  setProvider: call(
    { effect: 'change', right: 'administer', audit: 'provider-set', hides: ['clientSecret'], asksAgain: true },
    inputs.set,
    identityProvider,
  ),
  beginProviderSignIn: call(
    { effect: 'read', right: 'anybody', audit: 'none' },
    inputs.begin.extend({ redirect: providerReturn }),
    begun,
  ),
  finishProviderSignIn: call(
    { effect: 'change', right: 'anybody', audit: 'provider-sign-in', hides: ['attempt', 'returned'] },
    returning,
    signInAnswer,
  ),
  finishProviderStepUp: call(
    { effect: 'change', right: 'member', audit: 'provider-step-up', hides: ['attempt', 'returned'] },
    returning,
    nothing,
  ),
}

/** Who may is asked at the desk, once. */
const handedOn = { effect: 'read', right: 'anybody', audit: 'none' } as const

export const providerWindow = {
  setProvider: call(handedOn, inputs.set, identityProvider),
  beginProviderSignIn: call(handedOn, inputs.begin, begun),
  finishProviderSignIn: call(handedOn, returning, signInAnswer),
  finishProviderStepUp: call(handedOn, returning, nothing),
}

// How people come into a service for the first time: with a password that the appliance made, by whoever is first, with
// one that its maker has published, or with none at all.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { servicePort } from './service-address.ts'
import { secretName } from './service-file.ts'

const word = z.string().regex(/^[\x21-\x7e]{1,100}$/)

export const signIn = z.discriminatedUnion('by', [
  /** It has no accounts: whoever reaches it uses it. */
  z.strictObject({ by: z.literal('nobody') }),
  /** Its first administrator is made with it, with a secret of its configuration as the password. */
  z.strictObject({ by: z.literal('made'), user: word, secret: secretName }),
  /** Whoever opens it first becomes its administrator. */
  z.strictObject({ by: z.literal('first-visitor') }),
  /** Its maker publishes the password of its first administrator: anybody knows it until somebody changes it. */
  z.strictObject({ by: z.literal('published'), user: word, password: word }),
])
export type SignIn = z.infer<typeof signIn>

/** Whom an ingress lets through to apps without accounts: everyone who has one password, a secret of its own. */
export const ingressGuard = z.strictObject({ user: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), secret: secretName })

/** Who reaches it has to be asked for something by somebody else: it may have no accounts of its own. */
export function wantsGuard(one: SignIn | undefined): boolean {
  return one === undefined || one.by === 'nobody'
}

/** Before such a service is opened to others, somebody has to come first. */
export function isUnguarded(one: SignIn | undefined): boolean {
  return one?.by === 'first-visitor' || one?.by === 'published'
}

/** A way into a deployment of an appliance; its secret is asked for by itself. */
export const wayIn = z.discriminatedUnion('for', [
  /** People who open a page. `secret`: the name of the one that is their password. */
  z.strictObject({
    for: z.literal('people'),
    deployment: entryId,
    hostPort: servicePort,
    signIn,
    /** Somebody said that the password which its maker publishes was changed. */
    isChanged: z.literal(true).optional(),
    /** Its data are older than the secret that was made for it: it goes on with the accounts that it had. */
    isOlder: z.literal(true).optional(),
  }),
  /** A program that asks a gateway: an app of the appliance, whose administrator may have to enter this by hand. */
  z.strictObject({
    for: z.literal('app'),
    deployment: entryId,
    consumer: entryId,
    secret: secretName,
    /** Where the app finds it, in the network of the containers. */
    baseUrl: z.string().max(300),
    models: z.array(z.string().max(200)).max(50),
  }),
])
export type WayIn = z.infer<typeof wayIn>

/** The secret of it that may be shown; undefined where there is none. */
export function secretOf(way: WayIn): string | undefined {
  if (way.for === 'app') return way.secret
  return way.signIn.by === 'made' && way.isOlder !== true ? way.signIn.secret : undefined
}

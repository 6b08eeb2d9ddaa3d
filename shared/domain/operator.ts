// People who use a console by name: what is told of them. What proves who they are stays in the console's state folder.
import * as z from 'zod'
import { applianceName } from './appliance.ts'
import { entryId } from './artifact.ts'
import { providerBinding } from './identity-provider.ts'
import { role } from './role.ts'

/** As it is typed at the sign-in, and as it stands in the audit. Letters of any script; nothing that looks like another sign. */
export const operatorName = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N}._@ -]*[\p{L}\p{N}])?$/u)
  .refine((name) => name === name.normalize('NFKC'))

/** What a vendor may touch: services of these publishers, on these saved appliances, and nothing else. */
export const grant = z.strictObject({
  publishers: z.array(entryId).max(50),
  appliances: z.array(applianceName).max(200),
})
export type Grant = z.infer<typeof grant>

export const heldRoles = z.array(role).min(1).max(6)

export const operator = z.strictObject({
  name: operatorName,
  roles: heldRoles,
  /** Of a vendor. */
  grant: grant.optional(),
  createdAt: z.iso.datetime(),
  renewedAt: z.iso.datetime(),
  /** Null: never yet. */
  lastSignInAt: z.iso.datetime().nullable(),
  /** Nobody is let in under this name until then, after several wrong passphrases. */
  lockedUntil: z.iso.datetime().optional(),
  /** Somebody else has set the passphrase: it is changed at the next sign-in, before anything else. */
  mustChange: z.boolean(),
  /** Who that is at the site's identity provider. */
  binding: providerBinding.optional(),
})
export type Operator = z.infer<typeof operator>

export const operatorsPolicy = z.strictObject({
  /** A window that nobody touches for so long is locked. */
  idleMinutes: z.int().min(1).max(120),
  /** However busy it is, a sign-in ends after so long. */
  longestHours: z.int().min(1).max(24),
  /** A plan is applied only after somebody else has approved of it. */
  twoPersons: z.boolean(),
})
export type OperatorsPolicy = z.infer<typeof operatorsPolicy>

/** MLPS level 3 asks for an end after idle time; a console is locked after 15 minutes (facts: catalog 7.4). */
export const usualPolicy: OperatorsPolicy = { idleMinutes: 15, longestHours: 12, twoPersons: false }

/** Whoever is signed in. `step`: until when acts that destroy are allowed without the passphrase once more. */
export const signedIn = z.strictObject({
  name: operatorName,
  roles: heldRoles,
  grant: grant.optional(),
  since: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  mustChange: z.boolean(),
  /** Missing: by name and passphrase. */
  by: z.literal('provider').optional(),
})
export type SignedIn = z.infer<typeof signedIn>

export const signInEnd = z.enum(['never', 'idle', 'too-long', 'ended', 'changed'])
export type SignInEnd = z.infer<typeof signInEnd>

/** 32 random bytes. Whoever has it is that operator until it ends: a page keeps it for its own tab, the CLI in a file of its user. */
export const sessionKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
export type SessionKey = z.infer<typeof sessionKey>

export const signInAnswer = signedIn.extend({ sessionKey })

export const operatorProblem = z.enum([
  ...(['unknown', 'taken', 'last-administrator', 'not-begun', 'begun-already', 'grant-missing', 'own-name'] as const),
  ...(['grant-not-for-role', 'same-passphrase', 'too-many', 'subject-taken'] as const),
])

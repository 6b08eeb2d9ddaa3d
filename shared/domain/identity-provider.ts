// The site's own identity provider (OpenID Connect), by which operators of the web shell may sign in: where it is, and as
// whom this console asks it. What somebody may here is never the provider's to say.
import * as z from 'zod'
import { isProviderAddress } from './provider-address.ts'

const providerIssuer = z
  .string()
  .max(500)
  .refine((text) => isProviderAddress(text) && !/[?#]/.test(text), 'not an address by https')

export const providerSettings = z.strictObject({
  issuer: providerIssuer,
  clientId: z.string().regex(/^[!-~]{1,200}$/),
  /** A certificate of the site's own authority, PEM, beside those that this computer trusts. */
  ca: z
    .string()
    .max(20_000)
    .regex(/^-----BEGIN CERTIFICATE-----/)
    .optional(),
})
export type ProviderSettings = z.infer<typeof providerSettings>

/** What is shown of it. `confidential`: it is asked with a client secret, which the vault has. */
export const identityProvider = providerSettings.extend({ confidential: z.boolean() })
export type IdentityProvider = z.infer<typeof identityProvider>

/** A person as the provider names them, for ever: at most 255 ASCII characters (OpenID Connect Core 2). */
export const providerSubject = z.string().regex(/^[!-~](?:[ -~]{0,253}[!-~])?$/)

/** Whom an operator is there. Never a mail address or a name: those change their owner. */
export const providerBinding = z.strictObject({ issuer: providerIssuer, subject: providerSubject })

/** Where the browser comes back to: this computer, and nothing else. */
export const providerReturn = z.string().regex(/^http:\/\/127\.0\.0\.1:[1-9][0-9]{3,4}\/oidc\/callback$/)

export const providerProblem = z.enum([
  ...(['none-set', 'unreachable', 'too-slow', 'too-large', 'certificate'] as const),
  ...(['not-a-provider', 'other-issuer', 'refused', 'web-only', 'vault-locked'] as const),
])
export type ProviderProblem = z.infer<typeof providerProblem>

export const providerRefusal = z.enum(['attempt-over', 'declined', 'unsound', 'other-person', 'not-so'])
export type ProviderRefusal = z.infer<typeof providerRefusal>

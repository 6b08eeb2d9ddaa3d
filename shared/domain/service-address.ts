// Where a service of an appliance is asked.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { says } from './schema-rule.ts'

/** What a request may ask a service for: no blank, line break or query, nothing that HTTP could not carry. */
export const absolutePath = z.string().regex(/^\/[A-Za-z0-9._/-]{0,200}$/)
export const servicePort = z.int().min(1).max(65_535)

/** Not every address at once, not this machine itself, no group and none that needs an interface beside it. */
function isOneMachine(address: string): boolean {
  return !/^(?:0\.|127\.|169\.254\.|22[4-9]\.|2[3-5][0-9]\.|::$|::1$|fe[89ab]|ff|::ffff:|0*:0*:)/.test(address)
}

/** An address of the appliance in the local network, and a port of it: whoever reaches that may open what is there. */
export const localAddress = z.strictObject({
  address: z.union([z.ipv4(), z.ipv6().toLowerCase()]).refine(isOneMachine, says({ rule: 'one-address' })),
  port: servicePort,
})
export type LocalAddress = z.infer<typeof localAddress>

/** What the site's own name server calls an address: at least two labels, and the last one no number. */
export const hostName = z
  .string()
  .max(200)
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/)

/** Where an ingress is reached. `guarded`: apps without accounts of their own ask for its password. */
export const publishedAt = localAddress.extend({ name: hostName.optional(), guarded: z.literal(true).optional() })
export type PublishedAt = z.infer<typeof publishedAt>
export const publishing = z.union([publishedAt, z.literal('none')])
export type Publishing = z.infer<typeof publishing>

/** As a browser is told of it, without the port of HTTPS. */
export function publishedUrl({ name, ...at }: PublishedAt, path = '/'): string {
  const place = name === undefined ? localAddressText(at) : `${name}:${at.port}`
  return `https://${place.replace(/:443$/, '')}${path}`
}

export function localAddressText({ address, port }: LocalAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/**
 * What a plan opens to the local network: somebody agrees to each by its name before it is done. `guarded`: those of
 * them that ask for a password of the ingress; `unguarded`: those that belong to whoever comes first.
 */
export const opening = localAddress.extend({
  services: z.array(entryId).max(50),
  guarded: z.array(entryId).max(50).optional(),
  unguarded: z.array(entryId).max(50).optional(),
})
export type Opening = z.infer<typeof opening>

/** Names of openings that somebody agrees to: "10.0.0.5:443". */
export const agreedOpenings = z.array(z.string().max(100)).max(50)

export function unagreedOpenings(openings: readonly Opening[], agreed: readonly string[]): string[] {
  return openings.map(localAddressText).filter((name) => !agreed.includes(name))
}

/** Where an app is found below the address that publishes it. */
const sitePath = z.string().regex(/^\/(?:[a-z0-9][a-z0-9-]{0,40}\/){0,3}$/)

/** An app that an ingress publishes, and where. */
export const publishedSite = z.strictObject({ app: entryId, at: sitePath })
export const openSite = publishedSite.extend({ guarded: z.literal(true).optional() })
export type OpenSite = z.infer<typeof openSite>

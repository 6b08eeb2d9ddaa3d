// An ingress: how people of the site reach apps. It alone listens on an address of the local network, by TLS, and passes
// on what is meant for the apps that it publishes.
import * as z from 'zod'
import { servicePort } from '../service-address.ts'
import { ingressGuard } from '../sign-in.ts'
import { aboutEntry } from './about.ts'
import { declaredVariables } from './part-variables.ts'
import { hostNetworkAlone } from './privileges.ts'
import { serviceParts } from './service-parts.ts'
import { declaredSettings } from './settings.ts'
import { containerVariants } from './variant.ts'

export const ingressEntry = z
  .strictObject({
    kind: z.literal('ingress'),
    ...aboutEntry,
    ...serviceParts,
    /** Where it takes TLS inside its container, with the certificate in /run/rackside-tls: server.crt and server.key. */
    tlsPort: servicePort,
    /** What its sites ask for where `site.guard` is "on". */
    guard: ingressGuard,
    variants: containerVariants,
  })
  .superRefine(declaredVariables)
  .superRefine(declaredSettings)
  .superRefine(hostNetworkAlone)
export type IngressEntry = z.infer<typeof ingressEntry>

// What a service gets besides its image: secrets that its appliance makes for itself, and files in which they stand. A
// secret is named, never written, in everything that a plan or a console holds: only the appliance puts it in its place.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { remoteSecrets, remoteServices } from './remote-layout.ts'
import { absolutePath, hostName, servicePort } from './service-address.ts'
import { sha256Hex } from './sha256.ts'

/** Of a deployment; the keys that a gateway gives out are secrets of the gateway. */
export const secretName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
/** A rotated secret is a new generation beside the old one, until nobody uses that any more. */
const generation = z.int().min(1).max(1_000_000)
export const secretReference = z.strictObject({ deployment: entryId, name: secretName, generation })
export type SecretReference = z.infer<typeof secretReference>

/** One that the appliance makes; `readable`: in letters that people can type, for those who sign in with it. */
export const secretToMake = secretReference.extend({ readable: z.literal(true).optional() })
export type SecretToMake = z.infer<typeof secretToMake>

/** What a file is made of, one after the other. */
export const filePart = z.union([
  z.strictObject({ text: z.string().max(30_000) }),
  z.strictObject({ secret: secretReference }),
])
export type FilePart = z.infer<typeof filePart>

/** Sent to the first process of a container, which reads its files again then. */
export const reloadSignal = z.enum(['HUP', 'USR1', 'USR2'])
export type ReloadSignal = z.infer<typeof reloadSignal>

/** The name of a file in the folder that the container sees. */
export const serviceFileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)

export const serviceFileSpecs = [
  z.strictObject({ kind: z.literal('secret'), ...secretToMake.shape }),
  z.strictObject({
    kind: z.literal('service-file'),
    deployment: entryId,
    /** In the deployment's folder: what its container sees, or the environment that the engine reads for it. */
    path: z.string().regex(/^(?:files-[0-9a-f]{12}\/[A-Za-z0-9][A-Za-z0-9._-]{0,62}|env-[0-9a-f]{12})$/),
    parts: z.array(filePart).max(1000),
    reload: reloadSignal.optional(),
    /** Who was told to read it anew has done so once it lets these keys in, and those others not. */
    opens: z
      .strictObject({
        hostPort: servicePort,
        path: absolutePath,
        keys: z.array(secretReference).min(1).max(100),
        refuses: z.array(secretReference).max(100),
      })
      .optional(),
  }),
  /** For exactly this address and name, by an authority that the appliance makes for itself. */
  z.strictObject({
    kind: z.literal('certificate'),
    deployment: entryId,
    address: z.union([z.ipv4(), z.ipv6()]),
    name: hostName.optional(),
    reload: reloadSignal.optional(),
    /** The one that is to be made anew, by the sha256 of its file: any other one is right. */
    replaces: sha256Hex.optional(),
  }),
  z.strictObject({ kind: z.literal('absent-secret'), ...secretReference.shape }),
] as const

export function secretPath({ deployment, name, generation }: SecretReference): string {
  return `${remoteSecrets}/${deployment}/${name}.${generation}`
}

export function serviceFolder(deployment: string): string {
  return `${remoteServices}/${deployment}`
}

/** What a certificate step makes, apart for each address and name: what served another one goes on with its own: ca.crt for people, server.crt and server.key for the service. */
export function certificateFolder(deployment: string, { address, name }: Place): string {
  const place = address.replaceAll(':', '-')
  return `${serviceFolder(deployment)}/tls-${place}${name === undefined ? '' : `-${name}`}`
}

type Place = { readonly address: string; readonly name?: string | undefined }

/** Where a container finds its certificate. */
export const certificateTarget = '/run/rackside-tls'

/** Where a container finds its files. */
export const filesTarget = '/run/rackside'

// What steps bring about on the appliance's own system, as data. Everything here becomes words of commands
// that run as root, so each field allows no more than what such a thing is ever called.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { recorderAlert } from './recorder.ts'
import { says } from './schema-rule.ts'
import { engineVolumeName } from './service-volume.ts'
import { sha256Hex } from './sha256.ts'

/** Below folders that services use; never a home, a temporary folder, or what is Rackside's own. */
const hostPath = z
  .string()
  .max(150)
  .regex(/^\/(?:etc|opt|srv|usr\/local|var\/lib|var\/log)(?:\/[A-Za-z0-9_][A-Za-z0-9._-]{0,62}){1,12}$/)
  .refine((path) => !/^\/var\/lib\/rackside(?:\/|$)/.test(path), says({ rule: 'own-folder' }))
const accountName = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/)
const mode = z.string().regex(/^0[0-7]{3}$/)
const held = { owner: accountName, group: accountName, mode }
/** It travels as one word of a command. */
const fileText = z
  .string()
  .max(30_000)
  .refine((text) => !text.includes('\0'), says({ rule: 'no-nul' }))
const argument = z.string().regex(/^[!-~][ -~]{0,199}$/)
export const unitName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.@-]{0,60}\.(?:service|socket|timer|mount|target)$/)

const packageManager = z.enum(['deb', 'rpm', 'run'])
const packageName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}$/)
const packageVersion = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+:~^_-]{0,99}$/)
/** The name it was published under: some tools go by its end. */
const packageFileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+:~^_-]{0,150}$/)
export const hostPackageParts = {
  name: packageName,
  version: packageVersion,
  fileName: packageFileName,
}
/** Where an installer of a vendor leaves the version: the value behind `FIELD=`, or the first line. */
const versionFile = z.strictObject({
  path: z.string().regex(/^\/[A-Za-z0-9._/-]{1,149}$/),
  field: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,40}$/)
    .optional(),
})
export const hostPackageWays = {
  manager: packageManager,
  /** `run` only: words for the installer, and for the same file to take away what it installed. */
  arguments: z.array(argument).max(20),
  removeArguments: z.array(argument).max(20),
  versionFile: versionFile.optional(),
  /** Kept at this version until Rackside changes it: an update in the night would restart what runs. */
  hold: z.boolean(),
  /** What it brings works only after the appliance was started anew. */
  rebootNeeded: z.boolean(),
}

const hostPackage = z.strictObject({
  kind: z.literal('host-package'),
  package: entryId,
  ...hostPackageWays,
  /** Installed together, in one transaction. */
  parts: z
    .array(z.strictObject({ ...hostPackageParts, artifactSha256: sha256Hex }))
    .min(1)
    .max(30),
  /** How long somebody else's package manager is waited for. */
  lockWaitSeconds: z.int().min(0).max(3600),
})

export const runtimeParts = {
  runtime: entryId,
  path: z.string().regex(/^\/[A-Za-z0-9._/-]{1,149}$/),
  arguments: z.array(argument).max(20),
  asDefault: z.boolean(),
}

export const hostStepSpecs = [
  z.strictObject({ kind: z.literal('directory'), path: hostPath, ...held }),
  z.strictObject({ kind: z.literal('file'), path: hostPath, ...held, content: fileText }),
  z.strictObject({ kind: z.literal('volume'), name: engineVolumeName, deployment: entryId }),
  /** Without `content`: a unit that a package brought. */
  z.strictObject({
    kind: z.literal('systemd-unit'),
    name: unitName,
    content: fileText.optional(),
    enabled: z.boolean(),
    started: z.boolean(),
  }),
  hostPackage,
  /** Somebody starts the appliance anew before what comes after this step; Rackside does not do it by itself. */
  z.strictObject({ kind: z.literal('reboot'), package: entryId }),
  z.strictObject({
    kind: z.literal('kernel-parameter'),
    key: z.string().regex(/^[a-z0-9_]+(?:\.[A-Za-z0-9_-]+){1,6}$/),
    value: z.string().regex(/^[A-Za-z0-9_-]+(?: [A-Za-z0-9_-]+){0,9}$/),
  }),
  /** A system account that cannot log in. Groups are added, never taken from it. */
  z.strictObject({
    kind: z.literal('account'),
    user: accountName,
    group: accountName,
    groups: z.array(accountName).max(20),
  }),
  /** One runtime more in the engine's settings; every other setting stays. */
  z.strictObject({
    kind: z.literal('runtime-registration'),
    ...runtimeParts,
    /** Docker takes runtimes over when it is told to read its settings again; nothing stops for that. */
    activation: z.enum(['reload', 'restart']),
  }),
  /** Measures the appliance while no console watches it. */
  z.strictObject({
    kind: z.literal('recorder'),
    intervalSeconds: z.int().positive().max(3600),
    /** Of all that it keeps. */
    limitBytes: z.int().positive(),
    script: fileText,
    scriptSha256: sha256Hex,
    /** Missing: it tells nobody. */
    alert: recorderAlert.optional(),
  }),
] as const

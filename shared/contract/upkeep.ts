// What becomes of a stack after it was set up: back to a kept version, away altogether, compared with what it was.
import * as z from 'zod'
import { entryId } from '../domain/artifact.ts'
import { drift } from '../domain/drift.ts'
import { takenFrom } from '../domain/ownership.ts'
import { plan, soakSeconds } from '../domain/plan.ts'
import { published } from '../domain/published.ts'
import { runEvent, runId } from '../domain/run.ts'
import { secretName } from '../domain/service-file.ts'
import { sha256Hex } from '../domain/sha256.ts'
import { wayIn } from '../domain/sign-in.ts'
import { call, streamCall } from './call.ts'
import type { target as targetSchema } from './target.ts'

/** A version that can be gone back to. `inService`: it is the one that is there now. */
export const versionSummary = z.strictObject({
  deployment: entryId,
  entry: z.string(),
  version: z.string(),
  specDigest: sha256Hex,
  keptAt: z.string(),
  inService: z.boolean(),
  /** Its publisher has taken it back: it is not gone back to. */
  takenBack: z.literal(true).optional(),
})
export type VersionSummary = z.infer<typeof versionSummary>

export function upkeepCalls(target: typeof targetSchema) {
  return {
    /** What the appliance keeps, newest first. */
    versions: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target }),
      z.array(versionSummary),
    ),
    /** Saved like any plan and applied by `setup.apply`. */
    planRollBack: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({
        target,
        deployment: z.string().max(63),
        specDigest: sha256Hex,
        soakSeconds: soakSeconds.optional(),
        takeFrom: takenFrom.optional(),
      }),
      plan,
    ),
    /** Applied by `uninstall` only. */
    planUninstall: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target, deletesData: z.boolean() }),
      plan,
    ),
    /** `typedHost`: the appliance's host, or the name under which it is saved, typed by a person. */
    uninstall: streamCall(
      { effect: 'destructive', right: 'operate', audit: 'uninstall' },
      'log',
      z.strictObject({ planId: plan.shape.id, target, typedHost: z.string().max(300), takesOver: runId.optional() }),
      runEvent,
    ),
    /** What the local network reaches, and the certificate that its computers need for that. */
    published: call(
      { effect: 'read', right: 'look-granted', audit: 'none' },
      z.strictObject({ target }),
      z.array(published),
    ),
    /** How people, and apps that are told by hand, come into what runs there; no secret is in it. */
    signIns: call({ effect: 'read', right: 'operate', audit: 'none' }, z.strictObject({ target }), z.array(wayIn)),
    /** One secret of those ways, for the person who asks. */
    showSecret: call(
      { effect: 'change', right: 'operate', audit: 'secret-show', asksAgain: true },
      z.strictObject({ target, deployment: entryId, name: secretName }),
      z.strictObject({ value: z.string().max(100) }),
    ),
    /** Somebody has changed the password that the maker of this service publishes; how it is then. */
    confirmSignIn: call(
      { effect: 'change', right: 'operate', audit: 'sign-in-confirm' },
      z.strictObject({ target, deployment: entryId }),
      z.array(wayIn),
    ),
    /** The certificate that the appliance made, made anew by the same authority; of several the one that ends first. Applied by `setup.apply`. */
    planRenewal: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target, deployment: entryId.optional() }),
      plan,
    ),
    /** The site's own certificate for what is published, in PEM with those between it and its authority. Its key was offered before. */
    giveCertificate: call(
      { effect: 'change', right: 'operate', audit: 'certificate-give', asksAgain: true },
      z.strictObject({ target, certificate: z.string().max(100_000), credentialId: z.string().max(100) }),
      z.strictObject({ validUntil: z.iso.datetime() }),
    ),
    /** What is not as it was when the stack was last set up and proven. */
    drift: call({ effect: 'read', right: 'operate', audit: 'none' }, z.strictObject({ target }), z.array(drift)),
    /** From now on the server under the stack is right as it is now. What differs in the stack itself is put back by a plan. */
    acceptDrift: call(
      { effect: 'change', right: 'operate', audit: 'drift-accept' },
      z.strictObject({ target }),
      z.array(drift),
    ),
  }
}

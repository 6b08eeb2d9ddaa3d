// Bundles: what can be installed from, and those in one file or in parts that can be imported. Files are known by ids: of
// the import folder, or opened at the desk.
import * as z from 'zod'
import { bundleHeader } from '../domain/artifact.ts'
import { type BlockedVersion, blockedVersion } from '../domain/blocked-version.ts'
import { bundlePiece } from '../domain/bundle-piece.ts'
import { declaredPrivilege } from '../domain/entry/privileges.ts'
import { type Failure, failure as failureSchema } from '../domain/failure.ts'
import { metadataDate, publisherFingerprint, vouching } from '../domain/publisher.ts'
import { call, streamCall } from './call.ts'

const id = z.string().max(100)
const name = z.string().max(300)
const bytes = z.int().nonnegative()
/** By its name: written out in each of these types, the compiler finds the contract too long. */
const failure: z.ZodType<Failure, Failure> = failureSchema

/** What it takes back, as it says. */
const blocked: z.ZodType<BlockedVersion[], BlockedVersion[]> = z.array(blockedVersion).max(1000)

const localizedText = z.strictObject({ en: z.string(), 'zh-CN': z.string() })

const bundleSummary = z.strictObject({
  bundleId: z.string(),
  /** Made for demo appliances, refused by every other one. */
  demo: z.boolean(),
  /** Imported into the console's own store, which can remove it. */
  kept: z.boolean(),
  /** The last part of its folder's path: what a person calls it. */
  name: z.string().max(300),
  content: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      value: z.strictObject({
        header: bundleHeader,
        vouching,
        totalBytes: z.int().nonnegative(),
        solutions: z.array(
          z.strictObject({ id: z.string(), version: z.string(), title: localizedText, summary: localizedText }),
        ),
      }),
    }),
    z.strictObject({ ok: z.literal(false), failure }),
  ]),
})
export type BundleSummary = z.infer<typeof bundleSummary>

/** Who vouches for a bundle that is only looked at: nothing of it is used, whoever it is. */
const bundleSignature = z.discriminatedUnion('state', [
  z.strictObject({
    ...{ state: z.literal('signed'), publisher: id, name, fingerprint: publisherFingerprint },
    ...{ expires: metadataDate, expired: z.boolean() },
  }),
  /** Signed, and nobody here has trusted whoever did; its name is what it says itself. */
  z.strictObject({ state: z.literal('stranger'), publisher: id, name, fingerprint: publisherFingerprint }),
  z.strictObject({ state: z.literal('unsigned') }),
  z.strictObject({ state: z.literal('broken'), failure }),
])
export type BundleSignature = z.infer<typeof bundleSignature>

/** Brought on a medium or put into the import folder. */
export const broughtBundle = z.strictObject({
  importId: id,
  /** The files that are there. */
  files: z.array(name).max(999),
  content: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      value: z.strictObject({
        name,
        /** Where nobody vouches for it, as the bundle says. */
        publisher: name,
        signature: bundleSignature,
        totalBytes: bytes,
        /** Parts that are not there, and were not read before, by their names. */
        missing: z.array(name).max(999),
        /** `begun`: an import of it was cut off, and goes on where it was. */
        state: z.enum(['new', 'begun', 'going', 'kept']),
        blocked,
      }),
    }),
    z.strictObject({ ok: z.literal(false), failure }),
  ]),
})
export type BroughtBundle = z.infer<typeof broughtBundle>

const working = z.strictObject({ stage: z.literal('working'), doneBytes: bytes, totalBytes: bytes })
const failed = z.strictObject({ stage: z.literal('failed'), failure })

export const importProgress = z.discriminatedUnion('stage', [
  working,
  failed,
  /** `presentBytes`: what other bundles here, or an import before, had brought. */
  z.strictObject({
    ...{ stage: z.literal('done'), bundleId: id, name, copiedBytes: bytes, presentBytes: bytes, blocked },
    usable: z.boolean(),
    /** Where it is not usable yet: nobody here has trusted whoever signed it. */
    why: failure.optional(),
  }),
])
export type ImportProgress = z.infer<typeof importProgress>

export const verifyProgress = z.discriminatedUnion('stage', [
  working,
  failed,
  z.strictObject({
    ...{ stage: z.literal('done'), name, totalBytes: bytes, pieces: z.array(bundlePiece) },
    signature: bundleSignature,
  }),
])
export type VerifyProgress = z.infer<typeof verifyProgress>

/** What a publisher is about to hand over, as a site sees it that has never heard of it. */
export const handover = z.strictObject({
  ...{ line: name, publisher: z.strictObject({ id, name }), fingerprint: publisherFingerprint },
  ...{ version: z.int().positive(), expires: metadataDate, expired: z.boolean() },
  entries: z.array(
    z.strictObject({
      ...{ kind: z.string().max(50), id, version: z.string().max(100), licence: z.string().max(300) },
      /** Of any of its variants. */
      privileges: z.array(declaredPrivilege),
    }),
  ),
  blocked,
  /** What the file has to carry, each artifact once. */
  carriedBytes: bytes,
  /** What is not right; empty where every byte is. */
  pieces: z.array(bundlePiece),
})
export type Handover = z.infer<typeof handover>

export const handoverProgress = z.discriminatedUnion('stage', [
  working,
  failed,
  z.strictObject({ stage: z.literal('done'), handover }),
])
export type HandoverProgress = z.infer<typeof handoverProgress>

const difference = z.strictObject({
  what: z.enum(['entry', 'artifact']),
  name,
  change: z.enum(['added', 'removed', 'changed']),
  /** Of an entry: what a person is asked to agree to that the other one did not want, and what only that one did. */
  ...{ wantsMore: z.array(declaredPrivilege).optional(), wantsNoMore: z.array(declaredPrivilege).optional() },
})
export type BundleDifference = z.infer<typeof difference>

export const bundleInspection = z.strictObject({
  name,
  publisher: name,
  signature: bundleSignature,
  createdAt: z.string().max(100),
  /** The sha256 of its documents. */
  identity: z.string().max(64),
  entries: z.array(
    z.strictObject({ kind: z.string().max(50), id, version: z.string().max(100), licence: z.string().max(300) }),
  ),
  /** `carried`: its bytes are in the file; else the place where it goes has to have them. */
  artifacts: z.array(
    z.strictObject({ id, kind: z.string().max(50), bytes, sha256: z.string().max(64), carried: z.boolean() }),
  ),
  /** From the other bundle to this one. */
  differences: z.array(difference).optional(),
})
export type BundleInspection = z.infer<typeof bundleInspection>

/** `place`: the id of a bundle, or of one that was brought. */
const place = z.strictObject({ place: id })

export const bundlesCalls = {
  /** What can be installed from: the import folder's bundles and those opened since, unusable ones with the reason. */
  list: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(bundleSummary)),
  brought: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(broughtBundle)),
  /** Copies it into the console's store. It goes on when nobody reads; whoever asks again meanwhile joins. */
  import: streamCall(
    { effect: 'change', right: 'deliver', audit: 'bundle-import' },
    'latest',
    z.strictObject({ importId: id }),
    importProgress,
  ),
  /** What was copied is kept, and importing again goes on from there. */
  stopImport: call(
    { effect: 'change', right: 'deliver', audit: 'bundle-import-stop' },
    z.strictObject({ importId: id }),
    z.strictObject({ going: z.boolean() }),
  ),
  /** An imported bundle, or one whose import was cut off, with what no other one needs. */
  remove: call(
    { effect: 'change', right: 'operate', audit: 'bundle-remove', asksAgain: true },
    place,
    z.strictObject({ name, freedBytes: bytes }),
  ),
  /** Reads every byte of it. */
  verify: streamCall({ effect: 'read', right: 'deliver', audit: 'none' }, 'latest', place, verifyProgress),
  /** Reads every byte of it, and trusts nobody: who signed it is for a person to compare. */
  checkHandover: streamCall({ effect: 'read', right: 'deliver', audit: 'none' }, 'latest', place, handoverProgress),
  /** Reads no more than its documents. */
  inspect: call(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    place.extend({ against: id.optional() }),
    bundleInspection,
  ),
}

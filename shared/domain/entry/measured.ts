// What a form of a model was measured at on real hardware, out of a signed acceptance certificate: whose devices and how
// many, which runtime, how fast for one and for so many at once. Whoever signs the catalog vouches for having checked it;
// the certificate's digest and the fingerprint of its key say which one it was.
import * as z from 'zod'
import { vendor } from '../accelerator.ts'
import { entryId } from '../artifact.ts'
import { sha256Hex } from '../sha256.ts'
import { printable } from './entry-text.ts'

const milliseconds = z.number().nonnegative().max(1e9)
const rate = z.number().nonnegative().max(1e9)

/** Devices of one product, as the vendor's tool names it, or the processor. */
export const hardwareClass = z.discriminatedUnion('on', [
  z.strictObject({
    on: z.literal('accelerators'),
    vendor,
    product: printable(200).min(1),
    count: z.int().min(1).max(1024),
    /** Of each of them; missing where the tool did not say it. */
    memoryBytes: z.int().positive().optional(),
  }),
  z.strictObject({ on: z.literal('processor'), product: printable(200).min(1), cores: z.int().min(1).max(100_000) }),
])
export type HardwareClass = z.infer<typeof hardwareClass>

export const measuredEvidence = z.strictObject({
  hardware: hardwareClass,
  runtime: entryId,
  runtimeVersion: printable(64).min(1),
  /** Of the answer that one person alone gets. */
  tokensPerSecond: rate.optional(),
  /** So many at once, with prompts and answers of about that many tokens. */
  users: z.int().min(1).max(1024),
  inputTokens: z.int().positive().max(131_072),
  outputTokens: z.int().positive().max(8192),
  ttftP95Ms: milliseconds,
  tpotP95Ms: milliseconds,
  /** Of all of them together. */
  outputTokensPerSecond: rate,
  /** When it was measured, by the clock of the console that did. */
  measuredOn: z.iso.date(),
  /** sha256 of the certificate's bytes. */
  certificate: sha256Hex,
  /** Of the key that it is signed with, "SHA256:…". */
  signedBy: printable(100).min(1),
})
export type MeasuredEvidence = z.infer<typeof measuredEvidence>

/** Of one form. */
export const mostMeasured = 50

/** Why a model of a certificate is no evidence for its entry, or was not written into it. */
export type NotContributed =
  | ('demo' | 'refused' | 'no-form' | 'device-unproven' | 'hardware-unread' | 'not-measured' | 'rough-figures')
  | ('no-entry' | 'no-such-form' | 'one-line' | 'full')

/** Two cards of the same name may have less memory than each other by what a driver keeps of it. */
const memoryTolerance = 0.05

export function isSameHardware(one: HardwareClass, other: HardwareClass): boolean {
  if (plain(one.product) !== plain(other.product)) return false
  if (one.on === 'processor' || other.on === 'processor') {
    return one.on === 'processor' && other.on === 'processor' && one.cores === other.cores
  }
  if (one.vendor !== other.vendor || one.count !== other.count) return false
  const [a, b] = [one.memoryBytes, other.memoryBytes]
  return a === undefined || b === undefined || Math.abs(a - b) <= memoryTolerance * Math.max(a, b)
}

function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
}

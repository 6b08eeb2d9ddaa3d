// What the audit writes about itself: where the chain begins, which key speaks for the next stretch, what was cut short,
// and what was removed because it was old.
import * as z from 'zod'
import { sha256Hex } from './sha256.ts'

/** An ed25519 key or signature in hex. */
export const publicKeyHex = z.string().regex(/^[0-9a-f]{64}$/)
export const signatureHex = z.string().regex(/^[0-9a-f]{128}$/)

const file = z.strictObject({ file: z.string().max(100), bytes: z.int().nonnegative(), sha256: sha256Hex })

/** The first record of a segment. `legacy`: lines of before there was a chain, kept beside it as they were. */
export const stretchBegin = z.strictObject({
  consoleId: z.string().regex(/^[0-9a-f]{32}$/),
  epoch: z.int().positive(),
  publicKey: publicKeyHex,
  legacy: z.array(file).max(100).optional(),
})

/** The last record of a segment. `signature`: of that segment's key over the next key; null where it was lost. */
export const stretchEnd = z.strictObject({
  epoch: z.int().positive(),
  next: publicKeyHex,
  signature: signatureHex.nullable(),
})

/** Bytes that were found behind the last record and are none: a line that a power cut or a full disk cut short. */
export const foundGap = z.strictObject({ bytes: z.int().positive(), sha256: sha256Hex })

/** That record was written and not known to be on the disk; its act was refused. */
export const voided = z.strictObject({ number: z.int().positive() })

export const removedSegment = z.strictObject({
  epoch: z.int().positive(),
  first: z.int().positive(),
  last: z.int().positive(),
  lastHash: sha256Hex,
  lastAt: z.string().max(40),
})
export const retained = z.strictObject({
  days: z.int().positive(),
  removed: z.array(removedSegment).min(1).max(10_000),
})

export const ownActs = {
  begin: 'audit-begin',
  epochBegin: 'audit-epoch-begin',
  epochEnd: 'audit-epoch-end',
  gap: 'audit-gap',
  void: 'audit-void',
  retention: 'audit-retention',
} as const

/** What the key of an epoch signs to make way for the next. */
export function successionText(
  consoleId: string,
  { epoch, next }: { readonly epoch: number; readonly next: string },
  previous: string,
): string {
  return `rackside-audit-epoch\n${consoleId}\n${epoch}\n${next}\n${previous}\n`
}

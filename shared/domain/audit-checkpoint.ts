// A checkpoint: how far the audit had come and what its last line's digest was, signed with the key of that stretch. One
// that lies elsewhere is what shows that the end of the audit was cut off, or all of it written anew.
import * as z from 'zod'
import { publicKeyHex, signatureHex } from './audit-own-acts.ts'
import { sha256Hex } from './sha256.ts'

const said = {
  kind: z.literal('rackside-audit-checkpoint'),
  format: z.literal(1),
  consoleId: z.string().regex(/^[0-9a-f]{32}$/),
  epoch: z.int().positive(),
  number: z.int().positive(),
  hash: sha256Hex,
  /** UTC, ISO 8601. */
  at: z.string().max(40),
  publicKey: publicKeyHex,
}

export const auditCheckpoint = z.strictObject({ ...said, signature: signatureHex })
export type AuditCheckpoint = z.infer<typeof auditCheckpoint>

/** What is signed. */
export function checkpointText(checkpoint: Omit<AuditCheckpoint, 'signature'>): string {
  const { kind, format, consoleId, epoch, number, hash, at, publicKey } = checkpoint
  return JSON.stringify({ kind, format, consoleId, epoch, number, hash, at, publicKey })
}

/** Of a file of them, a line each, or of a certificate that has one; a line that is none is counted. */
export function readCheckpoints(text: string): { readonly checkpoints: AuditCheckpoint[]; readonly strange: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const read = lines.map(checkpointOf)
  const checkpoints = read.filter((one) => one !== undefined)
  return { checkpoints, strange: lines.length - checkpoints.length }
}

function checkpointOf(line: string): AuditCheckpoint | undefined {
  try {
    const value: unknown = JSON.parse(line)
    const certificate = z.object({ audit: auditCheckpoint }).safeParse(value)
    return certificate.success ? certificate.data.audit : auditCheckpoint.safeParse(value).data
  } catch {
    return undefined
  }
}

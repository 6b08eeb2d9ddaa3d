// The form of a backup: one readable line that says what it is and how it is opened, and behind it, sealed, a list of
// files and their bytes one after another. The digest in the line tells damage from a wrong passphrase, as in the vault.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type BackupHead, backupFormat, backupHead } from '../../../shared/domain/backup.ts'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { jsonIn } from '../../../shared/domain/json-text.ts'
import { type DataKey, keyByPassphrase } from '../../vault/data-key.ts'
import { byPassphrase } from '../../vault/vault-file.ts'

/** The line in front is shorter. */
export const mostHeadBytes = 16 * 1024

const wholeHead = z.strictObject({
  ...backupHead.shape,
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  protection: byPassphrase,
})
type WholeHead = z.infer<typeof wholeHead>

export type ReadHead = {
  readonly head: BackupHead
  /** What everything behind it is bound to. */
  readonly bound: string
  readonly bytes: number
  readonly whole: WholeHead
}

export function headLine(head: BackupHead, { keyId, protection }: DataKey): string {
  const body = wholeHead.parse({ ...head, keyId, protection })
  return `${JSON.stringify({ sha256: digestOf(body), body })}\n`
}

export function boundTo(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}

export function unusable(file: string, reason: FailureOf<'backup-unusable'>['reason'], detail = ''): Result<never> {
  return fail({ kind: 'backup-unusable', file: evidence(file, 1500), reason, detail: evidence(detail, 300) })
}

/** `start`: the first bytes of the file, at least the whole line where there is one. */
export function readHead(file: string, start: Buffer): Result<ReadHead> {
  const end = start.indexOf(10)
  if (!start.subarray(0, 1).equals(Buffer.from('{'))) return unusable(file, 'not-a-backup')
  if (end < 0) return unusable(file, start.length < mostHeadBytes ? 'cut-short' : 'not-a-backup')
  const line = start.subarray(0, end + 1).toString('utf8')
  const outer = z.strictObject({ sha256: z.string(), body: z.unknown() }).safeParse(jsonIn(line))
  if (!outer.success) return unusable(file, line.includes('rackside-backup') ? 'damaged' : 'not-a-backup')
  const { sha256, body } = outer.data
  // Written again it must be the same line: nothing in it goes unread.
  if (sha256 !== digestOf(body) || `${JSON.stringify(outer.data)}\n` !== line) return unusable(file, 'damaged')
  const about = z.object({ kind: z.literal('rackside-backup'), format: z.int() }).safeParse(body)
  if (!about.success) return unusable(file, 'not-a-backup')
  const { format } = about.data
  if (format !== backupFormat) {
    return unusable(file, format > backupFormat ? 'newer-format' : 'older-format', `${format}, not ${backupFormat}`)
  }
  const read = wholeHead.safeParse(body)
  if (!read.success) return unusable(file, 'damaged')
  const { keyId: _, protection: __, ...head } = read.data
  return ok({ head, bound: boundTo(line), bytes: end + 1, whole: read.data })
}

export async function keyOfBackup(file: string, { whole }: ReadHead, passphrase: string): Promise<Result<Buffer>> {
  const key = await keyByPassphrase(whole.keyId, whole.protection, passphrase)
  return key === undefined ? fail({ kind: 'backup-passphrase-wrong', file: evidence(file, 1500) }) : ok(key)
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(String(JSON.stringify(value)))
    .digest('hex')
}

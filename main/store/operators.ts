// The operators of this console, in one file with secrets: who they are, what checks their passphrases, and what is
// signed in. No passphrase and no session key is in it, only what checks one. Where the file is missing, whoever has
// this computer's user has everything; where it is damaged, nobody is let in.
import * as z from 'zod'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { providerSettings } from '../../shared/domain/identity-provider.ts'
import { operator, operatorsPolicy } from '../../shared/domain/operator.ts'
import { sha256Hex } from '../../shared/domain/sha256.ts'
import type { SecretFile } from './secret-file.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/)

/** scrypt; `logN` is bounded when it is used. */
const check = z.strictObject({ salt: base64.max(64), logN: z.int().min(10).max(18), key: base64.max(64) })

const keptOperator = operator.omit({ lockedUntil: true }).extend({
  check,
  /** Wrong passphrases in a row. */
  failures: z.int().min(0).max(1000),
  lockedUntil: z.iso.datetime().optional(),
})
export type KeptOperator = z.infer<typeof keptOperator>

const keptSession = z.strictObject({
  /** Of the session key. */
  digest: sha256Hex,
  name: z.string().max(60),
  /** A window is locked when nobody touches it; a command counts by itself. */
  kind: z.enum(['window', 'command']),
  since: z.iso.datetime(),
  activeAt: z.iso.datetime(),
  steppedUpAt: z.iso.datetime(),
  /** Missing: by name and passphrase. */
  by: z.literal('provider').optional(),
})
export type KeptSession = z.infer<typeof keptSession>

const keptProvider = providerSettings.extend({ credentialId: z.string().min(1).max(100).optional() })
export type KeptProvider = z.infer<typeof keptProvider>

export const operatorsFile = z.strictObject({
  format: z.literal(1),
  policy: operatorsPolicy,
  operators: z
    .array(keptOperator.refine(({ roles, grant }) => !roles.includes('vendor') || grant !== undefined))
    .max(500),
  sessions: z.array(keptSession).max(1000),
  /** Its secret, where it has one, is in the vault. */
  provider: keptProvider.optional(),
})
export type OperatorsFile = z.infer<typeof operatorsFile>

export type OperatorsStore = {
  /** Undefined: this console has no named operators. */
  read(): Result<OperatorsFile | undefined>
  write(file: OperatorsFile | undefined): Result<void>
}

const nobody = 'none'

export function operatorsIn(disk: SecretFile): OperatorsStore {
  return {
    read() {
      const text = disk.read()
      if (!text.ok) return text
      if (text.value === undefined || text.value.trim() === nobody) return ok(undefined)
      const parsed = operatorsFile.safeParse(jsonOf(text.value))
      if (parsed.success) return ok(parsed.data)
      return fail({ kind: 'state-unwritable', folder: disk.file, detail: 'it is damaged; put it back from a backup' })
    },
    write: (file) => disk.write(file === undefined ? `${nobody}\n` : `${JSON.stringify(file, null, 1)}\n`),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

// The backup of this console's state: what it would hold is a call of the product's; writing it takes a passphrase and a
// path, so that is for this computer's user alone, and for a page through its own shell. Putting one back is no call: it
// happens where no console runs.
import * as z from 'zod'
import { backupPart, backupPreview, writtenBackup } from '../domain/backup.ts'
import { call } from './call.ts'
import { placeOnComputer } from './place.ts'

export const backupCalls = {
  preview: call({ effect: 'read', right: 'administer', audit: 'none' }, z.strictObject({}), backupPreview),
}

/** How long one may be is said by the vault's own rule. */
const passphrase = z.string().max(4096)
const parts = z.array(backupPart).max(backupPart.options.length)

export const backupDesk = {
  /** `replaces`: whoever chose the file agreed to that. */
  writeBackup: call(
    { effect: 'change', right: 'administer', audit: 'backup-write', hides: ['passphrase'] },
    z.strictObject({ file: placeOnComputer, passphrase, parts, replaces: z.boolean().optional() }),
    writtenBackup,
  ),
}

export const backupWindow = {
  /** A native dialog says where it goes; `name`: what it proposes. Null where that was cancelled, or the shell has none. */
  writeBackup: call(
    { effect: 'read', right: 'administer', audit: 'none' },
    z.strictObject({ name: z.string().regex(/^rackside-backup-\d{4}-\d\d-\d\d\.rsb$/), passphrase, parts }),
    writtenBackup.nullable(),
  ),
}

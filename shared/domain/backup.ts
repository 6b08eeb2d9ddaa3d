// A backup of the console's state as plain data: what it may hold, what its readable header says, and what lies sealed
// behind that. The bytes are the business of main/vault and main/core/backup.
import * as z from 'zod'

export const backupFormat = 1

/** `state`: what a console cannot do without. The others may be large, and are taken where somebody wants them. */
export const backupPart = z.enum(['state', 'history', 'recordings'])
export type BackupPart = z.infer<typeof backupPart>

/** What the state folder holds, in the order in which it is shown. */
export const backupItem = z.enum([
  ...(['appliances', 'host-keys', 'known-hosts', 'key-files', 'vault', 'operators', 'publishers'] as const),
  ...(['audit', 'acceptances', 'evaluations', 'benches', 'canaries', 'alerts', 'news', 'plans'] as const),
  ...(['demo', 'history', 'recordings'] as const),
])
export type BackupItem = z.infer<typeof backupItem>

/** Why something of the state folder stays behind. */
export const leftOutReason = z.enum([
  ...([
    'imported-bundles',
    'demo-bundle',
    'this-computer',
    'older-copies',
    'running',
    'not-wanted',
    'keychain',
  ] as const),
])
export type LeftOutReason = z.infer<typeof leftOutReason>

/** Of the vault that goes along: one in the keychain of this computer opens nowhere else, so it stays behind. */
export const movedVault = z.enum(['none', 'passphrase', 'keychain'])
export type MovedVault = z.infer<typeof movedVault>

const counted = { files: z.int().nonnegative(), bytes: z.number().nonnegative() }

/** Before anything is written. */
export const backupPreview = z.strictObject({
  items: z.array(z.strictObject({ item: backupItem, part: backupPart, ...counted })),
  leftOut: z.array(z.strictObject({ why: leftOutReason, ...counted })),
  /** Files that this version does not know: they stay behind, and somebody should know. */
  unknown: z.array(z.string().max(300)).max(50),
  vault: movedVault,
  /** Keys that lie in files of this computer: the files do not go along. */
  keyFiles: z.int().nonnegative(),
  /** Where this console itself came from a backup. */
  restored: z
    .strictObject({ madeAt: z.iso.datetime(), restoredAt: z.iso.datetime(), computer: z.string().max(300) })
    .nullable(),
})
export type BackupPreview = z.infer<typeof backupPreview>

/** What anybody can read of a backup. */
export const backupHead = z.strictObject({
  kind: z.literal('rackside-backup'),
  format: z.literal(backupFormat),
  /** Of the product that made it. */
  version: z.string().max(100),
  createdAt: z.iso.datetime(),
  parts: z.array(backupPart).min(1),
})
export type BackupHead = z.infer<typeof backupHead>

/** The first of what is sealed: what follows it, file after file. */
export const backupContents = z.strictObject({
  /** Format of the state folder. */
  stateFormat: z.int(),
  computer: z.string().max(300),
  /** Where the state lay on it. */
  folder: z.string().max(4096),
  vault: movedVault,
  keyFiles: z.int().nonnegative(),
  files: z.array(z.strictObject({ path: z.string().max(300), bytes: z.int().nonnegative() })).max(2_000_000),
})
export type BackupContents = z.infer<typeof backupContents>

export const writtenBackup = z.strictObject({
  documents: z.int().nonnegative(),
  bytes: z.number().nonnegative(),
  createdAt: z.iso.datetime(),
  parts: z.array(backupPart),
  vault: movedVault,
})
export type WrittenBackup = z.infer<typeof writtenBackup>

/** `rackside-backup-2026-11-28.rsb`. `at`: UTC, ISO 8601. */
export function backupFileName(at: string): string {
  return `rackside-backup-${at.slice(0, 10)}.rsb`
}

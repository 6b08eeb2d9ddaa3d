// About backups of this console: the form of its sentences in every language.
import type { BackupHead, BackupItem, BackupPart, LeftOutReason, MovedVault } from '../domain/backup.ts'

export type BackupWords = {
  readonly typeNew: string
  readonly typePassphrase: string
  readonly items: { readonly [I in BackupItem]: string }
  readonly parts: { readonly [P in BackupPart]: string }
  readonly leftOut: { readonly [R in LeftOutReason]: string }
  /** A row of what is in it or stays behind. */
  readonly row: (name: string, files: number, size: string) => string
  readonly notKnown: (files: string) => string
  /** What is said of the vault before anything is written; nothing of one that moves. */
  readonly vaultBefore: { readonly [V in MovedVault]: string | undefined }
  readonly keyFiles: (count: number) => string
  readonly written: (file: string, size: string) => string
  readonly keepPassphrase: string
  readonly head: (head: BackupHead) => string
  readonly whole: (files: number, computer: string) => string
  readonly needsPassphrase: string
  readonly restored: (folder: string, head: BackupHead, computer: string) => string
  readonly onlyOne: string
  readonly originRuns: string
  readonly cameFrom: (madeAt: string, computer: string) => string
}

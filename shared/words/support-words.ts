// About support bundles: the form of its sentences in every language.
import type { SupportSummary } from '../domain/support.ts'

export type SupportWords = {
  /** The text that lies first in the archive. `at`: UTC, ISO 8601. */
  readonly about: (at: string, keepsNames: boolean) => string
  readonly asking: (appliances: number) => string
  readonly file: (name: string, size: string) => string
  readonly dropped: (dropped: SupportSummary['dropped']) => string
  readonly vaultLocked: string
  readonly unreached: (names: string) => string
  readonly written: (file: string, files: number, size: string) => string
  readonly lookFirst: string
}

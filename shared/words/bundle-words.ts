// The shape of what is said about bundles that are made, checked and imported.
import type { BundlePiece } from '../domain/bundle-piece.ts'
import type { VersionRange } from '../domain/entry/hardware-match.ts'

export type BundleWords = {
  /** Behind the name of a file. */
  readonly problems: { readonly [P in BundlePiece['problem']]: string }
  /** Of a bundle in parts, or in one file, that was brought. */
  readonly states: { readonly [S in 'new' | 'begun' | 'going' | 'kept']: string }
  readonly partsMissing: (names: string) => string
  readonly progress: (done: string, total: string) => string
  readonly imported: (name: string, bundleId: string) => string
  /** Nobody has trusted its publisher yet. */
  readonly copiedAs: (name: string, bundleId: string, fingerprint: string) => string
  readonly copied: (copied: string, present: string) => string
  readonly whole: (name: string, bytes: string) => string
  readonly removed: (name: string, freed: string) => string
  readonly made: (name: string, carried: string) => string
  /** After the first Ctrl-C in an import. */
  readonly stopping: string
  readonly labels: {
    readonly [L in 'publisher' | 'created' | 'identity' | 'entries' | 'artifacts' | 'differences']: string
  }
  /** Behind what the file leaves out. */
  readonly leftOut: string
  readonly kinds: { readonly [K in 'entry' | 'artifact']: string }
  readonly changes: { readonly [C in 'added' | 'removed' | 'changed']: string }
  /** Of an entry, of what its containers get beyond the limits of every one. */
  readonly wantsMore: (privilege: string) => string
  readonly wantsNoMore: (privilege: string) => string
  /** Of a publisher: nobody has vouched for the name. */
  readonly claimed: (publisher: string) => string
  /** Who vouches for a bundle. `until`: a date. */
  readonly signed: (name: string, fingerprint: string, until: string) => string
  readonly stranger: (name: string, publisher: string, fingerprint: string) => string
  readonly unsigned: string
  /** Of a publisher: what was vouched for once and is not any more. `named`: an entry and which versions of it. */
  readonly takesBack: (named: string, since: string, reason: string) => string
  readonly versions: (entry: string, which: readonly string[]) => string
  readonly range: (range: VersionRange) => string
  readonly image: (digest: string) => string
}

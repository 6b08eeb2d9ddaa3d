// The shape of what is said about bundles that are made, checked and imported.
import type { BundlePiece } from '../domain/bundle-piece.ts'

export type BundleWords = {
  /** Behind the name of a file. */
  readonly problems: { readonly [P in BundlePiece['problem']]: string }
}

// English: what is said about bundles that are made, checked and imported.
import type { BundleWords } from '../bundle-words.ts'

export const bundle: BundleWords = {
  problems: {
    missing: 'is missing',
    damaged: 'is damaged',
    cut: 'is cut short',
    unreadable: 'cannot be read',
    foreign: 'does not belong to it',
  },
}

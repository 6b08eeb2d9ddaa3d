// The labels of all screens in both languages, those of the first moment and those that come later: what a label may be, and
// what tests look at.
import { firstChinese, firstEnglish } from './first-labels.ts'
import { lateChinese, lateEnglish } from './late-labels.ts'
import type { SameKeys } from './same-keys.ts'

export const english = { ...firstEnglish, ...lateEnglish } as const
export const chinese: SameKeys<typeof english> = { ...firstChinese, ...lateChinese }

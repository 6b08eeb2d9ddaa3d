// The shape of what a plan warns of before somebody approves it.

import type { WhoseWords } from './whose-words.ts'

export type CautionWords = {
  readonly whose: WhoseWords
  readonly knownIssue: (service: string, text: string, workaround: string | undefined) => string
  /** Sums of memory are texts already. */
  readonly fitIgnored: (service: string, need: string, available: string) => string
  readonly mayIgnoreFit: (service: string) => string
}

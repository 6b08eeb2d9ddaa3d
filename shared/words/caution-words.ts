// The shape of what a plan warns of before somebody approves it.

import type { WhoseWords } from './whose-words.ts'

export type CautionWords = {
  readonly whose: WhoseWords
  /** Of a run that stopped: parts that wait for their service. */
  readonly held: (service: string, parts: string) => string
  readonly heldNext: string
  readonly idle: (count: number, product: string) => string
  readonly knownIssue: (service: string, text: string, workaround: string | undefined) => string
  /** Sums of memory are texts already. */
  readonly fitIgnored: (service: string, need: string, available: string) => string
  readonly mayIgnoreFit: (service: string) => string
}

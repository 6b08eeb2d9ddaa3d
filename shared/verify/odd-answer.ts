// Whether what a model wrote can be an answer at all. Broken weights, a wrong number format or a worn-out cache show as
// one token for ever ("!!!!!!!!", "的的的的"), as bytes that are no text, or as nothing; the engine counts all of them as
// finished. What an answer means is judged elsewhere.
import type { InferenceProof } from '../domain/verdict.ts'

export type OddAnswer = NonNullable<InferenceProof['odd']>

/** Shorter ones may be a word twice. */
const leastRepeated = 16
/** In characters: a token or two, and no sentence that a small model likes to say again. */
const longestUnit = 8
const repeatedShare = 0.75
const notTextShare = 0.2

/** `text`: as it came, nothing taken out. Undefined: nothing is odd about it. */
export function oddIn(text: string): OddAnswer | undefined {
  const characters = [...text]
  const seen = characters.filter((one) => !/\s/u.test(one))
  if (seen.length === 0) return 'empty'
  // Replacement characters, controls, and places where no character is.
  const notText = seen.filter((one) => one === '\uFFFD' || /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u.test(one))
  if (notText.length > seen.length * notTextShare) return 'not-text'
  return isRepeated(seen) ? 'repeated' : undefined
}

/** For each length of what may be repeated: the longest stretch in which every character is that many places after its like. */
function isRepeated(characters: readonly string[]): boolean {
  if (characters.length < leastRepeated) return false
  for (let unit = 1; unit <= longestUnit; unit += 1) {
    let longest = 0
    let same = 0
    for (let at = unit; at < characters.length; at += 1) {
      same = characters[at] === characters[at - unit] ? same + 1 : 0
      longest = Math.max(longest, same + unit)
    }
    if (longest >= characters.length * repeatedShare) return true
  }
  return false
}

// What is wrong with a text by its characters alone: nothing is there, it is no text, it is the same again and again, it is
// in another language than was asked for. What it means nobody judges here.
import type { CanaryProblem } from '../../domain/canary.ts'
import { oddIn } from '../odd-answer.ts'

export type AnswerLanguage = 'en' | 'zh'
type TextFault = Extract<CanaryProblem, 'empty' | 'garbled' | 'repeats' | 'wrong-language'>

/** What every text has to keep to, whatever a model of random weights may say. */
export function crudeFaults(text: string): TextFault[] {
  const odd = oddIn(text)
  const faults: TextFault[] = [
    ...(odd === undefined ? [] : [({ empty: 'empty', 'not-text': 'garbled', repeated: 'repeats' } as const)[odd]]),
    ...(hasNoCharacters(text) ? (['garbled'] as const) : []),
  ]
  return [...new Set(faults)]
}

/** Of a text that is to be read. */
export function faultsOfText(text: string, language: AnswerLanguage): TextFault[] {
  const crude = crudeFaults(text)
  if (crude.includes('empty')) return crude
  const isGarbled = isNoText(text)
  const faults: TextFault[] = [
    ...crude,
    ...(isGarbled ? (['garbled'] as const) : []),
    ...(isLoop(text) ? (['repeats'] as const) : []),
    ...(!isGarbled && !isIn(language, text) ? (['wrong-language'] as const) : []),
  ]
  return [...new Set(faults)]
}

/** Tokens are cut out of bytes, and a first or last one may be half a character. */
const replacementsAllowed = 1
const letterShare = 0.3
/** Fewer characters may well be "37 °C". */
const leastJudged = 12
/** Besides the two that are asked for. Greek is in every medical text. */
const strangeScripts = [
  ...[/\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u, /\p{Script=Thai}/u, /\p{Script=Hangul}/u, /\p{Script=Hebrew}/u],
  ...[/\p{Script=Devanagari}/u, /\p{Script=Armenian}/u, /\p{Script=Georgian}/u, /\p{Script=Tamil}/u],
  ...[/\p{Script=Ethiopic}/u, /\p{Script=Khmer}/u, /\p{Script=Bengali}/u],
]
const longestWord = 45

/** Bytes that are none, and letters of scripts that nobody asked for side by side. */
function hasNoCharacters(text: string): boolean {
  const seen = [...text].filter((one) => !/\s/u.test(one))
  if (seen.filter((one) => one === '\uFFFD').length > replacementsAllowed) return true
  if (seen.some((one) => /[\p{Cc}\p{Cn}\p{Co}\p{Cs}]/u.test(one))) return true
  return strangeScripts.filter((script) => script.test(text)).length >= 2
}

function isNoText(text: string): boolean {
  if (hasNoCharacters(text)) return true
  const seen = [...text].filter((one) => !/\s/u.test(one))
  if (seen.length < leastJudged) return false
  const letters = seen.filter((one) => /[\p{L}\p{N}]/u.test(one))
  return letters.length < seen.length * letterShare || isWordSalad(text)
}

/** Latin letters thrown together: no vowels, or words without an end. */
function isWordSalad(text: string): boolean {
  const words = text.match(/[A-Za-z]{2,}/g) ?? []
  if (words.some((word) => word.length > longestWord)) return true
  const spoken = words.filter((word) => /[aeiouy]/i.test(word) || word === word.toUpperCase())
  return words.length >= 8 && spoken.length < words.length / 2
}

const loopLength = 8
const loopTimes = 4

/** So many words in a row come again so many times. */
function isLoop(text: string): boolean {
  const words = text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []
  const times = new Map<string, number>()
  for (let at = 0; at + loopLength <= words.length; at += 1) {
    const gram = words.slice(at, at + loopLength).join(' ')
    const now = (times.get(gram) ?? 0) + 1
    if (now >= loopTimes) return true
    times.set(gram, now)
  }
  return false
}

/** Words of other languages with Latin letters have none of these. */
const commonEnglish =
  /\b(the|is|are|a|an|of|to|and|in|it|for|you|your|they|not|be|with|before|after|that|this|my|i|no|yes|on|at|by)\b/gi
const leastWords = 8
const languageShare = 0.6

/** By its letters: Chinese may have words of Latin letters in it, English hardly a Chinese one. */
function isIn(language: AnswerLanguage, text: string): boolean {
  const han = (text.match(/\p{Script=Han}/gu) ?? []).length
  const latin = text.match(/\p{Script=Latin}{2,}/gu) ?? []
  const letters = text.match(/\p{L}/gu) ?? []
  const other = letters.filter((one) => !/[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}]/u.test(one)).length
  const all = han + latin.length + other
  // A number, a unit: of no language.
  if (all < 2) return true
  if (language === 'zh') return han >= all * languageShare
  if (latin.length < all * languageShare) return false
  return latin.length < leastWords || (text.match(commonEnglish) ?? []).length > 0
}

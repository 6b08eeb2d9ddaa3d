// Prompts of about so many tokens, no two alike from their first word on, so that no cache of prefixes answers in the
// place of the model. The same seed makes the same prompts. They are about nothing, and nobody.
import { randomFrom } from '../seeded-random.ts'

const words = [
  ...['copper', 'river', 'window', 'garden', 'letter', 'morning', 'bridge', 'yellow', 'paper', 'station', 'silver'],
  ...['winter', 'market', 'bottle', 'island', 'mirror', 'pocket', 'candle', 'forest', 'ladder', 'button', 'harbor'],
  ...['kettle', 'meadow', 'needle', 'orange', 'parcel', 'quarry', 'ribbon', 'saddle', 'tunnel', 'valley', 'walnut'],
  ...['basket', 'canvas', 'dinner', 'engine', 'feather', 'guitar', 'hammer', 'jacket', 'marble', 'pepper', 'rocket'],
  ...['shadow', 'ticket', 'velvet', 'wagon', 'almond', 'barrel', 'castle', 'dragon', 'finger', 'goblet', 'helmet'],
  ...['iron', 'jungle', 'lantern', 'magnet', 'napkin', 'oyster', 'pillow', 'rabbit', 'spider', 'timber', 'wheel'],
]

/** What is asked for, so that an answer goes on as long as it may. */
const task = 'Write a long text without an end, in which each of these words comes up:'

export type PromptPlan = { readonly seed: number; readonly words: number; readonly repeats: boolean }

export function promptAt({ seed, words: count, repeats }: PromptPlan, at: number): string {
  const random = randomFrom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul((repeats ? 0 : at) + 1, 0x85ebca6b))
  const chosen = Array.from({ length: count }, () => words[Math.floor(random() * words.length)] ?? 'copper')
  const [first = '', ...others] = chosen
  // Its number is the first thing in it: whatever else is alike comes after that.
  const name = Math.floor(random() * 2 ** 32).toString(16)
  return `${name} ${first}. ${task} ${others.join(' ')}`
}

/** How long prompts of so many words turned out to be, as the server counted. */
export type CountedPrompt = { readonly words: number; readonly tokens: number }

/** Where no server says how long a prompt is: of English, about. */
const usualTokensPerWord = 1.4
/** From half a token to two for each letter of a word: a server that says something else counts something else. */
const tokensPerWord = { least: 0.5, most: 16 } as const

/** How many words make a prompt of so many tokens, by two that were counted. */
export function wordsFor(tokens: number, counted: readonly CountedPrompt[]): number {
  const [short, long] = counted.filter((one) => one.tokens > 0)
  if (short === undefined) return Math.max(1, Math.round(tokens / usualTokensPerWord))
  const isLine = long !== undefined && long.words > short.words && long.tokens > short.tokens
  const said = isLine ? (long.tokens - short.tokens) / (long.words - short.words) : short.tokens / short.words
  const perWord = Math.min(tokensPerWord.most, Math.max(tokensPerWord.least, said))
  const besides = Math.max(0, short.tokens - perWord * short.words)
  return Math.max(1, Math.round((tokens - besides) / perWord))
}

// The language nobody speaks: English with its vowels doubled and accented (about 40 % longer) between ⟦ and ⟧, so that
// what was not made for translation shows. Only the gallery has it: scripts/gallery/pseudo-words.ts puts it around the
// texts while the gallery is built, and the product's build knows nothing of it.

export const isPseudo = new URLSearchParams(globalThis.location?.search ?? '').get('lang') === 'pseudo'

const accents: { readonly [letter: string]: string } = {
  ...{ a: 'áà', e: 'éè', i: 'íì', o: 'óò', u: 'úù' },
  ...{ A: 'ÁÀ', E: 'ÉÈ', I: 'ÍÌ', O: 'ÓÒ', U: 'ÚÙ' },
}

/** What stands in a label for something else: a variable, another label, a mark of what is written otherwise. */
const holders = /\{\{[^}]*\}\}|\$t\([^)]*\)|<\/?\w+\s*\/?>/

/** The texts of a module, in the language of the page: as they are, or pseudo. */
export function spoken<T>(texts: T): T {
  return isPseudo ? (pseudoOf(texts) as T) : texts
}

function pseudoOf(texts: unknown): unknown {
  if (typeof texts === 'string') return pseudoText(texts)
  if (typeof texts === 'function') return sayer(texts as (...given: readonly unknown[]) => unknown)
  if (Array.isArray(texts)) return texts.map(pseudoOf)
  if (typeof texts !== 'object' || texts === null) return texts
  return Object.fromEntries(
    Object.entries(texts).map(([key, value]) => [key, value === 'en' ? value : pseudoOf(value)]),
  )
}

/** What was given to a text stands in it unchanged. */
function sayer(say: (...given: readonly unknown[]) => unknown): (...given: readonly unknown[]) => unknown {
  return (...given) => {
    const kept = textsIn(given)
    return mapTexts(say(...given), (text) => pseudoText(text, kept))
  }
}

export function pseudoText(text: string, kept: readonly string[] = []): string {
  if (text === '' || isWhole(text)) return text
  const escaped = kept.filter((one) => one.length > 1).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const longestFirst = [...escaped].sort((a, b) => b.length - a.length)
  const parts = text.split(new RegExp(`(${[holders.source, '⟦[^⟦⟧]*⟧', ...longestFirst].join('|')})`))
  return `⟦${parts.map((part, place) => (place % 2 === 1 ? part : accented(part))).join('')}⟧`
}

/** The text that became pseudo, again. */
export function plainOf(text: string): string {
  const letters = Object.entries(accents).map(([letter, accent]) => [accent, letter] as const)
  return letters.reduce((all, [accent, letter]) => all.replaceAll(accent, letter), text.replace(/[⟦⟧]/g, ''))
}

function accented(text: string): string {
  return text.replace(/[aeiou]/gi, (letter) => accents[letter] ?? letter)
}

/** Whether one pair of brackets stands around all of it. */
function isWhole(text: string): boolean {
  if (!text.startsWith('⟦')) return false
  let depth = 0
  for (const [place, letter] of [...text].entries()) {
    depth += letter === '⟦' ? 1 : letter === '⟧' ? -1 : 0
    if (depth === 0) return place === [...text].length - 1
  }
  return false
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]))
}

// What of all that has a name is meant by a few typed words: every word has to be somewhere in it, in any order. Chinese is
// typed without blanks, so a run of Han characters may be several words. What is meant exactly comes first, then what
// begins a word, then the rest.

export type Searchable = {
  readonly name: string
  /** Said beside the name: where it is, when it was. */
  readonly detail?: string
  /** Also meant by these: its name in the other language, its id, its publisher. */
  readonly also?: readonly string[]
  /** One typed word at least has to be in it. */
  readonly needs?: string
}

/** From and up to: places in a text. */
export type Marked = readonly [from: number, to: number]

export type Match = {
  /** 0 exactly it; 1 begins words of it; 2 is in it; half more where that is not its name. */
  readonly rank: number
  readonly name: readonly Marked[]
  readonly detail: readonly Marked[]
  /** The first of `also` that alone has what the name and the detail have not. */
  readonly also?: { readonly text: string; readonly marks: readonly Marked[] }
}

/** Typed words, in small letters; a run of Han characters is a word of its own. */
export function typedWords(typed: string): readonly string[] {
  return (
    typed
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? []
  )
}

type Hit = { readonly rank: 1 | 2; readonly marks: readonly Marked[] }

/** Undefined where a word is nowhere in it. */
export function matchOf(one: Searchable, words: readonly string[]): Match | undefined {
  if (words.length === 0) return { rank: 2, name: [], detail: [] }
  const { name, detail = '', also = [], needs } = one
  if (needs !== undefined && !words.some((word) => isMeant(needs, word))) return undefined
  const texts = [name, detail, ...also]
  const hits = words.map((word) => texts.map((text) => hitIn(text, word)))
  if (hits.some((each) => each.every((hit) => hit === undefined))) return undefined
  const isExact = texts.some((text) => text.toLowerCase().replaceAll(/\s+/g, '') === words.join(''))
  const marksAt = (at: number) => joined(hits.flatMap((each) => each[at]?.marks ?? []))
  const onlyAlso = hits.find((each) => each[0] === undefined && each[1] === undefined)
  const at = onlyAlso?.findIndex((hit) => hit !== undefined) ?? -1
  return {
    rank: isExact ? (matchesName(name, words) ? 0 : 0.5) : Math.max(...hits.map(rankOf)),
    ...{ name: marksAt(0), detail: marksAt(1) },
    ...(at >= 0 && { also: { text: texts[at] ?? '', marks: marksAt(at) } }),
  }
}

/** Of Han characters the word may hold more than that. */
function isMeant(needs: string, word: string): boolean {
  return hitIn(needs, word) !== undefined || word.includes(needs.toLowerCase())
}

function matchesName(name: string, words: readonly string[]): boolean {
  return name.toLowerCase().replaceAll(/\s+/g, '') === words.join('')
}

function rankOf([inName, ...others]: readonly (Hit | undefined)[]): number {
  const elsewhere = Math.min(...others.map((hit) => (hit?.rank ?? 2) + 0.5))
  return inName === undefined ? elsewhere : Math.min(inName.rank, elsewhere)
}

function hitIn(text: string, word: string): Hit | undefined {
  const small = text.toLowerCase()
  const whole = foundIn(small, word)
  // Some letters have small ones of another length: then it is known to be there, and not where.
  const isInPlace = small.length === text.length
  if (whole !== undefined) return { rank: whole.rank, marks: isInPlace ? whole.marks : [] }
  if (!/^\p{Script=Han}{4,}$/u.test(word)) return undefined
  const pieces = piecesIn(small, word)
  return pieces === undefined ? undefined : { rank: 2, marks: isInPlace ? pieces : [] }
}

/** Where it begins a word, else where it is first. */
function foundIn(small: string, word: string): Hit | undefined {
  let first: number | undefined
  for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + 1)) {
    first ??= at
    if (beginsWord(small, at)) return { rank: 1, marks: [[at, at + word.length]] }
  }
  return first === undefined ? undefined : { rank: 2, marks: [[first, first + word.length]] }
}

const letter = /[\p{L}\p{N}]/u
const han = /\p{Script=Han}/u

function beginsWord(small: string, at: number): boolean {
  const [before = '', own = ''] = [small.charAt(at - 1), small.charAt(at)]
  return !letter.test(before) || han.test(before) !== han.test(own)
}

/** "体检日志" in "体检-01 日志": in pieces of two characters and more, the longest first. */
function piecesIn(small: string, word: string): readonly Marked[] | undefined {
  if (word === '') return []
  for (let length = word.length; length >= 2; length -= 1) {
    if (word.length - length === 1) continue
    const at = small.indexOf(word.slice(0, length))
    const rest = at < 0 ? undefined : piecesIn(small, word.slice(length))
    if (rest !== undefined) return [[at, at + length], ...rest]
  }
  return undefined
}

/** In order, and none within another. */
function joined(marks: readonly Marked[]): readonly Marked[] {
  const all: [number, number][] = []
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else all.push([from, to])
  }
  return all
}

export type Part = { readonly text: string; readonly isMarked: boolean }

/** A text in its marked and other parts. */
export function partsOf(text: string, marks: readonly Marked[]): readonly Part[] {
  const ends = marks.map(([, to]) => to)
  const parts = marks.flatMap(([from, to], at) => [
    { text: text.slice(ends[at - 1] ?? 0, from), isMarked: false },
    { text: text.slice(from, to), isMarked: true },
  ])
  return [...parts, { text: text.slice(ends.at(-1) ?? 0), isMarked: false }].filter((part) => part.text !== '')
}

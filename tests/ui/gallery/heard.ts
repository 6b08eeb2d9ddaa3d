// What the core has told the page in the scene of now: names, versions, texts of a catalog, what an appliance said. It may
// stand there in any language; everything else that is read on a page is a label and belongs to renderer/i18n.
import { isPseudo } from './pseudo.ts'

/** Fields that hold one of a set of codes: such a code is no text and never stands on a page as it is. */
const codeFields = new Set([
  ...['kind', 'state', 'reason', 'what', 'how', 'act', 'phase', 'severity', 'trouble', 'status', 'outcome', 'effect'],
  ...['unit', 'rule', 'language', 'role', 'way', 'method', 'protection', 'health', 'verdict', 'purpose'],
])

const texts = new Set<string>()
const tokens = new Set<string>()

export function forgetHeard(): void {
  texts.clear()
  tokens.clear()
}

/** Gives back what it was given. Kept only where it is asked for: it takes longer than what a page does with it. */
export function hear<T>(value: T): T {
  if (isPseudo) note(value)
  return value
}

/** Whether all of this was told: as it stands, or piece by piece where names are short ("MindIE" and "1.0.0"). */
export function wasHeard(text: string): boolean {
  const asked = text.trim()
  // A name that is nowhere known came with the address.
  if (decodeURIComponent(location.hash).includes(asked)) return true
  if ([...texts].some((one) => one === asked || (/\s/.test(asked) && one.includes(asked)))) return true
  return piecesOf(asked).every((piece) => !/\p{L}/u.test(piece) || tokens.has(piece))
}

/** A name has three words at most; the words of a longer text are not names. */
const wordsOfName = 3

function note(value: unknown): void {
  if (typeof value === 'string') {
    texts.add(value)
    if (value.split(/\s+/).length <= wordsOfName) for (const piece of piecesOf(value)) tokens.add(piece)
  }
  if (typeof value !== 'object' || value === null) return
  for (const [field, one] of Object.entries(value)) {
    if (!(typeof one === 'string' && codeFields.has(field))) note(one)
  }
}

function piecesOf(text: string): string[] {
  return text.split(/[\s/:@,;()·–—]+/).filter((piece) => piece !== '')
}

// Text that no language has, and sentences put together from pieces: told in the pseudo language, where every text of the
// product stands between ⟦ and ⟧.
import { wasHeard } from './heard.ts'
import { isPseudo } from './pseudo.ts'
import { isShown, placeOf, type ShownText, shownTexts, topLayer } from './shown-text.ts'

export type WordFinding = {
  readonly kind: 'hard-coded' | 'sentence out of pieces'
  readonly text: string
  readonly where: string
}

/** Written by programs or in the form of the reader's language; or said to be a name. */
const untranslated =
  'code, kbd, pre, samp, time, textarea, [translate="no"], body [lang], .rs-code, .xterm, script, style'

/** Names of the product and of kinds of parts, units, and what a figure is called everywhere. */
const everywhere = new Set([
  ...[
    'Rackside',
    'Ascend',
    'NVIDIA',
    'Docker',
    'CANN',
    'vLLM',
    'NPU',
    'GPU',
    'CPU',
    'SSH',
    'PCIe',
    'TTFT',
    'SHA-256',
    'SHA256',
  ],
  ...['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'B/s', 'KiB/s', 'MiB/s', 'GiB/s', 'GB', 'MB', 'kB', 'TB'],
  ...['ms', 's', 'm', 'min', 'h', 'd', '°C', 'W', 'MHz', 'GHz', 'tokens/s', 'tok/s', 'K', 'k', 'M', 'x'],
])

export function wordFindings(): WordFinding[] {
  if (!isPseudo) return []
  return [...hardCoded(), ...attributeFindings(), ...pieceFindings(shownTexts(topLayer()))]
}

/** What only a screen reader reads is text as well. */
function hardCoded(): WordFinding[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found: WordFinding[] = []
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent === null || parent.closest(untranslated) !== null || !isShown(parent)) continue
    found.push(...hardCodedIn(node.textContent ?? '', parent))
  }
  return found
}

const readAttributes = ['title', 'aria-label', 'placeholder', 'alt', 'aria-description', 'aria-valuetext']

function attributeFindings(): WordFinding[] {
  return readAttributes.flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((one) =>
      one.closest(`${untranslated}, [aria-hidden="true"], .anticon`) !== null || !isShown(one)
        ? []
        : hardCodedIn(one.getAttribute(name) ?? '', one).map((found) => ({
            ...found,
            where: `${name} of ${found.where}`,
          })),
    ),
  )
}

function hardCodedIn(text: string, parent: Element): WordFinding[] {
  const outside = partsOf(text).flatMap((part) => (part.isText ? [] : [part.text]))
  return outside.some((part) => !isData(part)) ? [{ kind: 'hard-coded', text, where: placeOf(parent) }] : []
}

/** As Intl writes a date in the language of the page. */
const dates = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}\b/g

const addresses = /\bhttps?:\/\/\S+/g

function isData(written: string): boolean {
  const text = written
    .replace(dates, '')
    .replace(addresses, '')
    .replace(/^[\s·]+/, '')
  if (!/\p{L}/u.test(text) || wasHeard(text)) return true
  return text.split(/[\s()·,;:]+/).every((one) => !/\p{L}/u.test(one) || everywhere.has(one) || wasHeard(one))
}

type Part = { readonly text: string; readonly isText: boolean }

/** "⟦a ⟦b⟧⟧ c" is a text and " c". */
function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let depth = 0
  let part = ''
  const end = (isBracketed: boolean) => {
    // What a language puts between the parts of a list is no text by itself.
    const isText = isBracketed && /[\p{L}\d]/u.test(part)
    if (part !== '') parts.push({ text: part, isText })
    part = ''
  }
  for (const letter of text) {
    if (letter === '⟦' && depth++ === 0) end(false)
    part += letter
    if (letter === '⟧' && --depth === 0) end(true)
  }
  end(depth > 0)
  return parts
}

/** Two texts of one line, of one look, with nothing between them that ends the first: half a sentence and its other half. */
function pieceFindings(texts: readonly ShownText[]): WordFinding[] {
  return linesOf(texts).flatMap(({ text, parent }) => {
    const parts = partsOf(text)
    const glued = parts.some(({ isText }, place) => isText && isGlued(parts.slice(place, place + 3)))
    return glued ? [{ kind: 'sentence out of pieces' as const, text, where: placeOf(parent) }] : []
  })
}

function isGlued([first, between, second]: readonly Part[]): boolean {
  if (first === undefined || between === undefined) return false
  const hasNext = between.isText || second?.isText === true
  const apart = between.isText ? '' : between.text
  return hasNext && !/[.?!:…]⟧+$/.test(first.text) && !/[·–—|/:;,.?!()→…\d]/.test(apart)
}

/** Texts beside each other in one block that look alike; a link belongs to the sentence it stands in. */
function linesOf(texts: readonly ShownText[]): readonly { readonly text: string; readonly parent: Element }[] {
  const lines: { text: string; parent: Element; block: Element; look: string }[] = []
  for (const { text, parent } of texts) {
    const block = blockOf(parent)
    const look = lookOf(parent)
    const last = lines.at(-1)
    const isBeside = last?.block === block && last.look === look && !/flex|grid/.test(getComputedStyle(block).display)
    if (isBeside) last.text += text
    else lines.push({ text, parent, block, look })
  }
  return lines
}

function blockOf(element: Element): Element {
  let one = element
  while (one.parentElement !== null && isInline(one)) one = one.parentElement
  return one
}

/** A chip stands for itself wherever it stands. */
function isInline(element: Element): boolean {
  return /^(?:inline|contents)$/.test(getComputedStyle(element).display) && !element.matches('.rs-chip')
}

function lookOf(element: Element): string {
  const speaking = element.closest('a')?.parentElement ?? element
  const { color, fontSize, fontWeight } = getComputedStyle(speaking)
  return [color, fontSize, fontWeight].join(' ')
}

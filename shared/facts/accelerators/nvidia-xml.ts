// The little of XML that `nvidia-smi -q -x` is made of: elements, text and one attribute. Its own scanner, because a
// library would follow the DOCTYPE and give up at the first break; this one reads every element that is whole. Linear.

export type XmlElement = {
  readonly name: string
  /** Of the attribute `id`; "" without one. */
  readonly id: string
  /** Its own, trimmed and bounded. */
  readonly text: string
  readonly children: readonly XmlElement[]
  /** False where the text or an outer element ended before it did. */
  readonly whole: boolean
}

type Open = { name: string; id: string; text: string; children: Open[]; whole: boolean }

// As much as comes back of a probe. Eight GPUs with all the clocks they could have are 500 KB and 20,000 pieces.
const textLimit = 512 * 1024
const pieceLimit = 80_000
const depthLimit = 32
const ownTextLimit = 1000

/** Everything outside an element, and whatever was printed before the first, is left out. Never throws. */
export function readXml(text: string): XmlElement {
  const root = opened('', '')
  const stack = [root]
  // Of elements deeper than the limit nothing is kept; their ends must not close others.
  let skipped = 0
  for (const piece of piecesOf(text.slice(0, textLimit))) {
    const top = stack.at(-1) ?? root
    if (skipped === 0) addText(top, piece.before)
    if (piece.kind === 'end') {
      if (skipped > 0) skipped -= 1
      else close(stack, piece.name)
    } else if (stack.length > depthLimit || skipped > 0) {
      if (piece.kind === 'start') skipped += 1
    } else {
      const element = opened(piece.name, piece.id)
      top.children.push(element)
      if (piece.kind === 'start') stack.push(element)
      else element.whole = true
    }
  }
  return root
}

/** The whole element at the end of a path of names; the first of several with one name. */
export function elementAt(from: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce(
    (at: XmlElement | undefined, name) => at?.children.find((one) => one.whole && one.name === name),
    from,
  )
}

export function elementsNamed(from: XmlElement | undefined, name: string): readonly XmlElement[] {
  return (from?.children ?? []).filter((one) => one.whole && one.name === name)
}

type Piece = {
  readonly kind: 'start' | 'end' | 'empty'
  readonly name: string
  readonly id: string
  /** Text between the piece before and this one. */
  readonly before: string
}

function* piecesOf(text: string): Generator<Piece> {
  let at = 0
  for (let count = 0; count < pieceLimit; count += 1) {
    const first = text.indexOf('<', at)
    if (first < 0) return
    const close = text.indexOf('>', first)
    if (close < 0) return
    // A comment, and a DOCTYPE that declares entities, have ends of their own.
    const end = text.startsWith('<!--', first) ? '-->' : /^<!DOCTYPE[^[]*\[/.test(text.slice(first, close)) ? ']>' : ''
    if (end !== '') {
      const ends = text.indexOf(end, first)
      if (ends < 0) return
      at = ends + end.length
      continue
    }
    // A "<" in a text of which the tool forgot to escape it.
    const open = text.lastIndexOf('<', close)
    const piece = pieceOf(text.slice(open + 1, close).slice(0, 500), text[close - 1] === '/')
    if (piece !== undefined) yield { ...piece, before: text.slice(at, open) }
    at = close + 1
  }
}

/** Undefined for what is no element: `?xml`, `!DOCTYPE`, `!ENTITY`. */
function pieceOf(inside: string, isEmpty: boolean): Omit<Piece, 'before'> | undefined {
  const match = /^(\/?)([A-Za-z_][\w.-]{0,99})(?=[\s/]|$)/.exec(inside)
  if (match === null) return undefined
  const id = /\sid="([^"]{0,60})"/.exec(inside)?.[1] ?? ''
  return { kind: match[1] === '/' ? 'end' : isEmpty ? 'empty' : 'start', name: match[2] ?? '', id }
}

function opened(name: string, id: string): Open {
  return { name, id, text: '', children: [], whole: false }
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function addText(element: Open, text: string): void {
  const room = ownTextLimit - element.text.length
  if (room <= 0) return
  const plain = text.trim().slice(0, ownTextLimit)
  const decoded = plain.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name] ?? '')
  element.text = `${element.text} ${decoded}`.trim().slice(0, ownTextLimit)
}

/** What is open inside the element that ends stays as it is: not whole. An end of nothing that is open is passed over. */
function close(stack: Open[], name: string): void {
  for (let at = stack.length - 1; at > 0; at -= 1) {
    const element = stack[at]
    if (element?.name !== name) continue
    element.whole = true
    stack.length = at
    return
  }
}

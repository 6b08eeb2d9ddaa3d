// What an appliance shows, before anything draws it: text, and those controls that only draw. Whatever asks a terminal for an
// answer, sets its title, reaches the clipboard, makes links, moves the window or reports the mouse is left out: a terminal
// that answers would type into the shell. What is not known to be harmless is not let through (P45).
import { cleanText } from '../../../shared/domain/clean-text.ts'

/** An answer, a title or a picture may be long; one that never ends must not swallow everything. */
const longestString = 64 * 1024
const longestControl = 64
const largestNumber = 9999
/** Lines and letters that are moved or written again by one control: more than a screen has would only take time. */
const mostAtOnce = 200
/** On one letter; more than any script has. */
const mostMarks = 8

type State =
  | { readonly kind: 'text' }
  /** Behind ESC; `seen`: what came between. */
  | { readonly kind: 'escape'; readonly seen: string }
  | { readonly kind: 'control'; readonly seen: string }
  /** What nobody reads, up to its end; `isEscaped`: the last one was ESC. */
  | { readonly kind: 'string'; readonly left: number; readonly isEscaped: boolean }

const text: State = { kind: 'text' }

/** Pieces go in as they come, cut anywhere; what may be drawn comes out. Holds some characters at most. */
export function harmlessOutput(): (piece: string) => string {
  let state = text
  let half = ''
  let last = ''
  const marks = fewMarks()
  return (given) => {
    let out = ''
    const { whole: piece, rest } = wholeLetters(half + given)
    half = rest
    let from = 0
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at)
      // Most of it is text: it is taken in runs.
      if (state.kind === 'text' && code >= 0x20 && (code < 0x7f || code > 0x9f)) continue
      if (state.kind === 'text' && at > from) {
        out += marks(shown(piece.slice(from, at)))
        last = plainLetter(out)
      }
      const { next, let: through, repeats } = step(state, piece.charAt(at), code)
      state = next
      // Written out here: what a terminal takes for the letter before may be megabytes of marks.
      out += repeats === undefined ? marks(through) : last.repeat(repeats)
      if (next.kind === 'text' && repeats === undefined) last = ''
      from = at + 1
    }
    if (state.kind !== 'text' || from === piece.length) return out
    out += marks(shown(piece.slice(from)))
    last = plainLetter(out)
    return out
  }
}

function plainLetter(out: string): string {
  const letter = out.slice(-1)
  return letter >= ' ' && letter <= '~' ? letter : ''
}

/** Marks are kept in the cell of their letter, however many there are: those beyond some are left out, across pieces too. */
function fewMarks(): (run: string) => string {
  let count = 0
  return (run) => {
    if (!mark.test(run)) {
      if (run !== '' && !run.startsWith('\u001b')) count = 0
      return run
    }
    let kept = ''
    for (const letter of run) {
      count = mark.test(letter) ? count + 1 : 0
      if (count <= mostMarks) kept += letter
    }
    return kept
  }
}

/** What has no width of its own. */
const mark = /[\p{M}\p{Cf}\u1160-\u11ff]/u

/** Half of a letter waits for the other one. */
function wholeLetters(piece: string): { whole: string; rest: string } {
  const last = piece.charCodeAt(piece.length - 1)
  const isHalf = last >= 0xd800 && last < 0xdc00
  return isHalf ? { whole: piece.slice(0, -1), rest: piece.slice(-1) } : { whole: piece, rest: '' }
}

/** What turns text around, or is not to be seen, is seen. */
function shown(run: string): string {
  return cleanText(run, () => '\ufffd')
}

/** `repeats`: the letter before is to come so many times again. */
type Step = { readonly next: State; readonly let: string; readonly repeats?: number }

const nothing = (next: State): Step => ({ next, let: '' })

function step(state: State, character: string, code: number): Step {
  // They give up what was begun, in every state.
  if (code === 0x18 || code === 0x1a) return nothing(text)
  if (state.kind === 'string') return inString(state, character, code)
  if (code === 0x1b) return nothing({ kind: 'escape', seen: '' })
  if (code < 0x20) return { next: state, let: state.kind === 'text' && drawing.has(code) ? character : '' }
  if (code >= 0x7f && code <= 0x9f) return nothing(text)
  if (state.kind === 'escape') return inEscape(state.seen, character)
  if (state.kind === 'control') return inControl(state.seen, character)
  return { next: text, let: shown(character) }
}

/** Backspace, tab, line ends, and the two letter sets of which one has lines and corners. */
const drawing = new Set([0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f])

function inString(state: Extract<State, { kind: 'string' }>, character: string, code: number): Step {
  if (code === 0x07 || code === 0x9c || (state.isEscaped && character === '\\')) return nothing(text)
  const isEscaped = code === 0x1b
  // Whatever else comes behind ESC begins anew.
  if (state.isEscaped && !isEscaped) return inEscape('', character)
  if (state.left === 0) return nothing(text)
  return nothing({ kind: 'string', left: state.left - 1, isEscaped })
}

const begun: ReadonlyMap<string, State> = new Map<string, State>([
  ['[', { kind: 'control', seen: '' }],
  ...[...']PX^_k'].map((one): [string, State] => [one, { kind: 'string', left: longestString, isEscaped: false }]),
])

/** Cursor kept and back, up and down a line, a tab stop, keypad, all anew; and the sets of letters. */
const harmlessEscapes = /^(?:[78DEHMc=>]|[()][AB0])$/

function inEscape(seen: string, character: string): Step {
  const further = seen === '' ? begun.get(character) : undefined
  if (further !== undefined) return nothing(further)
  if (character >= ' ' && character <= '/')
    return nothing(seen.length < longestControl ? { kind: 'escape', seen: seen + character } : text)
  const whole = seen + character
  return { next: text, let: harmlessEscapes.test(whole) ? `\u001b${whole}` : '' }
}

function inControl(seen: string, character: string): Step {
  if (character === 'b' && /^\d{0,4}$/.test(seen)) {
    return { next: text, let: '', repeats: Math.min(Number(seen) || 1, mostAtOnce) }
  }
  if (character >= '@' && character <= '~') return { next: text, let: harmlessControl(seen, character) }
  // One that is too long is read to its end, and nothing of it is kept.
  return nothing({ kind: 'control', seen: seen.length < longestControl ? seen + character : seen })
}

/** Moves, erases, inserts, deletes, scrolls, sets tabs, lines to scroll in, and colours. */
const harmlessFinals = new Set('@ABCDEFGHIJKLMPSTXZ`adefghmrsu')
/** Done as often as they say, one after the other. */
const repeatedFinals = new Set('ILMSTZ')
/** Cursor keys, whole screens, wrapping, the cursor itself, pasting in brackets. Never the mouse, nor the focus. */
const harmlessModes = new Set(['1', '6', '7', '12', '25', '47', '66', '1047', '1048', '1049', '2004'])
const harmlessPlainModes = new Set(['4', '20'])

function harmlessControl(seen: string, final: string): string {
  const { 1: mark = '', 2: numbers = '', 3: between = '' } = /^([<-?]?)([0-9;:]*)([ -/]*)$/.exec(seen) ?? ['', '!']
  const all = numbers.split(/[;:]/)
  if (seen.length >= longestControl || all.some((one) => Number(one) > largestNumber)) return ''
  const whole = `\u001b[${seen}${final}`
  if (between !== '') return isSoft(mark, between, final) ? whole : ''
  if (final === 'h' || final === 'l') return modes(mark, all, final)
  if (mark === '?') return final === 'J' || final === 'K' ? whole : ''
  if (mark !== '' || !harmlessFinals.has(final)) return ''
  return repeatedFinals.has(final) && Number(all[0]) > mostAtOnce ? `\u001b[${mostAtOnce}${final}` : whole
}

/** Settings as they were, and how the cursor looks. */
function isSoft(mark: string, between: string, final: string): boolean {
  return mark === '' && ((between === '!' && final === 'p') || (between === ' ' && final === 'q'))
}

function modes(mark: string, wanted: readonly string[], final: string): string {
  const allowed = mark === '?' ? harmlessModes : mark === '' ? harmlessPlainModes : undefined
  const kept = wanted.filter((one) => allowed?.has(one))
  return kept.length === 0 ? '' : `\u001b[${mark}${kept.join(';')}${final}`
}

// A line of a log as it may be shown: whatever a terminal would obey stands there as a character that does nothing, so that
// no line hides another, moves a cursor, sets a title, asks a terminal or turns its text around. Nothing but colours and
// "clear to the end of the line" is taken away: what a line says beside is all there.
import { cleanText } from './clean-text.ts'

/** Colours, and what progress bars end their lines with. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const harmless = /\u001b\[[0-9;:]{0,64}[mK]/g
const firstPicture = 0x2400
const pictureOfDelete = '\u2421'
const anyOther = '\ufffd'

/** At least one; a program that writes over its own line (a progress bar) has several. None is longer than the text. */
export function shownLines(text: string): string[] {
  const parts = text
    .replace(harmless, '')
    .split('\r')
    .filter((part) => part !== '')
  return parts.length === 0 ? [''] : parts.map(shownText)
}

function shownText(text: string): string {
  return cleanText(text.replaceAll('\n', '\u240a'), pictureOf)
}

function pictureOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCharCode(firstPicture + code)
  return code === 0x7f ? pictureOfDelete : anyOther
}

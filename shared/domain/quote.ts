// The only place where words become shell text. Everything inside single quotes is data to every
// POSIX shell; a single quote itself is written as '\''. NUL cannot be part of a word.
import type { Command } from './command.ts'

export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word) ? word : quoted(word)
}

function quoted(word: string): string {
  if (word.includes('\0')) throw new Error('a shell word cannot contain NUL')
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** The word that quoteWord wrote at this place of a text; undefined where it wrote none. */
export function readQuotedWord(text: string, at: number): string | undefined {
  const found = /^(?:'(?:[^']|'\\'')*'|[A-Za-z0-9_./:=,@%+-]+)(?=\s|$)/.exec(text.slice(at))?.[0]
  return found?.startsWith("'") ? found.slice(1, -1).replaceAll("'\\''", "'") : found
}

export function commandLine(command: Command): string {
  // A first word with "=" would be read as an assignment, so it is always quoted.
  const [program, ...rest] = command.words
  const head = program.includes('=') ? quoted(program) : quoteWord(program)
  return [head, ...rest.map(quoteWord)].join(' ')
}

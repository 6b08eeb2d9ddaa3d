// What the yaml package must not be given: it composes by recursion, and a stack that overflows in there can take the
// whole process with it (V8 ends it when a regular expression has no room). Its own lexer and parser do not recurse,
// so they look first and stop where a limit is passed; guessing at quotes and comments could be led astray.
import { CST, Lexer, LineCounter, Parser } from 'yaml'

/** A value in a list is its indicator, a mark and its text; a pair takes less for each of the two. */
const signsOfNode = 3
const besideNodes: ReadonlySet<string | null> = new Set(['space', 'newline', 'comment'])

/** `depth`: with the document and the value itself. */
export type YamlBounds = { readonly nodes: number; readonly depth: number }

/** The line where it becomes too much, undefined where it does not. Anything else about the text is for the reader. */
export function lineBeyond(text: string, bounds: YamlBounds): number | undefined {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  let signs = 0
  for (const lexeme of new Lexer().lex(text)) {
    if (!besideNodes.has(CST.tokenType(lexeme))) signs += 1
    // What it makes is not wanted, only how deep it is in.
    for (const _ of parser.next(lexeme));
    const isBeyond = signs > bounds.nodes * signsOfNode || parser.stack.length > bounds.depth
    if (isBeyond) return lines.linePos(parser.offset).line
  }
  return undefined
}

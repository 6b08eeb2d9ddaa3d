// What the yaml package must not be given: it composes by recursion, and a stack that overflows in there can take the
// whole process with it (V8 ends it when a regular expression has no room). Its own lexer and parser do not recurse,
// so they look first and stop where a limit is passed; guessing at quotes and comments could be led astray.
import { CST, Lexer, Parser } from 'yaml'

/** A value in a list is its indicator, a mark and its text; a pair takes less for each of the two. */
const signsOfNode = 3
/** Blanks, ends of lines and comments besides: what is laid out one value a line has less. */
const lexemesOfNode = 5
/** Each takes the reader longer than a value, and no entry needs one. */
const signsOfDirective = 100
const besideNodes: ReadonlySet<string | null> = new Set(['space', 'newline', 'comment'])

/** `depth`: with the document and the value itself. */
export type YamlBounds = { readonly nodes: number; readonly depth: number }

/** Where it becomes too much, undefined where it does not. Anything else about the text is for the reader. */
export function offsetBeyond(text: string, bounds: YamlBounds): number | undefined {
  const parser = new Parser()
  let signs = 0
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme)
    lexemes += 1
    if (!besideNodes.has(type)) signs += type === 'directive-line' ? signsOfDirective : 1
    // What it makes is not wanted, only how deep it is in.
    for (const _ of parser.next(lexeme));
    const isLong = signs > bounds.nodes * signsOfNode || lexemes > bounds.nodes * lexemesOfNode
    if (isLong || parser.stack.length > bounds.depth) return parser.offset
  }
  return undefined
}

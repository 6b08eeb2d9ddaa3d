// What is wrong to the eye with what the page shows now, as far as a program can tell: text that is cut, text that leaves
// its place or lies on other text, a page that scrolls sideways, text that no language has, sentences out of pieces.
import { type BoxFinding, boxFindings } from './box-findings.ts'
import { type WordFinding, wordFindings } from './word-findings.ts'

export type FaceFinding = BoxFinding | WordFinding

/** One line for each, without the same line twice. */
export function faceFindings(): string[] {
  const found: FaceFinding[] = [...boxFindings(), ...wordFindings()]
  return [...new Set(found.map(({ kind, text, where }) => `${kind}: "${text.slice(0, 90)}" in ${where}`))]
}

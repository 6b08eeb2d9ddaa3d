// What an answer says in the end, of models that were taught to write their thinking and their answer under headings and so
// think without the marks that engines know.
const heading = '## Final Response'
const thinking = /^\s*## Thinking\b/

/** All of it where it has no such headings; nothing where it has not come to the last one. */
export function finalPart(says: string): string {
  const at = says.lastIndexOf(heading)
  if (at >= 0) return says.slice(at + heading.length).trim()
  return thinking.test(says) ? '' : says
}

// Names of processes: some tools print the whole command line, whose options may be secrets. Of each the program stays.

type Redact = (text: string) => string

/** In the XML of nvidia-smi, where from driver 575 on `process_name` is the command line. */
export function withProcessNames(text: string, free: Redact): string {
  const [head = '', ...rest] = text.split('<process_name>')
  const parts = rest.map((part) => {
    const ends = part.indexOf('</process_name>')
    const end = ends < 0 ? part.length : ends
    const [, before = '', program = ''] = /^(\s*)(\S*)/.exec(part.slice(0, end)) ?? []
    return before + free(program) + part.slice(end)
  })
  return [head, ...parts].join('<process_name>')
}

const header = /^[\s|]{0,20}process(?:es)?\s{0,5}:|process\s{1,20}(?:id|name)/i
const lineLimit = 2000

/** In the rows below the line that begins a tool's list of processes. */
export function withoutOptions(text: string, free: Redact): string {
  const lines = text.split('\n')
  const begin = lines.findIndex((line) => header.test(line.slice(0, lineLimit)))
  if (begin < 0) return text
  return lines.map((line, at) => (at > begin && /\d/.test(line) ? free(programRow(line)) : line)).join('\n')
}

/** `| 0  1234  C  python3 --api-key abc  1024MiB |`: without what stands between the program and the next column. */
function programRow(line: string): string {
  const at = line.search(/\s--?[A-Za-z]/)
  if (at < 0) return line
  const rest = line.slice(at)
  const bar = rest.indexOf('|')
  if (bar >= 0 && rest.slice(bar + 1).trim() !== '') return `${line.slice(0, at)} ${rest.slice(bar)}`
  const words = (bar < 0 ? rest : rest.slice(0, bar)).trim().split(/\s+/)
  const unit = /^[KMG]i?B$/i.test(words.at(-1) ?? '') ? ` ${words.pop()}` : ''
  const figure = /^(?:\d[\d.]*(?:[KMG]i?B)?|N\/?A|-)$/i.test(words.at(-1) ?? '') ? ` ${words.at(-1)}${unit}` : unit
  return line.slice(0, at) + figure + (bar < 0 ? '' : ' |')
}

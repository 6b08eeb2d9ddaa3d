// The lines of OpenSSH configuration files as settings with the conditions they stand under: Host patterns, and
// those of the block that includes the file. Nothing is decided here about any host.
import type { FailureOf } from '../../shared/domain/failure.ts'

/** `read`: the text of a file; undefined where there is none. `matching`: the files that an Include means, in order. */
export type ConfigFiles = {
  read(file: string): string | undefined
  matching(pattern: string): readonly string[]
}

export type Setting = {
  readonly keyword: string
  readonly value: string
  /** Host lines that all have to match; undefined where it is a Match block that is passed over. */
  readonly conditions: readonly (readonly string[])[] | undefined
  readonly file: string
  readonly line: number
}

export type ConfigFault = FailureOf<'ssh-config-unusable'>

/** Settings in their order; Host and Match lines are among them. A fault is thrown away with everything else. */
export function settingsIn(file: string, files: ConfigFiles): Setting[] | ConfigFault {
  const found: Setting[] = []
  const fault = gather(file, files, { outer: [], found, depth: 0 })
  return fault ?? found
}

type Gathering = {
  readonly outer: Setting['conditions']
  readonly found: Setting[]
  readonly depth: number
}

const mostLines = 5000
const deepestInclude = 1

function gather(file: string, files: ConfigFiles, { outer, found, depth }: Gathering): ConfigFault | undefined {
  const lines = files.read(file)?.split(/\r?\n/) ?? []
  const bad = (line: number, problem: string): ConfigFault => ({ kind: 'ssh-config-unusable', file, line, problem })
  if (lines.length > mostLines) return bad(mostLines, 'too many lines')
  let conditions = outer
  for (const [at, text] of lines.entries()) {
    const line = at + 1
    const words = wordsOf(text)
    if (words === 'open quote') return bad(line, 'a quotation mark is not closed')
    const [keyword = '', ...values] = words
    if (keyword === '') continue
    if (values.length === 0) return bad(line, `${keyword} has no value`)
    if (keyword === 'port' && !isPort(values[0])) return bad(line, `${values[0]} is no port`)
    if (keyword === 'host') conditions = outer && [...outer, values]
    if (keyword === 'match') conditions = undefined
    if (keyword === 'include' && depth >= deepestInclude) return bad(line, 'an included file includes another one')
    found.push({ keyword, value: values.join(' '), conditions, file, line })
    if (keyword !== 'include') continue
    for (const included of values.flatMap((pattern) => files.matching(pattern))) {
      const fault = gather(included, files, { outer: conditions, found, depth: depth + 1 })
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function isPort(word: string | undefined): boolean {
  return /^[0-9]{1,5}$/.test(word ?? '') && Number(word) >= 1 && Number(word) <= 65_535
}

/** The keyword in lower case and its values; "=" between them, and quotation marks around a value. */
function wordsOf(text: string): string[] | 'open quote' {
  const [, keyword = '', rest = ''] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+|$)(.*?)\s*$/.exec(text) ?? []
  if (keyword === '') return []
  if ((rest.match(/"/g)?.length ?? 0) % 2 === 1) return 'open quote'
  const values: string[] = []
  for (const word of rest.match(/"[^"]*"|[^\s"]+/g) ?? []) {
    // The rest of the line is a remark.
    if (word.startsWith('#')) break
    values.push(word.replace(/^"(.*)"$/, '$1'))
  }
  return [keyword.toLowerCase(), ...values.filter((value) => value !== '')]
}

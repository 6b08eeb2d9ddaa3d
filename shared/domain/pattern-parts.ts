// A pattern of a schema taken apart, so that it can be said in words: which characters, how many of them, in what order.
// Only plain patterns are, from the first character to the last; whoever wrote "^[a-z][a-z0-9-]*@[0-9]+$" is understood.

export type PatternPart = {
  /** Ranges and single characters, "a-z" and "-"; or whole words, one of which stands there. */
  readonly oneOf: readonly string[]
  readonly least: number
  /** Undefined: any number. */
  readonly most: number | undefined
}

const items = /\[((?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\]|\(\?:([A-Za-z0-9|]+)\)|\\([^A-Za-z0-9])|([^\\^$.*+?()[\]{}|])/y
const counts = /\{(\d+)(?:(,)(\d*))?\}|[*+?]/y

/** Undefined where it says more than these can. */
export function patternParts(source: string): readonly PatternPart[] | undefined {
  if (!source.startsWith('^') || !source.endsWith('$')) return undefined
  const end = source.length - 1
  const parts: PatternPart[] = []
  for (let at = 1; at < end; ) {
    items.lastIndex = at
    const item = items.exec(source)
    const oneOf = item === null ? undefined : choicesOf(item)
    if (item === null || oneOf === undefined) return undefined
    counts.lastIndex = items.lastIndex
    const count = counts.exec(source)
    parts.push({ oneOf, ...rangeOf(count) })
    at += item[0].length + (count?.[0].length ?? 0)
  }
  return parts
}

function choicesOf([, set, words, escaped, plain]: RegExpExecArray): readonly string[] | undefined {
  if (words !== undefined) return words.split('|')
  if (set === undefined) return [escaped ?? plain ?? '']
  // \d and its like stand for more than themselves.
  if (/\\[A-Za-z0-9]/.test(set)) return undefined
  const found = set.match(/(?:\\.|[^\\])-(?:\\.|[^\\])|\\.|[^\\]/gs) ?? []
  return found.map((one) => one.replaceAll(/\\(.)/gs, '$1'))
}

function rangeOf(count: RegExpExecArray | null): Pick<PatternPart, 'least' | 'most'> {
  if (count === null) return { least: 1, most: 1 }
  const [sign, least, comma, most] = count
  if (sign === '*') return { least: 0, most: undefined }
  if (sign === '+') return { least: 1, most: undefined }
  if (sign === '?') return { least: 0, most: 1 }
  if (comma === undefined) return { least: Number(least), most: Number(least) }
  return { least: Number(least), most: most === '' ? undefined : Number(most) }
}

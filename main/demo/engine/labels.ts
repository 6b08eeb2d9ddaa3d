// Labels as the engine takes them in words and asks for them in filters.

/** From `name=value` words; all after the first `=` is the value. */
export function labelPairs(words: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const { name, value } = split(word)
      return [name, value ?? '']
    }),
  )
}

/** Each filter is `name` or `name=value`; all of them must hold. */
export function hasLabels(thing: { labels: Readonly<Record<string, string>> }, filters: readonly string[]): boolean {
  return filters.every((filter) => {
    const { name, value } = split(filter)
    const label = thing.labels[name]
    return label !== undefined && (value === undefined || label === value)
  })
}

function split(word: string): { name: string; value: string | undefined } {
  const at = word.indexOf('=')
  return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) }
}

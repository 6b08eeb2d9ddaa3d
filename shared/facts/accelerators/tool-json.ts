// JSON of vendor tools: warnings come before it, numbers come as text, and a missing value as "N/A".
const lineLimit = 40

/** The document that begins at the start of a line and goes to the text's last bracket; undefined if there is none. */
export function toolJson(text: string): unknown {
  const bounded = text.slice(0, 1024 * 1024)
  const end = Math.max(bounded.lastIndexOf('}'), bounded.lastIndexOf(']')) + 1
  let at = 0
  for (let line = 0; line < lineLimit && at >= 0 && at < end; line += 1) {
    const begin = at + (/^[ \t\ufeff]{0,20}/.exec(bounded.slice(at, at + 20))?.[0].length ?? 0)
    const parsed = /[[{]/.test(bounded[begin] ?? '') ? parse(bounded.slice(begin, end)) : undefined
    if (parsed !== undefined) return parsed
    const next = bounded.indexOf('\n', at)
    at = next < 0 ? -1 : next + 1
  }
  return undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Keys in lower case, trimmed: makers change them. Undefined for anything but an object. */
export function fieldsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const entries = Object.entries(value).slice(0, 500)
  return new Map(entries.map(([key, one]) => [key.trim().toLowerCase(), one]))
}

/** What stands at a path, as a cell: `{ "value": 54, "unit": "C" }` is "54 C". Undefined where there is nothing. */
export function cellAt(value: unknown, ...path: readonly string[]): string | undefined {
  // "N/A" may stand for a whole group.
  const found = path.reduce((at: unknown, key) => (at === 'N/A' ? at : fieldsOf(at)?.get(key)), value)
  if (typeof found === 'string' || typeof found === 'number') return String(found)
  const fields = fieldsOf(found)
  const amount = fields?.get('value')
  if (typeof amount !== 'string' && typeof amount !== 'number') return undefined
  const unit = fields?.get('unit')
  return typeof unit === 'string' ? `${amount} ${unit}` : String(amount)
}

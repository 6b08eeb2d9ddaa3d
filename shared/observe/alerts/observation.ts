// What was seen of one appliance at one time, as numbers under names: "accelerator/nvidia 3/temperature". What could
// not be read is not in it. The first word says what kind of thing it is about, the last what of it, and what is
// between the two is the subject, which may itself have slashes in it (a folder).

export type NamedNumber = { readonly name: string; readonly value: number }

export type Observation = {
  /** How the history names the appliance. */
  readonly appliance: string
  readonly atMs: number
  /** How often somebody looks this way: after three of these without a look there was a gap. */
  readonly everyMs: number
  readonly values: readonly NamedNumber[]
  /** First words of which all subjects are in it: one that is missing is not there any more. */
  readonly whole?: readonly string[]
}

export type SeriesParts = { readonly pattern: string; readonly subject: string }

const parsed = new Map<string, SeriesParts>()
/** Names are few and come again each second; devices and deployments of a fleet fit. */
const mostParsed = 20_000

/** "disk//var/lib/free" is the free of "/var/lib": pattern "disk/*\/free". A bucket of a histogram is one more word. */
export function seriesParts(name: string): SeriesParts {
  const known = parsed.get(name)
  if (known !== undefined) return known
  if (parsed.size >= mostParsed) parsed.clear()
  const parts = partsOf(name)
  parsed.set(name, parts)
  return parts
}

function partsOf(name: string): SeriesParts {
  const first = name.indexOf('/')
  const bucket = /\/(?:le=[^/]+|count|sum)$/.exec(name)
  const last = name.lastIndexOf('/', bucket === null ? undefined : bucket.index - 1)
  if (first < 0 || first === last) return { pattern: name, subject: '' }
  return { pattern: `${name.slice(0, first)}/*/${name.slice(last + 1)}`, subject: name.slice(first + 1, last) }
}

/** The name of a pattern for a subject. */
export function seriesName(pattern: string, subject: string): string {
  return pattern.replace('*', () => subject)
}

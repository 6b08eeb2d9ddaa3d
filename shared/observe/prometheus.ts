// Reads Prometheus text exposition: total and bounded, because it comes from a process on the
// appliance. What is no sample is passed over; a sample without a number stays, so that nobody adds up the rest of
// its series as if that were all.
export type MetricSample = {
  readonly name: string
  /** What stands between the braces, for readLabels. */
  readonly labels: string
  /** Undefined where the line says no finite number. */
  readonly value: number | undefined
}

const maximumCharacters = 4 * 1024 * 1024
/** More than an engine can say in that many characters. */
const maximumSamples = 100_000

export function readPrometheus(text: string): MetricSample[] {
  const samples: MetricSample[] = []
  for (const line of wholeLines(text).split('\n')) {
    if (samples.length >= maximumSamples) break
    const sample = readLine(line.trim())
    if (sample !== undefined) samples.push(sample)
  }
  return samples
}

/** A line that the bound cuts would be another number. */
function wholeLines(text: string): string {
  return text.length <= maximumCharacters ? text : text.slice(0, text.lastIndexOf('\n', maximumCharacters) + 1)
}

function readLine(line: string): MetricSample | undefined {
  const nameEnd = line.search(/[{\s]/)
  const name = line.slice(0, Math.max(0, nameEnd))
  // A comment has no name either.
  if (!/^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name)) return undefined
  const rest = line.slice(nameEnd).trimStart()
  if (!rest.startsWith('{')) return { name, labels: '', value: numberAtStart(rest) }
  const labelsEnd = closingBrace(rest)
  if (labelsEnd === undefined) return { name, labels: '', value: undefined }
  return { name, labels: rest.slice(1, labelsEnd), value: numberAtStart(rest.slice(labelsEnd + 1)) }
}

function closingBrace(text: string): number | undefined {
  let quoted = false
  for (let at = 1; at < text.length; at++) {
    if (quoted && text[at] === '\\') at++
    else if (text[at] === '"') quoted = !quoted
    else if (text[at] === '}' && !quoted) return at
  }
  return undefined
}

/** A time and an exemplar may follow it. */
function numberAtStart(text: string): number | undefined {
  const [, word = ''] = /^\s*(\S{1,64})(?:\s|$)/.exec(text) ?? []
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** Values as they are written, escapes included. Undefined where the text is not labels, or says one of them twice. */
export function readLabels(text: string): ReadonlyMap<string, string> | undefined {
  const labels = new Map<string, string>()
  const begin = /\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*"/y
  const comma = /\s*,?/y
  let at = 0
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const [, name = ''] = found
    const end = closingQuote(text, begin.lastIndex)
    if (end === undefined || labels.has(name)) return undefined
    labels.set(name, text.slice(begin.lastIndex, end))
    comma.lastIndex = end + 1
    comma.exec(text)
    at = comma.lastIndex
    begin.lastIndex = at
  }
  return text.slice(at).trim() === '' ? labels : undefined
}

function closingQuote(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return undefined
}

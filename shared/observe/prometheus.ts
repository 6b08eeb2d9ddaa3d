// Reads Prometheus text exposition: total and bounded, because it comes from a process on the
// appliance. Lines that are not samples are skipped; NaN and infinities are not values.
export type MetricSample = { readonly name: string; readonly value: number }

const maximumCharacters = 4 * 1024 * 1024
const maximumSamples = 20_000

export function readPrometheus(text: string): MetricSample[] {
  const samples: MetricSample[] = []
  for (const line of text.slice(0, maximumCharacters).split('\n')) {
    if (samples.length >= maximumSamples) break
    const sample = readLine(line.trim())
    if (sample !== undefined) samples.push(sample)
  }
  return samples
}

function readLine(line: string): MetricSample | undefined {
  const brace = line.indexOf('{')
  const nameEnd = brace >= 0 ? brace : line.search(/\s/)
  const name = line.slice(0, Math.max(0, nameEnd))
  // A comment has no name either.
  if (!/^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name)) return undefined
  // Labels without an end leave the whole line, which begins with the name and so with no number.
  const rest = line.slice(brace >= 0 ? line.lastIndexOf('}') + 1 : nameEnd).trim()
  const value = Number(rest.split(/\s/)[0] || Number.NaN)
  return Number.isFinite(value) ? { name, value } : undefined
}

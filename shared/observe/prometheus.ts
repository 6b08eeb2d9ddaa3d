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
  if (line === '' || line.startsWith('#')) return undefined
  const brace = line.indexOf('{')
  const labelsEnd = brace < 0 ? -1 : line.lastIndexOf('}')
  if (brace >= 0 && labelsEnd < brace) return undefined
  const nameEnd = brace >= 0 ? brace : line.search(/\s/)
  const name = line.slice(0, nameEnd < 0 ? 0 : nameEnd)
  if (!/^[A-Za-z_:][A-Za-z0-9_:]*$/.test(name)) return undefined
  const rest = line.slice(brace >= 0 ? labelsEnd + 1 : nameEnd).trim()
  const value = Number(rest.split(/\s+/)[0] || Number.NaN)
  return Number.isFinite(value) ? { name, value } : undefined
}

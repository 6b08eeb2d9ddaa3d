// The history as text for other programs: CSV for a table, or Prometheus' text format with times. A gap has no line.
import type { SeriesHistory } from './history.ts'

export const exportFormats = ['csv', 'prometheus'] as const
export type ExportFormat = (typeof exportFormats)[number]

const csvHead = 'time,series,kind,unit,value,min,max,samples'

export function exportLines(
  format: ExportFormat,
  { appliance, series }: { readonly appliance: string; readonly series: readonly SeriesHistory[] },
): string[] {
  if (format === 'csv') return [csvHead, ...series.flatMap(csvLines)]
  return series.flatMap((one) => prometheusLines(appliance, one))
}

/** What counts of a bucket: the mean of a gauge, the last of a state, all that was added of an increase. */
function valueAt({ kind, sum, n, last }: SeriesHistory, row: number): number {
  if (kind === 'state') return last[row] ?? Number.NaN
  return kind === 'increase' ? (sum[row] ?? Number.NaN) : (sum[row] ?? Number.NaN) / (n[row] ?? 1)
}

/** A name of ours has neither a comma nor a quote nor a line end. */
function csvLines(series: SeriesHistory): string[] {
  const { name, kind, unit, atMs, min, max, n } = series
  return atMs.map((at, row) =>
    [new Date(at).toISOString(), name, kind, unit, valueAt(series, row), min[row], max[row], n[row]].join(','),
  )
}

function prometheusLines(appliance: string, series: SeriesHistory): string[] {
  const { name, kind, unit, atMs } = series
  const word = name.slice(name.lastIndexOf('/') + 1).replace(/=.*$/, '')
  const metric = `rackside_${word.replaceAll(/[^A-Za-z0-9]/g, '_')}_${unit.replaceAll('-', '_')}`
  const labels = `{appliance="${quoted(appliance)}",series="${quoted(name)}"}`
  const type = `# TYPE ${metric} ${kind === 'increase' ? 'untyped' : 'gauge'}`
  return [type, ...atMs.map((at, row) => `${metric}${labels} ${valueAt(series, row)} ${at}`)]
}

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

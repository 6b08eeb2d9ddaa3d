// What is asked of the history on a command line: which series, since when, and as what.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { seriesName } from '../../../shared/domain/history.ts'
import { type ExportFormat, exportFormats } from '../../../shared/domain/history-text.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type HistoryWish = {
  readonly series: readonly string[]
  readonly since: string | undefined
  readonly until: string | undefined
  readonly format: ExportFormat
}

export function readHistoryWish(values: OptionValues): Result<HistoryWish> {
  const { series = [], since, until, format = 'csv' } = values
  const wrong = series.find((name) => !seriesName.safeParse(name).success)
  if (wrong !== undefined) return usage('not-a-series', wrong)
  const noTime = [since, until].find((text) => text !== undefined && readTime(text, 0) === undefined)
  if (noTime !== undefined) return usage('not-a-time', noTime)
  const known = exportFormats.find((one) => one === format)
  if (known === undefined) return usage('not-a-format', format, { other: exportFormats.join(', ') })
  return ok({ series, since, until, format: known })
}

const units = { m: 60_000, h: 3_600_000, d: 24 * 3_600_000 }

/** "90m", "24h" and "7d" before now, or a time of ISO 8601, which is UTC where it does not say; undefined for anything else. */
export function readTime(text: string, nowMs: number): number | undefined {
  const [, count, unit] = /^([0-9]{1,6})([mhd])$/.exec(text) ?? []
  if (count !== undefined) return nowMs - Number(count) * units[unit as keyof typeof units]
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined
  const atMs = Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes('T') ? text : `${text}Z`)
  return Number.isNaN(atMs) || atMs < 0 ? undefined : atMs
}

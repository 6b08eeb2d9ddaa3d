// The figures of a benchmark as lines for a person.
import type { BenchLevel, BenchResult } from '../../../shared/domain/bench.ts'
import type { Words } from '../../../shared/words/words.ts'

export function benchLevelLines(level: BenchLevel, { bench: said, cli }: Words): string[] {
  const hasFailed = Object.keys(level.failed).length > 0
  const besides = [
    ...(hasFailed ? [said.failed(level.failed, level.said)] : []),
    ...(level.breaks.length > 0 ? [cli.list(level.breaks.map((one) => said.breaks[one]))] : []),
    ...(level.isShort === true && level.requests > 0 ? [said.short] : []),
    ...(level.countedBy === 'pieces' && level.requests > 0 ? [said.uncounted] : []),
  ]
  return [said.level(level), ...besides.map((one) => `  ${one}`)]
}

export function benchResultLines({ supports, settings, end, benchId }: BenchResult, { bench: said }: Words): string[] {
  const ended = said.ends[end]
  return [
    ...(supports === undefined ? [] : [said.supports(supports, settings)]),
    ...(ended === undefined ? [] : [ended]),
    said.kept(benchId),
  ]
}

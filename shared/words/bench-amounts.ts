// Figures of a benchmark as people read them.
import type { BenchFigure, BenchLevel, Distribution } from '../domain/bench.ts'
import { threeDigits } from './amounts.ts'

/** "120 ms", "2.41 s". */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${threeDigits(milliseconds)} ms` : `${threeDigits(milliseconds / 1000)} s`
}

/** "120 / 180 ms": median and the 95th percentile, in the unit of the longer one. */
export function twoTimesText({ p50, p95 }: Distribution): string {
  return p95 < 1000
    ? `${threeDigits(p50)} / ${threeDigits(p95)} ms`
    : `${threeDigits(p50 / 1000)} / ${threeDigits(p95 / 1000)} s`
}

/** The time between tokens at a level; `tooShort`: said where answers came and none could be measured. */
export function paceText({ ttftMs, tpotMs }: Pick<BenchLevel, 'ttftMs' | 'tpotMs'>, tooShort: string): string {
  return tpotMs ? twoTimesText(tpotMs) : ttftMs ? tooShort : '–'
}

export function percentText(share: number): string {
  return `${threeDigits(Math.floor(share * 1000) / 10)} %`
}

/** Of a comparison: "+12 %". */
export function changeText(percent: number): string {
  const rounded = Math.abs(percent) < 10 ? Number(percent.toFixed(1)) : Math.round(percent)
  return `${rounded > 0 ? '+' : ''}${rounded} %`
}

export function figureText(figure: BenchFigure, value: number): string {
  switch (figure) {
    case 'supported-users':
      return String(value)
    case 'good-share':
      return percentText(value)
    case 'output-rate':
    case 'request-rate':
      return `${threeDigits(value)} /s`
    default:
      return timeText(value)
  }
}

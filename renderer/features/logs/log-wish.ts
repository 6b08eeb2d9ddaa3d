// How much of a log is shown: so many lines from before, or all of the last minutes or hours, as far as a page holds them.
import { mostTailLines, usualTailLines } from '../../../shared/domain/log.ts'

export const logSpans = ['200', '10000', '15m', '1h', '24h'] as const
export type LogSpan = (typeof logSpans)[number]

type Wish = { readonly tailLines: number; readonly sinceSeconds?: number }

export function wishOf(span: LogSpan): Wish {
  switch (span) {
    case '200':
      return { tailLines: usualTailLines }
    case '10000':
      return { tailLines: mostTailLines }
    case '15m':
      return { tailLines: mostTailLines, sinceSeconds: 15 * 60 }
    case '1h':
      return { tailLines: mostTailLines, sinceSeconds: 3600 }
    case '24h':
      return { tailLines: mostTailLines, sinceSeconds: 24 * 3600 }
  }
}

// What of a log is to be shown, from the command line: of which deployment, from when on, and whether it goes on.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { mostTailLines, usualTailLines } from '../../../shared/domain/log.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export type LogsLine = {
  /** Or the name of a container; undefined: the only one there is. */
  readonly deployment: string | undefined
  readonly follow: boolean
  readonly tailLines: number
  /** As readTime reads it; checked by whoever reads the line. */
  readonly since: string | undefined
}

/** `word`: what stands behind the appliance. */
export function readLogsLine(word: string | undefined, values: OptionValues): Result<LogsLine> {
  const { follow = false, tail, since } = values
  // Whoever names a time wants all since then.
  const usual = since === undefined ? usualTailLines : mostTailLines
  const tailLines = tail === undefined ? usual : wholeNumber(tail)
  if (tailLines === undefined) return usage('log-lines', tail ?? '', { other: `0-${mostTailLines}` })
  return ok({ deployment: word, follow, tailLines, since })
}

function wholeNumber(text: string): number | undefined {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return number <= mostTailLines ? number : undefined
}

// How long a replacement must hold, as a word of the command line.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { soakSeconds } from '../../../shared/domain/plan.ts'
import { usage } from '../../terminal/option-words.ts'

export function readSoak(word: string | undefined): Result<number | undefined> {
  if (word === undefined) return ok(undefined)
  const seconds = /^\d{1,5}$/.test(word) ? soakSeconds.safeParse(Number(word)).data : undefined
  return seconds === undefined ? usage('soak-seconds', word) : ok(seconds)
}

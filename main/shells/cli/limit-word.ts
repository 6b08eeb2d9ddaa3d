// What a setup's uploads may take of the network, as a word of the command line.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { limitMbit } from '../../../shared/domain/plan.ts'
import { usage } from '../../terminal/option-words.ts'

export function readLimit(word: string | undefined): Result<number | undefined> {
  if (word === undefined) return ok(undefined)
  const megabits = /^\d{1,6}$/.test(word) ? limitMbit.safeParse(Number(word)).data : undefined
  return megabits === undefined ? usage('limit-mbit', word) : ok(megabits)
}

// What a run that somebody stopped leaves: how much of it is done, what is not, and the very command that goes on with it.
import type { Plan } from '../../../shared/domain/plan.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { stepText } from '../../../shared/words/language.ts'
import type { Words } from '../../../shared/words/words.ts'

const named = 3

/** `ended`: the steps that came to an end. `typed`: the words of this command. */
export function halfDoneLines(
  plan: Pick<Plan, 'steps'>,
  { ended, typed }: { readonly ended: ReadonlySet<string>; readonly typed: readonly string[] },
  words: Words,
): string[] {
  const changes = plan.steps.filter(({ change }) => change)
  const left = changes.filter(({ id }) => !ended.has(id))
  const next = words.cli.list(left.slice(0, named).map((step) => stepText(step, words)))
  const more = left.length - named
  const done = changes.length - left.length
  const command = ['rackside', ...typed].map(quoteWord).join(' ')
  return [
    ...(left.length === 0 ? [] : [words.cli.halfDone({ done, of: changes.length, next, more })]),
    words.cli.pair(words.cli.goOnWith, command),
  ]
}

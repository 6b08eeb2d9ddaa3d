// What is different from now, what is taken over and what was taken back, as a plan begins with it.
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RolloutTrust } from '../../../shared/domain/rollout-trust.ts'
import { differenceText, takenBackText, takeoverText } from '../../../shared/words/whose-text.ts'
import type { Words } from '../../../shared/words/words.ts'

export function changeLines({ replacements = [] }: Pick<Plan, 'replacements'>, words: Words): string[] {
  const { whose } = words.cautions
  return replacements.flatMap(({ service, differences }) => [
    whose.changes(service),
    ...differences.map((one) => {
      const { name, before, after } = differenceText(one, words)
      return `  ${words.cli.pair(name, whose.change(before, after))}`
    }),
  ])
}

/** Of a rollout: each once, behind the names of those whom it is about. */
export function trustLines({ replacements, takeovers, takenBack }: RolloutTrust, words: Words): string[] {
  const of = (names: readonly string[], lines: readonly string[]) =>
    lines.map((line, at) => (at === 0 ? words.cli.pair(words.cli.list(names), line) : line))
  return [
    ...replacements.flatMap((one) => of(one.names, changeLines({ replacements: [one] }, words))),
    ...takeovers.flatMap((one) => of(one.names, whoseLines({ takeovers: [one] }, words))),
    ...takenBack.flatMap((one) => of(one.names, whoseLines({ takenBack: [one] }, words))),
  ]
}

export function whoseLines(
  { takeovers = [], takenBack = [] }: Pick<Plan, 'takeovers' | 'takenBack'>,
  words: Words,
): string[] {
  return [
    ...takeovers.map((one) => takeoverText(one, words)),
    ...takenBack.map((one) => words.cli.pair(one.deployment, takenBackText(one, words))),
  ]
}

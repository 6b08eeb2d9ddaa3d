// What is different from now, what is taken over and what was taken back, as a plan begins with it.
import type { Plan } from '../../../shared/domain/plan.ts'
import { differenceText, takenBackText, takeoverText } from '../../../shared/words/whose-text.ts'
import type { Words } from '../../../shared/words/words.ts'

export function changeLines({ replacements = [] }: Plan, words: Words): string[] {
  const { whose } = words.cautions
  return replacements.flatMap(({ service, differences }) => [
    whose.changes(service),
    ...differences.map((one) => {
      const { name, before, after } = differenceText(one, words)
      return `  ${words.cli.pair(name, whose.change(before, after))}`
    }),
  ])
}

export function whoseLines({ takeovers = [], takenBack = [] }: Plan, words: Words): string[] {
  return [
    ...takeovers.map((one) => takeoverText(one, words)),
    ...takenBack.map((one) => words.cli.pair(one.deployment, takenBackText(one, words))),
  ]
}

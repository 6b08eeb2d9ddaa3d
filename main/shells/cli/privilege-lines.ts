// What the containers of a plan get beyond their limits, as a plan shows it: what it means, why, and how it is agreed to.
import { type PlanPrivileges, privilegeName } from '../../../shared/domain/privilege.ts'
import { privilegeText } from '../../../shared/words/privilege-words.ts'
import type { Words } from '../../../shared/words/words.ts'

export function privilegeLines(all: readonly PlanPrivileges[], { privileges: words, cli, language }: Words): string[] {
  return all.flatMap(({ service, wants, noMore }) => [
    ...(wants.length === 0 ? [] : [`  ${words.heading(service)}`]),
    ...wants.flatMap(({ privilege, why, isNew }) => [
      `    ${privilegeText(privilege, words)}`,
      `      ${words.why(why[language])}`,
      `      ${isNew ? words.isNew(`${service}/${privilegeName(privilege)}`) : words.agreed}`,
    ]),
    ...(noMore.length === 0 ? [] : [`  ${words.noMore(service, cli.list(noMore))}`]),
  ])
}

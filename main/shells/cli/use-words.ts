// Installed models on the command line: which one an app is to ask, and how a plan shows it.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type UseWishes, useWishes } from '../../../shared/domain/installed-model.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { Words } from '../../../shared/words/words.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** "notes=ward-model", or "ward-model" where one service asks. */
export function readUses({ 'use-model': words = [] }: OptionValues): Result<UseWishes | undefined> {
  const wishes: UseWishes = []
  for (const word of words) {
    const [, service, deployment] = /^(?:([^=]*)=)?([^=]*)$/.exec(word) ?? []
    const wish = useWishes.element.safeParse({ ...(service !== undefined && { service }), deployment })
    if (!wish.success) return usage('not-a-used-model', word)
    wishes.push(wish.data)
  }
  return ok(wishes.length === 0 ? undefined : wishes)
}

export function usedModelLines({ uses = [], users = [] }: Pick<Plan, 'uses' | 'users'>, { settings }: Words): string[] {
  return [
    ...uses.flatMap(({ service, uses: used }) => (used === undefined ? [] : [`  ${settings.uses(service, used)}`])),
    ...users.map((one) => `  ${settings.usedBy(one)}`),
  ]
}

// What the plans of a rollout's members change in whom a hospital trusts with what: each said once, with the names of
// those whom it is about. The rollout itself has only figures.
import type { PlanTakeover } from './ownership.ts'
import type { Plan } from './plan.ts'
import type { Replacement } from './replacement.ts'
import type { TakenBack } from './taken-back.ts'

/** With the names of its appliances, in the order of the rollout. */
type Of<T> = T & { readonly names: readonly string[] }

export type RolloutTrust = {
  readonly replacements: readonly Of<Replacement>[]
  readonly takeovers: readonly Of<PlanTakeover>[]
  readonly takenBack: readonly Of<TakenBack>[]
}

type Said = Pick<Plan, 'replacements' | 'takeovers' | 'takenBack'>

export function trustOf(plans: readonly (readonly [name: string, plan: Said])[]): RolloutTrust {
  return {
    replacements: union(plans.map(([name, plan]) => [name, plan.replacements ?? []])),
    takeovers: union(plans.map(([name, plan]) => [name, plan.takeovers ?? []])),
    takenBack: union(plans.map(([name, plan]) => [name, plan.takenBack ?? []])),
  }
}

function union<T extends object>(all: readonly (readonly [name: string, said: readonly T[]])[]): Of<T>[] {
  const found = new Map<string, { readonly one: T; readonly names: string[] }>()
  for (const [name, said] of all) {
    for (const one of said) {
      const key = JSON.stringify(one)
      const same = found.get(key) ?? { one, names: [] }
      found.set(key, same)
      same.names.push(name)
    }
  }
  return [...found.values()].map(({ one, names }) => ({ ...one, names }))
}

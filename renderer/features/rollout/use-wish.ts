// What a person has chosen so far for a rollout, and whether that is enough to plan it.
import { useState } from 'react'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import { maintenanceWindow } from '../../../shared/domain/interruption.ts'

export type UsableBundle = {
  readonly bundleId: string
  readonly name: string
  readonly demo: boolean
  readonly solutions: readonly {
    readonly id: string
    readonly title: { readonly en: string; readonly 'zh-CN': string }
  }[]
}

export function usableBundles(all: readonly BundleSummary[]): readonly UsableBundle[] {
  return all.flatMap(({ bundleId, name, demo, content }) =>
    content.ok ? [{ bundleId, name, demo, solutions: content.value.solutions }] : [],
  )
}

type Chosen = {
  readonly bundleId?: string
  readonly solution?: string
  readonly names: readonly string[]
  readonly canary?: string
  readonly maintenanceOn: boolean
  readonly from: string
  readonly to: string
  readonly evenIfBusy: boolean
}

const nothingChosen: Chosen = { names: [], maintenanceOn: false, from: '22:00', to: '05:00', evenIfBusy: false }

export function useWish(bundles: readonly UsableBundle[], appliances: readonly ListedAppliance[]) {
  const [chosen, setChosen] = useState(nothingChosen)
  const bundle = bundles.find((one) => one.bundleId === chosen.bundleId) ?? bundles[0]
  const solution = bundle?.solutions.find((one) => one.id === chosen.solution) ?? bundle?.solutions[0]
  // What is made for the demo goes on nothing else; what is only watched is never set up.
  const offered = appliances.filter((one) => one.watchOnly !== true && (bundle?.demo !== true || one.demo))
  const names = offered.map((one) => one.name).filter((name) => chosen.names.includes(name))
  const canary = names.find((name) => name === chosen.canary)
  const { maintenanceOn, from, to, evenIfBusy } = chosen
  const input = {
    ...{ bundleId: bundle?.bundleId ?? '', solution: solution?.id ?? '', appliances: names },
    ...(canary !== undefined && { canary }),
    ...(maintenanceOn && { window: { from, to } }),
    ...(evenIfBusy && { evenIfBusy: true as const }),
  }
  return {
    ...{ chosen, bundle, solution, offered, names, canary, input },
    ready: solution !== undefined && names.length > 0 && (!maintenanceOn || (isTime(from) && isTime(to))),
    choose: (change: Partial<Chosen>) => setChosen((now) => ({ ...now, ...change })),
  }
}

/** Of the day, as a maintenance window takes it. */
export function isTime(text: string): boolean {
  return maintenanceWindow.shape.from.safeParse(text).success
}

export type Wish = ReturnType<typeof useWish>

// Active alerts as the page shows them: by appliance, the ones that need somebody first.
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import { byNeed, wantsSomebody } from '../../console/alerts-now.ts'

export type AlertGroup = {
  /** As the history names the appliance. */
  readonly key: string
  readonly name: string
  readonly alerts: readonly ShownAlert[]
}

export function alertGroups(active: readonly ShownAlert[]): readonly AlertGroup[] {
  const groups = new Map<string, ShownAlert[]>()
  for (const one of active) groups.set(one.appliance, [...(groups.get(one.appliance) ?? []), one])
  return [...groups]
    .map(([key, alerts]) => ({ key, name: alerts[0]?.name ?? key, alerts: alerts.sort(byNeed) }))
    .sort(byNeedOfGroup)
}

function byNeedOfGroup(a: AlertGroup, b: AlertGroup): number {
  const [first, second] = [a, b].map(({ alerts }) => alerts.find(wantsSomebody))
  if (first !== undefined && second !== undefined) return byNeed(first, second)
  if (first !== undefined || second !== undefined) return first === undefined ? 1 : -1
  return a.name.localeCompare(b.name) || a.key.localeCompare(b.key)
}

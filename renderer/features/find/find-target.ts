// Where one goes from what was found; which address that is, the routes know.
import type { FindKind } from './found.ts'

export type FindTarget =
  | { readonly to: 'appliance'; readonly name: string; readonly tab?: FindTab }
  | { readonly to: 'run'; readonly name: string; readonly planId: string }
  | { readonly to: 'runs' }
  | { readonly to: 'alerts'; readonly of?: string }
  | { readonly to: 'entry'; readonly place: string; readonly kind: string; readonly id: string }
  /** A list with more of it; only the catalog takes the typed words along. */
  | { readonly to: 'list'; readonly kind: FindKind; readonly typed: string; readonly entryKind?: string }

export const findTabs = [
  ...(['overview', 'hardware', 'doctor', 'deployments', 'access'] as const),
  ...(['monitor', 'logs', 'terminal', 'history', 'acceptance', 'upkeep'] as const),
] as const
export type FindTab = (typeof findTabs)[number]

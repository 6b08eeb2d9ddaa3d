// What a person looks at in the catalog: kept in the address, so that going back finds it again.
import type { Entry } from '../../../shared/domain/entry.ts'
import type { OutlookWish } from '../../../shared/domain/outlook.ts'

export const catalogKinds = ['model', 'runtime', 'gateway', 'app', 'ingress', 'job', 'probe', 'solution'] as const
export type CatalogKind = (typeof catalogKinds)[number]

/** `on`: the appliance; empty where none is chosen. */
export type CatalogView = OutlookWish & {
  readonly kind: CatalogKind | 'bundles'
  readonly on: string
  readonly text: string
  readonly onlyFits: boolean
}

/** Many questions with their answers are that long. */
export const usualView: CatalogView = {
  ...{ kind: 'model', on: '', text: '', onlyFits: false },
  ...{ users: 1, contextTokens: 8192 },
}

export type EntryName = { readonly place: string; readonly kind: CatalogKind; readonly id: string }

export type ListedEntry = Extract<Entry, { kind: CatalogKind }>

export function isListed(entry: Entry): entry is ListedEntry {
  return catalogKinds.some((kind) => kind === entry.kind)
}

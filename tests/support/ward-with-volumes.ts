// The ward's catalog, whose app keeps notes and a cache in volumes, and facts in which it runs.

import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { AppEntry } from '../../shared/domain/entry/app-entry.ts'
import { known } from '../../shared/domain/reading.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { wardCatalog } from './plan-cases.ts'

const volumes: AppEntry['volumes'] = [
  { name: 'notes', target: '/var/lib/notes', backUp: true },
  { name: 'cache', target: '/var/cache/notes', backUp: false },
]
export const notesVolume = 'rackside-note-helper_notes'

export function catalogWithVolumes(): Catalog {
  const { entries, artifacts } = wardCatalog()
  return { entries: entries.map((one) => (one.kind === 'app' ? { ...one, volumes } : one)), artifacts }
}

/** What the engine says of volumes of the ward. */
export function volumesThere(...names: string[]): NonNullable<Asked['host']> {
  const spec = (name: string) => ({ kind: 'volume', name, deployment: 'note-helper' }) as const
  const all = [notesVolume, 'rackside-note-helper_cache']
  const question = (name: string) => kindOf(spec(name)).look?.(spec(name)) ?? ''
  return new Map(all.map((name) => [question(name), known(names.includes(name) ? `label ${name}\n` : 'none\n')]))
}

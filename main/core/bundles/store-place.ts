// Where this console keeps the bundles that it imported.
import { dirname, join } from 'node:path'
import { installedFolder } from '../../catalog/container/store.ts'
import type { Core } from '../context.ts'

export function storeOf({ state }: Pick<Core, 'state'>): string {
  return join(state.folder, 'bundles')
}

/** Whether the console keeps the bundle in this folder, and may take it away. */
export function isKept(core: Pick<Core, 'state'>, folder: string): boolean {
  return dirname(folder) === installedFolder(storeOf(core))
}

// What a backup would hold if it was written now, and what would stay behind: looked at, nothing is written.
import { sep } from 'node:path'
import {
  type BackupPreview,
  backupItem,
  type LeftOutReason,
  leftOutReason,
  type MovedVault,
} from '../../../shared/domain/backup.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { restoredIn } from '../../store/restored.ts'
import { type StateFile, stateFiles } from '../../store/snapshot.ts'
import type { Core } from '../context.ts'

const mostUnknown = 50

export function previewBackup(core: Pick<Core, 'state' | 'vault'>): Result<BackupPreview> {
  const vault = core.vault.state()
  if (!vault.ok) return vault
  const keyFiles = core.state.keyFiles.read()
  if (!keyFiles.ok) return keyFiles
  const restored = restoredIn(core.state.folder).read()
  if (!restored.ok) return restored
  const moved = vault.value.protection ?? 'none'
  let files: StateFile[]
  try {
    files = stateFiles(core.state.folder)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: core.state.folder, detail: (error as Error).message })
  }
  const unknown = files.filter(({ placed }) => placed === undefined).map(({ path }) => evidence(path, 250))
  return ok({
    items: itemsIn(files, moved),
    leftOut: leftOutIn(files, moved),
    unknown: unknown.slice(0, mostUnknown),
    vault: moved,
    keyFiles: keysElsewhere(core.state.folder, keyFiles.value),
    restored: restored.value,
  })
}

/** Keys that lie in the state folder itself go along. */
export function keysElsewhere(folder: string, keyFiles: readonly { readonly file: string }[]): number {
  return keyFiles.filter(({ file }) => !file.startsWith(folder + sep)).length
}

const isHeldBack = ({ path }: StateFile, vault: MovedVault) => path === 'vault.json' && vault === 'keychain'

function itemsIn(files: readonly StateFile[], vault: MovedVault): BackupPreview['items'] {
  return backupItem.options.flatMap((item) => {
    const its = files.filter((one) => one.placed !== undefined && 'item' in one.placed && one.placed.item === item)
    const going = its.filter((one) => !isHeldBack(one, vault))
    const [first] = going
    return first?.placed === undefined || !('part' in first.placed)
      ? []
      : [{ item, part: first.placed.part, ...countOf(going) }]
  })
}

function leftOutIn(files: readonly StateFile[], vault: MovedVault): BackupPreview['leftOut'] {
  const whyOf = (one: StateFile): LeftOutReason | undefined => {
    if (isHeldBack(one, vault)) return 'keychain'
    return one.placed !== undefined && 'why' in one.placed ? one.placed.why : undefined
  }
  return leftOutReason.options.flatMap((why) => {
    const its = files.filter((one) => whyOf(one) === why)
    return its.length === 0 ? [] : [{ why, ...countOf(its) }]
  })
}

function countOf(files: readonly StateFile[]): { files: number; bytes: number } {
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

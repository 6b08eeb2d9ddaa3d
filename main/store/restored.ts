// Where the state of this console came from, when it came from a backup: whoever looks is told that another console may
// still be at work on the same appliances.
import type * as z from 'zod'
import { backupPreview } from '../../shared/domain/backup.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { documentIn } from './folder.ts'

const restored = backupPreview.shape.restored
export type Restored = NonNullable<z.infer<typeof restored>>

/** Null where it began here. */
export function restoredIn(folder: string): { read(): Result<Restored | null>; write(value: Restored): Result<void> } {
  return documentIn(folder, 'restored.json', restored, null)
}

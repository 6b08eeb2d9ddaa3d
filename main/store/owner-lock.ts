// One process owns the state folder. The lock is SQLite's own: the operating system frees it when the
// process is gone, however it ended, so there is no stale lock to clear.
import { join } from 'node:path'
import Database from 'libsql'

export type OwnerLock = { release(): void }

/** A database that nobody refers to any more is closed by the garbage collector, and its lock is free. */
const held = new Set<Database.Database>()

/** The lock, or undefined while another process holds it. Throws when the folder cannot be written. */
export function tryOwn(stateFolder: string): OwnerLock | undefined {
  const database = new Database(join(stateFolder, 'owner.lock'))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (/lock|busy/i.test((error as Error).message)) return undefined
    throw error
  }
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      database.close()
    },
  }
}

// One writes at a time, whichever process it is: two that both continued the same record would fork the chain. The lock is
// SQLite's, as the owner's is: the operating system frees it when a process is gone, however it ended.
import Database from 'libsql'

/** A writer syncs two or three files; a disk that takes longer than this is as good as none. */
const patienceMs = 10_000

/** Throws what `work` throws, and when the lock is not free in time. */
export function whileWriting<T>(lockFile: string, work: () => T): T {
  const database = new Database(lockFile, { timeout: patienceMs })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return work()
  } finally {
    database.close()
  }
}

// The driver of the history: the only file of it that knows libsql. Values come back as rows of an array; a statement
// is prepared once. What SQLite says about its file becomes one of three words.
import { chmodSync } from 'node:fs'
import Database from 'libsql'

type Value = number | string | Uint8Array
export type Row = readonly (number | string | Uint8Array | null)[]

export type Sql = {
  /** How many rows it changed. */
  run(sql: string, ...values: readonly Value[]): number
  all(sql: string, ...values: readonly Value[]): Row[]
  /** All of it or nothing. */
  transaction(work: () => void): void
  close(): void
}

/** `damaged`: what lies there is no database, or not a whole one. `unwritable`: no space, no permission, busy. */
export type SqlTrouble = 'damaged' | 'unwritable' | 'bug'

/** Throws. Pages in memory are bounded: a console watches for weeks. */
export function openSql(file: string): Sql {
  const database = new Database(file)
  try {
    // A file that somebody else may read would tell when a hospital works.
    if (process.platform !== 'win32') chmodSync(file, 0o600)
    database.pragma('journal_mode=WAL')
    // Each commit is on the disk when it is done: a power cut loses no more than a crash does.
    database.pragma('synchronous=FULL')
    database.pragma('cache_size=-8192')
    // A checkpoint of 1 MiB at a time is no stutter.
    database.pragma('wal_autocheckpoint=256')
  } catch (error) {
    database.close()
    throw error
  }
  return sqlOver(database)
}

function sqlOver(database: Database.Database): Sql {
  const statements = new Map<string, Database.Statement>()
  const prepared = (sql: string) => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    run: (sql, ...values) => prepared(sql).run(values).changes,
    all: (sql, ...values) => prepared(sql).raw(true).all(values) as Row[],
    transaction(work) {
      database.exec('BEGIN IMMEDIATE')
      try {
        work()
        database.exec('COMMIT')
      } catch (error) {
        rollBack(database)
        throw error
      }
    },
    close() {
      statements.clear()
      database.close()
    },
  }
}

/** After some faults SQLite has rolled back by itself, and says so. */
function rollBack(database: Database.Database): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // What went wrong before is what counts.
  }
}

export function troubleOf(error: unknown): SqlTrouble {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return 'damaged'
  // A schema that is not whole, in a file of our format.
  if (code === 'SQLITE_ERROR' && /no such (table|column)|malformed/.test(message)) return 'damaged'
  return /^SQLITE_|^E[A-Z]+$/.test(code) || /Unable to open/.test(message) ? 'unwritable' : 'bug'
}

// The database of the history as it is now: open, read only, or not there; and what is said about that. A fault of the
// disk never reaches whoever measures.
import { renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { HistoryTrouble } from '../../../shared/domain/history.ts'
import { openSql, type Sql, troubleOf } from './database.ts'
import { historyFormat, prepareSchema } from './schema.ts'

const fileName = 'history.db'
/** SQLite's own files beside it go with it. */
const parts = ['', '-wal', '-shm']

export type Store = {
  /** `otherwise` where nothing can be read. */
  read<T>(work: (sql: Sql) => T, otherwise: T): T
  /** Statements that stand each for itself; `otherwise` where nothing can be changed. */
  change<T>(work: (sql: Sql) => T, otherwise: T): T
  /** All of it in one transaction. False where it could not be stored. */
  write(work: (sql: Sql) => void): boolean
  trouble(): HistoryTrouble | undefined
  close(): void
}

export type StoreOptions = {
  readonly folder: string
  readonly nowMs: () => number
  /** The database is a new one: what was known of the old one is not in it. */
  readonly onNew: () => void
}

export function historyStore({ folder, nowMs, onNew }: StoreOptions): Store {
  const file = join(folder, fileName)
  let sql: Sql | undefined
  let isNewer = false
  /** A scrape may still be under way: nothing is opened again for it. */
  let isClosed = false
  let trouble: HistoryTrouble | undefined

  function opened(): Sql | undefined {
    if (sql !== undefined || isClosed) return sql
    return attempt(() => {
      const database = openSql(file)
      sql = database
      const found = prepareSchema(database)
      isNewer = found > historyFormat
      if (isNewer) trouble = { kind: 'newer-format', found }
      return database
    }, undefined)
  }

  function attempt<T>(work: () => T, otherwise: T): T {
    try {
      return work()
    } catch (error) {
      const kind = troubleOf(error)
      if (kind === 'bug') throw error
      if (kind === 'unwritable' || isNewer) notStored((error as Error).message)
      else setAside()
      return otherwise
    }
  }

  /** The next one who needs it opens it anew: in libsql a statement that failed may stay in progress for ever. */
  function letGo(): void {
    sql?.close()
    sql = undefined
  }

  function notStored(detail: string): void {
    letGo()
    if (trouble?.kind === 'newer-format') return
    const sinceMs = trouble?.kind === 'not-stored' ? trouble.sinceMs : nowMs()
    trouble = { kind: 'not-stored', detail: detail.slice(0, 300), sinceMs }
  }

  /** One damaged file is kept: somebody may want to look, and a disk that goes bad must not fill up. */
  function setAside(): void {
    letGo()
    const aside = `${file}.damaged`
    try {
      for (const part of parts) {
        rmSync(`${aside}${part}`, { force: true })
        if (part === '') renameSync(file, aside)
        else rmSync(`${file}${part}`, { force: true })
      }
      trouble = { kind: 'set-aside', file: basename(aside), atMs: nowMs() }
      onNew()
    } catch (error) {
      notStored((error as Error).message)
    }
  }

  return {
    read(work, otherwise) {
      const database = opened()
      return database === undefined ? otherwise : attempt(() => work(database), otherwise)
    },
    change(work, otherwise) {
      const database = opened()
      return database === undefined || isNewer ? otherwise : attempt(() => work(database), otherwise)
    },
    write(work) {
      const database = opened()
      if (database === undefined || isNewer) return false
      const isStored = attempt(() => {
        database.transaction(() => work(database))
        return true
      }, false)
      if (isStored && trouble?.kind === 'not-stored') trouble = undefined
      return isStored
    },
    trouble: () => trouble,
    close() {
      letGo()
      isClosed = true
    },
  }
}

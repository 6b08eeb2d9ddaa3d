// The tables of the history. A chunk is up to 250 samples of one series, deflated; `open` chunks are pieces that
// wait for more: only what is closed has been counted into the next coarser resolution, so every sample counts once in
// whatever resolution somebody asks for. The tail holds what no chunk has yet.
import type { Sql } from './database.ts'

/** Newer ones are read, and nothing is added to them. */
export const historyFormat = 1

const tables = [
  'CREATE TABLE appliance(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)',
  `CREATE TABLE series(id INTEGER PRIMARY KEY, appliance INTEGER NOT NULL, name TEXT NOT NULL,
    UNIQUE(appliance, name))`,
  `CREATE TABLE chunk(id INTEGER PRIMARY KEY, series INTEGER NOT NULL, resolution INTEGER NOT NULL,
    start INTEGER NOT NULL, finish INTEGER NOT NULL, n INTEGER NOT NULL, open INTEGER NOT NULL, bytes INTEGER NOT NULL,
    data BLOB NOT NULL)`,
  'CREATE INDEX chunk_at ON chunk(series, resolution, start, bytes)',
  'CREATE INDEX chunk_open ON chunk(series, resolution, start) WHERE open = 1',
  'CREATE INDEX chunk_age ON chunk(resolution, open, finish)',
  'CREATE TABLE tail(id INTEGER PRIMARY KEY, appliance INTEGER NOT NULL, tag INTEGER NOT NULL, data BLOB NOT NULL)',
  'CREATE INDEX tail_tag ON tail(tag)',
]

/** The format of what is there; makes the tables where there are none. Throws. */
export function prepareSchema(sql: Sql): number {
  const found = Number(sql.all('PRAGMA user_version')[0]?.[0] ?? 0)
  if (found === 0) {
    sql.transaction(() => {
      for (const table of tables) sql.run(table)
      sql.run(`PRAGMA user_version = ${historyFormat}`)
    })
  } else if (found === historyFormat) {
    // A file whose first page is whole may lack the rest.
    for (const table of ['appliance', 'series', 'chunk', 'tail']) sql.all(`SELECT * FROM ${table} LIMIT 1`)
  }
  return found === 0 ? historyFormat : found
}

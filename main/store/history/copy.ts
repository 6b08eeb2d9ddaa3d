// The history copied while it is written to: SQLite shows one reader the same moment all the way, and the copy is made in
// short turns, so that the console goes on meanwhile.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openSql, type Sql } from './database.ts'

const rowsAtOnce = 500

/** `to` must not exist. Throws what SQLite says. */
export async function copyHistory(from: string, to: string): Promise<void> {
  const sql = openSql(from)
  try {
    sql.run('ATTACH ? AS copy', to)
    // It is read again before anybody relies on it.
    sql.all('PRAGMA copy.journal_mode=OFF')
    sql.run('PRAGMA copy.synchronous=OFF')
    sql.run('BEGIN')
    const format = Number(sql.all('PRAGMA main.user_version')[0]?.[0] ?? 0)
    const made = sql.all("SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index'")
    for (const [, , text] of made) sql.run(String(text).replace(/^CREATE (TABLE|INDEX) /, 'CREATE $1 copy.'))
    for (const [type, name] of made) if (type === 'table') await copyTable(sql, String(name))
    sql.run('COMMIT')
    sql.run(`PRAGMA copy.user_version = ${format}`)
    sql.run('DETACH copy')
  } finally {
    sql.close()
  }
}

/** Every table of the history has an `id` that is its row. */
async function copyTable(sql: Sql, name: string): Promise<void> {
  let last = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = sql.all(`SELECT id FROM main.${name} WHERE id > ? ORDER BY id LIMIT ${rowsAtOnce}`, last)
    const until = Number(rows.at(-1)?.[0] ?? Number.NaN)
    if (Number.isNaN(until)) return
    sql.run(`INSERT INTO copy.${name} SELECT * FROM main.${name} WHERE id > ? AND id <= ?`, last, until)
    last = until
    await nextTurn()
  }
}

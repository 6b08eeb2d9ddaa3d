// A history and its disk: full, damaged, written by a newer version, not there. Whoever measures never hears of it, and
// whoever looks is told.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSql, troubleOf as wordOf } from '../../../../../main/store/history/database.ts'
import { ask, begin, type HistoryRig, historyRig, measure } from '../../../../support/history-rig.ts'

const ones = (length: number) => Array.from({ length }, () => 1)
const count = (rig: HistoryRig) =>
  ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width: 2000 }).series.n.reduce(
    (sum, n) => sum + n,
    0,
  )
const fileOf = ({ folder }: HistoryRig) => join(folder, 'history.db')
/** As if SQLite's own files beside it were lost as well: they would mend it. */
const overwrite = (rig: HistoryRig, content: string | Uint8Array) => {
  for (const part of ['-wal', '-shm']) rmSync(`${fileOf(rig)}${part}`, { force: true })
  writeFileSync(fileOf(rig), content)
}
const troubleOf = async (rig: HistoryRig) => (await rig.history.state()).trouble

describe('a database', () => {
  it("is nobody else's to read", () => {
    const rig = historyRig()
    expect(statSync(fileOf(rig)).mode & 0o777).toBe(0o600)
  })

  it('that is damaged from the first byte lies aside, and a new one begins', async () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: ones(300) })
    rig.history.close()
    overwrite(rig, 'no database, but long enough to be one'.repeat(500))
    rig.reopen('crashed')
    measure(rig, 'host/cpu', { every: 1000, values: ones(300) })
    expect(await troubleOf(rig)).toMatchObject({ kind: 'set-aside', file: 'history.db.damaged' })
    expect(count(rig)).toBe(300)
    expect(readFileSync(`${fileOf(rig)}.damaged`, 'utf8')).toContain('no database')
    rig.reopen('closed')
    expect([count(rig), await troubleOf(rig)]).toEqual([300, undefined])
  })

  it('that is damaged while it is in use costs what was in it, and nothing that comes', async () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: ones(2000) })
    rig.history.close()
    const bytes = readFileSync(fileOf(rig))
    for (let at = 100; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x5a
    overwrite(rig, bytes)
    rig.reopen('crashed')
    const after = measure(rig, 'host/cpu', { every: 1000, values: ones(600) })
    expect(await troubleOf(rig)).toMatchObject({ kind: 'set-aside' })
    expect(count(rig)).toBe(after.length)
  })

  it('keeps one damaged file and no more', () => {
    const rig = historyRig()
    for (const text of ['first', 'second']) {
      rig.history.close()
      overwrite(rig, text.repeat(5000))
      rig.reopen('crashed')
      measure(rig, 'host/cpu', { every: 1000, values: ones(20) })
    }
    expect(readFileSync(`${fileOf(rig)}.damaged`, 'utf8')).toContain('second')
    expect(existsSync(`${fileOf(rig)}.damaged.damaged`)).toBe(false)
  })

  it('of which single chunks are damaged has gaps there', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: ones(1000) })
    rig.history.close()
    const sql = openSql(fileOf(rig))
    sql.run(
      'UPDATE chunk SET data = ? WHERE id IN (SELECT id FROM chunk WHERE resolution = 0 LIMIT 1)',
      Buffer.from('x'),
    )
    sql.run('UPDATE tail SET data = ?', Buffer.from([9, 9]))
    sql.close()
    rig.reopen('crashed')
    expect(count(rig)).toBeGreaterThan(400)
    expect(count(rig)).toBeLessThan(900)
  })

  it('of a newer version is read and left as it is', async () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: ones(300) })
    rig.history.close()
    const sql = openSql(fileOf(rig))
    sql.run('PRAGMA user_version = 7')
    sql.close()
    rig.reopen('crashed')
    const before = count(rig)
    measure(rig, 'host/cpu', { every: 1000, values: ones(300) })
    expect(await troubleOf(rig)).toEqual({ kind: 'newer-format', found: 7 })
    expect(before).toBe(300)
    rig.reopen('closed')
    expect(count(rig)).toBe(before)
  })
})

/** Another process holds the database, so nothing is taken until the answer is called. */
function refuse(rig: HistoryRig): () => void {
  const sql = openSql(fileOf(rig))
  sql.run('BEGIN IMMEDIATE')
  return () => {
    sql.run('COMMIT')
    sql.close()
  }
}

describe('a disk', () => {
  it.each([
    ['SQLITE_FULL', 'database or disk is full', 'unwritable'],
    ['SQLITE_IOERR_WRITE', 'disk I/O error', 'unwritable'],
    ['SQLITE_READONLY', 'attempt to write a readonly database', 'unwritable'],
    ['EACCES', 'permission denied', 'unwritable'],
    ['SQLITE_CORRUPT', 'database disk image is malformed', 'damaged'],
    ['SQLITE_NOTADB', 'file is not a database', 'damaged'],
    ['SQLITE_ERROR', 'no such table: chunk', 'damaged'],
    ['', 'undefined is no function', 'bug'],
  ])('that says %s, %s, is %s', (code, message, word) => {
    expect(wordOf(Object.assign(new Error(message), { code }))).toBe(word)
  })

  it('that takes nothing loses nothing for a while, says so, and stores it when it can again', async () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: ones(50) })
    rig.history.commit()
    const again = refuse(rig)
    measure(rig, 'host/cpu', { every: 1000, values: ones(300) })
    expect(await troubleOf(rig)).toMatchObject({ kind: 'not-stored', detail: expect.stringContaining('lock') })
    expect(count(rig)).toBe(350)
    again()
    measure(rig, 'host/cpu', { every: 1000, values: ones(10) })
    expect([await troubleOf(rig), count(rig)]).toEqual([undefined, 360])
    rig.reopen('closed')
    expect(count(rig)).toBe(360)
  })

  it('that takes nothing for long costs a bounded memory, and the loss is told', async () => {
    const rig = historyRig()
    const again = refuse(rig)
    measure(rig, 'host/cpu', { every: 1000, values: ones(5000) })
    const { lost, trouble } = await rig.history.state()
    expect(trouble).toMatchObject({ kind: 'not-stored' })
    expect(lost).toBeGreaterThan(3000)
    expect(count(rig) + lost).toBe(5000)
    again()
  })
})

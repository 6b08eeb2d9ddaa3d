// Restoring: only where nothing is, whole or not at all, and never under a console that runs. What was there before stays
// as it was, however it ends.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { restoreBackup } from '../../../../../main/core/backup/restore.ts'
import { writeBackup } from '../../../../../main/core/backup/write.ts'
import { openStateFolder } from '../../../../../main/store/folder.ts'
import { openSql } from '../../../../../main/store/history/database.ts'
import { tryOwn } from '../../../../../main/store/owner-lock.ts'
import { backupPassphrase, filesOf, madeBackup, put, samples, stateCore } from '../../../../support/backup-files.ts'
import { must } from '../../../../support/demo-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const now = '2026-11-28T21:00:00.000Z'
const wishFor = (file: string, folder: string) => ({
  ...{ file, folder, passphrase: backupPassphrase, computer: 'pc-13', operator: 'wang', now },
})
/** What a restore adds of its own. */
const own = [
  ...['audit.jsonl', 'audit/before-the-chain-1.jsonl', 'audit/key.json', 'audit/writer.lock'],
  ...['format', 'restored.json', 'restored.json.last'],
]

describe('a restored state', () => {
  it.each(['nothing', 'an empty folder', 'a console that was only just opened'])(
    'is what was backed up, to the byte, where there was %s',
    async (before) => {
      const { file, folder: from } = await madeBackup(['history', 'recordings'])
      const folder = join(temporaryFolder(), 'state')
      if (before !== 'nothing') mkdirSync(folder, { mode: 0o700 })
      if (before.startsWith('a console')) {
        must(openStateFolder(folder))
        tryOwn(folder)?.release()
        put(folder, 'window/Preferences', '{}')
      }
      const restored = must(await restoreBackup(wishFor(file, folder)))
      expect(restored).toMatchObject({ folder, originRuns: false })
      const files = filesOf(folder)
      for (const path of Object.keys(samples).filter((one) => one !== 'audit.jsonl')) {
        expect([path, files.get(path)]).toEqual([path, filesOf(from).get(path)])
      }
      const others = [...files.keys()].filter((path) => !(path in samples) && !own.includes(path))
      expect(others).toEqual(['history.db'])
      const sql = openSql(join(folder, 'history.db'))
      onTestFinished(() => sql.close())
      expect(sql.all('SELECT count(*), max(key) FROM appliance')).toEqual([[1200, 'machine 999']])
      expect(statSync(folder).mode & 0o777).toBe(0o700)
      expect(statSync(join(folder, 'appliances.json')).mode & 0o777).toBe(0o600)
    },
  )

  it('says where it came from, in the audit and to whoever looks', async () => {
    const { file } = await madeBackup()
    const folder = join(temporaryFolder(), 'state')
    must(await restoreBackup(wishFor(file, folder)))
    const last = JSON.parse(readFileSync(join(folder, 'audit.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '')
    expect(last).toMatchObject({ at: now, who: 'wang', act: 'backup-restore', input: { computer: 'pc-12' } })
    expect(JSON.parse(readFileSync(join(folder, 'restored.json'), 'utf8'))).toMatchObject({
      computer: 'pc-12',
      restoredAt: now,
    })
  })

  it('is told when the console that it came from runs on this computer', async () => {
    const { file, folder: from } = await madeBackup()
    const lock = tryOwn(from)
    onTestFinished(() => lock?.release())
    const wish = { ...wishFor(file, join(temporaryFolder(), 'state')), computer: 'pc-12' }
    expect(must(await restoreBackup(wish)).originRuns).toBe(true)
  })

  it('knows keys that lay in the old state folder at their new place, by the old id', async () => {
    const { core, folder: from } = await madeBackup()
    const inside = { credentialId: 'key-inside', file: join(from, 'demo', 'login-key') }
    must(core.state.keyFiles.write([inside, { credentialId: 'key-1', file: '/home/li/.ssh/id' }]))
    const file = join(temporaryFolder(), 'again.rsb')
    must(await writeBackup(core, { file, passphrase: backupPassphrase, parts: [] }))
    const folder = join(temporaryFolder(), 'state')
    must(await restoreBackup(wishFor(file, folder)))
    const moved = must(stateCore(folder).state.keyFiles.read())
    expect(moved).toContainEqual({ credentialId: 'key-inside', file: join(folder, 'demo', 'login-key') })
    expect(moved).toContainEqual({ credentialId: 'key-1', file: '/home/li/.ssh/id' })
  })
})

describe('restoring is refused', () => {
  it('where there is a state already, which stays as it is', async () => {
    const { file } = await madeBackup()
    const folder = join(temporaryFolder(), 'state')
    put(folder, 'appliances.json', '["mine"]')
    const before = filesOf(folder)
    expect(await restoreBackup(wishFor(file, folder))).toMatchObject({
      failure: { kind: 'restore-refused', reason: 'holds-state' },
    })
    expect(filesOf(folder)).toEqual(before)
  })

  it('where a console runs, also one that has nothing yet', async () => {
    const { file } = await madeBackup()
    const folder = join(temporaryFolder(), 'state')
    must(openStateFolder(folder))
    const lock = tryOwn(folder)
    onTestFinished(() => lock?.release())
    expect(await restoreBackup(wishFor(file, folder))).toMatchObject({
      failure: { kind: 'restore-refused', reason: 'in-use' },
    })
  })

  it('while another process restores to the same place', async () => {
    const { file } = await madeBackup()
    const folder = join(temporaryFolder(), 'state')
    mkdirSync(`${folder}.restoring`)
    const lock = tryOwn(`${folder}.restoring`)
    onTestFinished(() => lock?.release())
    expect(await restoreBackup(wishFor(file, folder))).toMatchObject({
      failure: { kind: 'restore-refused', reason: 'restoring' },
    })
  })

  it('and leaves somebody’s own folder of the name that it works in', async () => {
    const { file } = await madeBackup()
    const folder = join(temporaryFolder(), 'state')
    put(`${folder}.restoring`, 'letter.txt', 'mine')
    expect(await restoreBackup(wishFor(file, folder))).toMatchObject({ failure: { kind: 'restore-refused' } })
    expect(readFileSync(join(`${folder}.restoring`, 'letter.txt'), 'utf8')).toBe('mine')
  })
})

describe('a restore that ends early', () => {
  it.each([0.3, 0.9, 1])('leaves nothing where the file is damaged at %f of it', async (share) => {
    const { file, bytes } = await madeBackup(['history', 'recordings'])
    const bad = Buffer.from(bytes)
    const at = Math.floor((bytes.length - 1) * share)
    bad[at] = (bad[at] ?? 0) ^ 1
    writeFileSync(file, bad)
    const parent = temporaryFolder()
    const refused = await restoreBackup(wishFor(file, join(parent, 'state')))
    expect(refused).toMatchObject({ failure: { kind: 'backup-unusable', reason: 'damaged' } })
    expect(readdirSync(parent)).toEqual([])
  })

  it('by being killed leaves what was there, and the next one clears up behind it', async () => {
    const { file } = await madeBackup()
    const parent = temporaryFolder()
    const folder = join(parent, 'state')
    mkdirSync(folder, { mode: 0o700 })
    // As a killed one leaves it: half unpacked, its lock free.
    put(`${folder}.restoring`, 'appliances.json', '["half')
    tryOwn(`${folder}.restoring`)?.release()
    expect(readdirSync(folder)).toEqual([])
    must(await restoreBackup(wishFor(file, folder)))
    expect(readFileSync(join(folder, 'appliances.json'), 'utf8')).toBe('[]\n')
    expect([readdirSync(parent), existsSync(`${folder}.restoring`)]).toEqual([['state'], false])
  })
})

// A backup of the console: it holds the state of one moment, opens with its passphrase alone, and tells damage, a wrong
// passphrase and another version from one another.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { checkBackup } from '../../../../../main/core/backup/check.ts'
import { previewBackup } from '../../../../../main/core/backup/preview.ts'
import { headOfBackup } from '../../../../../main/core/backup/read.ts'
import { writeBackup } from '../../../../../main/core/backup/write.ts'
import { openCore } from '../../../../../main/core/open-core.ts'
import { backupPassphrase, fill, madeBackup, put, samples, stateCore } from '../../../../support/backup-files.ts'
import { must } from '../../../../support/demo-core.ts'
import { passphrase, pretendKeychain } from '../../../../support/pretend-vault.ts'
import { realTools } from '../../../../support/real-tools.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const reasonOf = async (file: string, word = backupPassphrase) => {
  const read = await checkBackup(file, word)
  if (read.ok) return 'whole'
  return read.failure.kind === 'backup-unusable' ? read.failure.reason : read.failure.kind
}

describe('a backup', () => {
  it('says in the clear what it is and nothing of what is in it', async () => {
    const { file, bytes } = await madeBackup(['recordings'])
    const head = must(await headOfBackup(file)).head
    expect(head).toMatchObject({ kind: 'rackside-backup', format: 1, version: '0.1.0', parts: ['state', 'recordings'] })
    for (const text of ['canary', 'machine ', 'pc-12', 'appliances.json', backupPassphrase]) {
      expect([text, bytes.includes(text)]).toEqual([text, false])
    }
  })

  it('holds every document of the state, and what is optional only where it is wanted', async () => {
    const plain = must(await checkBackup((await madeBackup()).file, backupPassphrase))
    const paths = plain.contents.files.map(({ path }) => path)
    const optional = (path: string) => path.startsWith('terminals/') || path === 'history.db'
    expect(paths.sort()).toEqual(
      Object.keys(samples)
        .filter((path) => !optional(path))
        .sort(),
    )
    const all = must(await checkBackup((await madeBackup(['history', 'recordings'])).file, backupPassphrase))
    expect(all.contents.files.map(({ path }) => path).sort()).toEqual([...Object.keys(samples), 'history.db'].sort())
    expect(all.contents).toMatchObject({ computer: 'pc-12', vault: 'none', keyFiles: 0 })
  })

  it('is damaged after a change to any byte of its head, and to any byte behind it that was tried', async () => {
    const { file, bytes } = await madeBackup()
    const head = bytes.indexOf(10) + 1
    const places = [...Array(head).keys(), ...Array.from({ length: 24 }, (_, at) => head + at * 41), bytes.length - 1]
    const found = new Set<string>()
    for (const at of places.filter((one) => one < bytes.length)) {
      const bad = Buffer.from(bytes)
      bad[at] = (bad[at] ?? 0) ^ 0x04
      writeFileSync(file, bad)
      const reason = await reasonOf(file)
      if (!['damaged', 'cut-short', 'not-a-backup'].includes(reason)) found.add(`${at}: ${reason}`)
    }
    expect([...found]).toEqual([])
  }, 60_000)

  it('is cut short, or has too much, when it does not end where it ended', async () => {
    const { file, bytes } = await madeBackup()
    for (const length of [0, 1, 50, bytes.indexOf(10), bytes.indexOf(10) + 1, bytes.length - 1]) {
      writeFileSync(file, bytes.subarray(0, length))
      expect([length, await reasonOf(file)]).toEqual([length, length === 0 ? 'not-a-backup' : 'cut-short'])
    }
    writeFileSync(file, Buffer.concat([bytes, Buffer.from('x')]))
    expect(await reasonOf(file)).toBe('damaged')
  })

  it('is whole and of another passphrase, which is no damage', async () => {
    const { file } = await madeBackup()
    expect(await reasonOf(file, 'ten lamps in the hall')).toBe('backup-passphrase-wrong')
    expect(await reasonOf(file)).toBe('whole')
  })

  it('of another format is refused by name, and so is whatever is none', async () => {
    const { file, bytes } = await madeBackup()
    const line = bytes.subarray(0, bytes.indexOf(10)).toString()
    const { createHash } = await import('node:crypto')
    const ofFormat = (format: number) => {
      const body = { ...JSON.parse(line).body, format }
      const sha256 = createHash('sha256').update(JSON.stringify(body)).digest('hex')
      writeFileSync(file, Buffer.concat([Buffer.from(JSON.stringify({ sha256, body })), bytes.subarray(line.length)]))
    }
    ofFormat(2)
    expect(await reasonOf(file)).toBe('newer-format')
    ofFormat(0)
    expect(await reasonOf(file)).toBe('older-format')
    ofFormat(1)
    expect(await reasonOf(file)).toBe('whole')
    writeFileSync(file, 'PK a bundle of something else\n')
    expect(await reasonOf(file)).toBe('not-a-backup')
    expect(await reasonOf(join(file, '..', 'nothing.rsb'))).toBe('missing')
  })

  it('takes the place of no file that is there, unless whoever chose it agreed', async () => {
    const { core, file, bytes } = await madeBackup()
    const again = { file, passphrase: backupPassphrase, parts: [] }
    expect(await writeBackup(core, again)).toMatchObject({ failure: { kind: 'usage', problem: 'file-is-there' } })
    expect(readFileSync(file).equals(bytes)).toBe(true)
    must(await writeBackup(core, { ...again, replaces: true }))
    expect(readFileSync(file).equals(bytes)).toBe(false)
    expect(await reasonOf(file)).toBe('whole')
  })

  it('needs a passphrase that nobody guesses, and leaves nothing where it cannot be written', async () => {
    const { core, folder } = await madeBackup()
    const file = join(temporaryFolder(), 'none', 'ward.rsb')
    expect(await writeBackup(core, { file, passphrase: 'short', parts: [] })).toMatchObject({
      failure: { kind: 'vault-passphrase-unusable' },
    })
    expect(await writeBackup(core, { file, passphrase: backupPassphrase, parts: [] })).toMatchObject({
      failure: { kind: 'usage', problem: 'file-unwritable' },
    })
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([])
  })

  it('is of one moment: what is written meanwhile is not in it, and no half of anything', async () => {
    const folder = join(temporaryFolder(), 'state')
    const core = stateCore(folder)
    fill(folder)
    const before = readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    put(folder, 'benches/bench-0badcafe.json', 'x'.repeat(3_000_000))
    const file = join(temporaryFolder(), 'ward.rsb')
    const writing = writeBackup(core, { file, passphrase: backupPassphrase, parts: ['history'] })
    await vi.waitFor(() => expect(readdirSync(folder).some((name) => /^backup\..*\.new$/.test(name))).toBe(true), {
      interval: 1,
    })
    appendFileSync(join(folder, 'audit.jsonl'), '{"act":"later"}\n')
    must(core.state.keyFiles.write([{ credentialId: 'key-late', file: '/late' }]))
    must(await writing)
    const seen = new Map<string, string>()
    const nothing = async () => undefined
    const { readBackup } = await import('../../../../../main/core/backup/read.ts')
    must(
      await readBackup(file, backupPassphrase, {
        begin: async () => ({ ok: true, value: undefined }),
        bytes: async (path, part) => void seen.set(path, `${seen.get(path) ?? ''}${part.toString('latin1')}`),
        end: nothing,
      }),
    )
    expect(seen.get('audit.jsonl')).toBe(before)
    expect(seen.has('key-files.json')).toBe(false)
    expect(seen.get('benches/bench-0badcafe.json')).toHaveLength(3_000_000)
  })
})

describe('what a backup would hold', () => {
  it('is told before: what goes along, what stays and why, and what nobody knows', () => {
    const folder = join(temporaryFolder(), 'state')
    const core = stateCore(folder)
    fill(folder)
    put(folder, 'bundles/installed/x/bundle.json', 'x'.repeat(500))
    put(folder, 'diary.txt', 'somebody put it there')
    must(
      core.state.keyFiles.write([
        { credentialId: 'key-1', file: '/home/li/.ssh/id' },
        { credentialId: 'key-2', file: join(folder, 'demo', 'login-key') },
      ]),
    )
    const preview = must(previewBackup(core))
    expect(preview.items).toContainEqual({ item: 'audit', part: 'state', files: 1, bytes: 23 })
    expect(preview.items.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['operators', 'history', 'recordings']),
    )
    expect(preview.leftOut).toContainEqual({ why: 'imported-bundles', files: 1, bytes: 500 })
    expect(preview).toMatchObject({ unknown: ['diary.txt'], vault: 'none', keyFiles: 1, restored: null })
  })

  it('does not include a vault in the keychain of this computer, which opens nowhere else: said before', async () => {
    const folder = join(temporaryFolder(), 'state')
    stateCore(folder)
    const core = openCore(folder, { ...realTools(folder), passphraseLogN: 14, keychain: pretendKeychain() })
    must(await core.vault.createInKeychain())
    const preview = must(previewBackup(core))
    expect([preview.vault, preview.items.some(({ item }) => item === 'vault')]).toEqual(['keychain', false])
    expect(preview.leftOut).toContainEqual({ why: 'keychain', files: 1, bytes: expect.any(Number) })
    const file = join(temporaryFolder(), 'ward.rsb')
    const wish = { passphrase: backupPassphrase, parts: [] }
    expect(must(await writeBackup(core, { ...wish, file }))).toMatchObject({ vault: 'keychain' })
    const inIt = async (one: string) =>
      must(await checkBackup(one, backupPassphrase)).contents.files.some(({ path }) => path === 'vault.json')
    expect(await inIt(file)).toBe(false)
    // The way out that is named.
    must(await core.vault.changePassphrase('', passphrase))
    expect(must(previewBackup(core)).vault).toBe('passphrase')
    must(await writeBackup(core, { ...wish, file: `${file}2` }))
    expect(await inIt(`${file}2`)).toBe(true)
    expect(existsSync(`${file}2`)).toBe(true)
  })
})

// A console moves to another computer, from the command line in processes of their own: written, looked at, restored, and
// then the appliance is reached by its name, with the pinned key and the password from the vault.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeBackup } from '../../../main/core/backup/write.ts'
import { exitCodes } from '../../../main/terminal/exit-codes.ts'
import { needlesOf, searchFolder, sightingsIn } from '../../../scripts/soak/canary.ts'
import { backupPassphrase, filesOf, madeBackup, put } from '../../support/backup-files.ts'
import { must } from '../../support/demo-core.ts'
import { fakePassword, generateKeyPair, startFakeSsh } from '../../support/fake-ssh-server.ts'
import { passphrase, pretendVault } from '../../support/pretend-vault.ts'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const patienceMilliseconds = 60_000

/** Files of a state that is being unpacked, or is there. */
function unpackedIn(folder: string): number {
  return [filesOf(join(folder, 'state.restoring')), filesOf(join(folder, 'state'))].reduce(
    (sum, { size }) => sum + size,
    0,
  )
}

describe('rackside backup', () => {
  it('moves a console: its appliance is reached with the pinned key, and another key is told apart', async () => {
    const [home, next, outside] = [temporaryFolder(), join(temporaryFolder(), 'state'), temporaryFolder()]
    const word = (name: string, text: string) => {
      writeFileSync(join(outside, name), `${text}\n`, { mode: 0o600 })
      return join(outside, name)
    }
    const [ofVault, ofBackup, wrong] = [
      word('a', passphrase),
      word('b', backupPassphrase),
      word('c', 'no such words at all'),
    ]
    const file = join(outside, 'ward.rsb')
    const cli = (line: string, at: string, input = '') =>
      runCli([...line.split(' '), '--json'], { home: at, input, cwd: outside, patienceMilliseconds })
    const server = await startFakeSsh({ password: fakePassword })
    const { user, host, port } = server.address
    const { vault } = pretendVault({}, home)
    await vault.create(passphrase)
    const place = `ssh://${user}@${host}:${port}`
    const shown = (await cli(`detect ${place} --password-stdin`, home, `${fakePassword}\n`)).json()
    const { fingerprint } = shown['failure'] as { fingerprint: string }
    const save = `detect ${place} --password-stdin --fingerprint ${fingerprint} --save ward --vault-passphrase-file ${ofVault}`
    expect((await cli(save, home, `${fakePassword}\n`)).code).toBe(0)

    const written = await cli(`backup write ${file} --with history --passphrase-file ${ofBackup}`, home)
    expect(written).toMatchObject({ code: 0 })
    expect(written.json()).toMatchObject({ file, vault: 'passphrase', parts: ['state', 'history'] })
    expect((await cli(`backup write ${file} --passphrase-file ${ofBackup}`, home)).code).toBe(exitCodes.usage)
    expect((await cli(`backup show ${file}`, home)).json()).toMatchObject({ kind: 'rackside-backup', format: 1 })
    expect((await cli(`backup show ${file} --passphrase-file ${ofBackup}`, home)).json()).toMatchObject({
      vault: 'passphrase',
    })

    const into = `backup restore ${file} --into ${next} --passphrase-file`
    expect((await cli(`${into} ${wrong}`, home)).code).toBe(exitCodes['backup-passphrase-wrong'])
    expect(existsSync(next)).toBe(false)
    expect((await cli(`backup restore ${file} --passphrase-file ${ofBackup}`, home)).code).toBe(
      exitCodes['restore-refused'],
    )
    expect((await cli(`${into} ${ofBackup}`, home)).json()).toMatchObject({ folder: next, vault: 'passphrase' })

    const logins = server.authentications.length
    const reached = await cli(`detect ward --vault-passphrase-file ${ofVault}`, next)
    expect(reached.code).toBe(0)
    expect(server.authentications.length).toBeGreaterThan(logins)
    // The same place, and another server in it.
    const other = await startFakeSsh({ password: fakePassword, hostKeys: [generateKeyPair().private] })
    for (const name of ['appliances.json', 'host-keys.json']) {
      const text = readFileSync(join(next, name), 'utf8')
      writeFileSync(join(next, name), text.replaceAll(`${port}`, `${other.address.port}`))
    }
    expect((await cli(`detect ward --vault-passphrase-file ${ofVault}`, next)).code).toBe(exitCodes['host-key-changed'])
    expect(other.authentications).toEqual([])

    const needles = needlesOf(
      [passphrase, backupPassphrase, fakePassword].map((secret, at) => ({ name: `${at}`, secret })),
    )
    expect([searchFolder(home, needles), searchFolder(next, needles)].flatMap(({ sightings }) => sightings)).toEqual([])
    expect(sightingsIn(readFileSync(file), needles, 'the backup')).toEqual([])
  }, 240_000)

  it('that is killed while it restores leaves no half of a state, and the next one puts all of it there', async () => {
    const { core, file } = await madeBackup()
    for (let at = 0; at < 24; at += 1) put(core.state.folder, `benches/bench-${at}.json`, 'x'.repeat(2_000_000))
    const large = `${file}-large`
    must(await writeBackup(core, { file: large, passphrase: backupPassphrase, parts: [] }))
    const outside = temporaryFolder()
    const words = join(outside, 'words')
    writeFileSync(words, `${backupPassphrase}\n`, { mode: 0o600 })
    const next = join(outside, 'state')
    const restore = ['backup', 'restore', large, '--into', next, '--passphrase-file', words, '--json']
    const options = { home: outside, patienceMilliseconds }
    let unfinished = 0
    for (let turn = 0; turn < 4; turn += 1) {
      const killing = new AbortController()
      const run = runCli(restore, { ...options, killed: killing.signal })
      // Once so many files are there, in the middle of whatever it does then.
      await expect.poll(() => unpackedIn(outside) > turn * 5, { timeout: 30_000, interval: 1 }).toBe(true)
      killing.abort()
      await run
      if (!existsSync(next)) unfinished += 1
      else expect(filesOf(next).size).toBeGreaterThan(24)
      rmSync(next, { recursive: true, force: true })
    }
    expect(unfinished).toBeGreaterThan(0)
    expect((await runCli(restore, options)).code).toBe(0)
    const [there, wanted] = [filesOf(next), filesOf(core.state.folder)]
    for (let at = 0; at < 24; at += 1) {
      const name = `benches/bench-${at}.json`
      expect([name, there.get(name) === wanted.get(name)]).toEqual([name, true])
    }
    expect(readdirSync(outside).sort()).toEqual(['state', 'words'])
  }, 240_000)

  it('restores over no state, and shows nothing of a file that is none', async () => {
    const home = temporaryFolder()
    const file = join(temporaryFolder(), 'ward.rsb')
    writeFileSync(file, 'a letter')
    mkdirSync(join(home, 'plans'))
    const run = await runCli(['backup', 'show', file, '--json'], { home, patienceMilliseconds })
    expect([run.code, run.json()]).toMatchObject([
      exitCodes['backup-unusable'],
      { failure: { kind: 'backup-unusable', reason: 'not-a-backup' } },
    ])
  })
})

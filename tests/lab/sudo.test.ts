// The real sudo of a real appliance, with a password: every habit that distributions and hospitals give it, and
// what its own journal counts.
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sudoRefusals } from '../../main/connect/sudo-refusals.ts'
import { exitCodes } from '../../main/terminal/exit-codes.ts'
import { leaksIn } from '../../scripts/soak/allowed-places.ts'
import { searchAppliance } from '../../scripts/soak/appliance-search.ts'
import { searchFolder, sightingsIn } from '../../scripts/soak/canary.ts'
import { markedSecret, needlesOfRun } from '../../scripts/soak/marked-secrets.ts'
import { watchProcesses } from '../../scripts/soak/process-watch.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection, RunOptions } from '../../shared/domain/connection.ts'
import { generateKeyPair } from '../support/fake-ssh-server.ts'
import { bareAppliance, canRunLab, inside, insideWith, type LabAppliance, labNeeds } from '../support/lab.ts'
import { connectAs, makeUser } from '../support/lab-user.ts'
import { needs } from '../support/needs.ts'
import { pretendVault } from '../support/pretend-vault.ts'
import { runCli } from '../support/run-cli.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { today } from '../support/today.ts'

const password = markedSecret('password')
const asRoot: RunOptions = { as: 'root', deadlineSeconds: 40 }
const who = { name: 'who', text: 'id -u; echo; cat' }
const root = { ok: true, value: { exitCode: 0, stdout: '0\n\n', stderr: '', truncated: false } }
const asks = 'ALL=(ALL:ALL) ALL\nDefaults timestamp_timeout=0'

describe('the real sudo, with a password (P16)', () => {
  let appliance: LabAppliance
  const open: Connection[] = []

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(async () => {
    for (const connection of open.splice(0)) await connection.close()
  })

  const sh = (text: string) => inside(appliance, 'sh', '-c', text)

  async function linkAs(user: string, given = password, refusals = sudoRefusals()): Promise<Connection> {
    const connection = await connectAs(appliance, user, { sudo: { password: new Secret(given), refusals } })
    open.push(connection)
    return connection
  }

  it('makes root of a user who has one, for every call anew', async () => {
    await makeUser(appliance, 'clerk', { password, sudoers: `clerk ${asks}` })
    const link = await linkAs('clerk')
    expect(await link.run(who, asRoot)).toEqual(root)
    expect(await link.run(who, { ...asRoot, stdin: 'data' })).toMatchObject({ value: { stdout: '0\n\ndata' } })
    const all = await Promise.all(Array.from({ length: 6 }, () => link.run(who, asRoot)))
    expect(all).toEqual(all.map(() => root))
  })

  it('needs none where sudoers asks for none', async () => {
    expect(await (await linkAs('ops', markedSecret('never-sent'))).run(who, asRoot)).toEqual(root)
  })

  it('may lecture each time, in any language', async () => {
    const sudoers = `clerk ${asks}\nDefaults:clerk lecture=always`
    await makeUser(appliance, 'clerk', { password, sudoers, shell: '/bin/bash' })
    // bash reads it for every command that sshd starts; what it prints looks like sudo's own prompt.
    await sh(
      `echo 'export LC_ALL=zh_CN.UTF-8 LANGUAGE=zh_CN; echo "[sudo] password for clerk: " >&2' >/home/clerk/.bashrc`,
    )
    const link = await linkAs('clerk')
    const language = await link.run(
      { name: 'language', text: 'tr "\\0" "\\n" </proc/$$/environ' },
      { ...asRoot, as: 'login' },
    )
    expect(language).toMatchObject({ value: { stdout: expect.stringContaining('zh_CN') } })
    expect(await link.run(who, asRoot)).toEqual(root)
  })

  today(0)('may be behind a PAM that takes 15 s', async () => {
    await makeUser(appliance, 'clerk', { password, sudoers: `clerk ${asks}` })
    const pam = '/etc/pam.d/sudo'
    await sh(
      `cp ${pam} ${pam}.before; { echo 'auth required pam_exec.so quiet /usr/bin/sleep 15'; cat ${pam}.before; } >${pam}`,
    )
    try {
      expect(await (await linkAs('clerk')).run(who, asRoot)).toEqual(root)
    } finally {
      await sh(`mv ${pam}.before ${pam}`)
    }
  })

  it('that insists on a terminal says so (requiretty)', async () => {
    await makeUser(appliance, 'clerk', { password, sudoers: `clerk ${asks}\nDefaults:clerk requiretty` })
    expect(await (await linkAs('clerk')).run(who, asRoot)).toMatchObject({
      failure: { kind: 'sudo-refused', user: 'clerk', reason: 'tty-needed' },
    })
  })

  it('that allows one command only says so, and is asked once', async () => {
    await makeUser(appliance, 'porter', { password, sudoers: 'porter ALL=(root) /usr/bin/id' })
    const link = await linkAs('porter')
    const refused = await link.run(who, asRoot)
    expect(refused).toMatchObject({ failure: { kind: 'sudo-refused', user: 'porter', reason: 'not-allowed' } })
    expect(await link.run(who, asRoot)).toEqual(refused)
    // By what sudo calls itself: the journal reads _COMM from /proc, where a sudo that has ended is gone.
    const refusals = 'journalctl -q --no-pager -t sudo | grep -c "porter : command not allowed"'
    await expect.poll(() => sh(refusals), { timeout: 10_000 }).toBe('1\n')
  })

  it('counts one attempt of a wrong password, whatever asks for root afterwards (P9)', async () => {
    await makeUser(appliance, 'nurse', { password, sudoers: `nurse ${asks}` })
    const refusals = sudoRefusals()
    const link = await linkAs('nurse', markedSecret('wrong-password'), refusals)
    const all = await Promise.all(Array.from({ length: 5 }, () => link.run(who, asRoot)))
    const again = await (await linkAs('nurse', markedSecret('wrong-password'), refusals)).run(who, asRoot)
    for (const one of [...all, again]) {
      expect(one).toMatchObject({ failure: { kind: 'sudo-refused', user: 'nurse', reason: 'password-wrong' } })
      expect(sightingsIn(Buffer.from(JSON.stringify(one)), needlesOfRun(), 'the failure')).toEqual([])
    }
    const attempts =
      'journalctl -q --no-pager -t sudo | grep "pam_unix(sudo:auth): authentication failure" | grep -c nurse'
    await expect.poll(() => sh(attempts), { timeout: 10_000 }).toBe('1\n')
    refusals.forget({ host: appliance.address, port: appliance.port })
    expect(await (await linkAs('nurse', password, refusals)).run(who, asRoot)).toEqual(root)
  })

  today(1)(
    'keeps every secret of a console out of words, environments, files and journals on both sides (P11, P12)',
    async () => {
      await makeUser(appliance, 'clerk', { password, sudoers: `clerk ${asks}` })
      const [home, ofPerson] = [temporaryFolder(), temporaryFolder()]
      const passphraseFile = join(ofPerson, 'passphrase-of-a-person')
      // One whose passphrase is cheaper to try than the product's.
      const { vault } = pretendVault({}, home)
      await vault.create(markedSecret('vault-passphrase'))
      vault.lock()
      writeFileSync(passphraseFile, markedSecret('vault-passphrase'), { mode: 0o600 })
      const key = generateKeyPair(markedSecret('key-passphrase'))
      writeFileSync(join(ofPerson, 'encrypted-key'), key.private, { mode: 0o600 })
      await insideWith(appliance, `${key.public}\n`, 'sh', '-c', 'cat >>/home/clerk/.ssh/authorized_keys')

      const place = `ssh://clerk@${appliance.address}:${appliance.port}`
      const unlock = `--vault-passphrase-file ${passphraseFile}`
      const save = `detect ${place} --password-stdin --fingerprint ${appliance.hostKeyFingerprint} --save ward ${unlock}`
      const said: string[] = []
      const cli = async (line: string, input = '') => {
        const around = { home, environment: { TMPDIR: tmpdir() }, patienceMilliseconds: 60_000 }
        const ran = await runCli([...line.split(' '), '--json'], { ...around, input: `${input}\n` })
        said.push(ran.stdout, ran.stderr)
        return { code: ran.code, ...ran.json() }
      }

      const watch = watchProcesses(needlesOfRun(), 25)
      expect(await cli(save, markedSecret('wrong-password'))).toMatchObject({ code: exitCodes['login-refused'] })
      expect(await cli(save, password)).toMatchObject({ code: 0, privilege: 'root' })
      expect(await cli(`detect ward ${unlock}`)).toMatchObject({ code: 0, privilege: 'root' })
      const withKey = `detect ${place} --identity ${join(ofPerson, 'encrypted-key')} --key-passphrase-fd 0`
      expect(await cli(withKey, markedSecret('key-passphrase'))).toMatchObject({ code: 0 })
      const { processes, sightings } = watch.stop()

      expect(processes).toBeGreaterThan(20)
      const [here, there] = [searchFolder(home, needlesOfRun()), await searchAppliance(appliance.name, needlesOfRun())]
      expect([here.files, there.files].map((files) => files > 3)).toEqual([true, true])
      const spoken = sightingsIn(Buffer.from(said.join('')), needlesOfRun(), 'what the console said')
      expect(leaksIn([...sightings, ...here.sightings, ...there.sightings, ...spoken])).toEqual([])
    },
  )
})

// The real sudo of a real appliance, with a password: every habit that distributions and hospitals give it, and
// what its own journal counts.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sudoRefusals } from '../../main/connect/sudo-refusals.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection, RunOptions } from '../../shared/domain/connection.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, labNeeds } from '../support/lab.ts'
import { connectAs, makeUser } from '../support/lab-user.ts'
import { needs } from '../support/needs.ts'

const password = 'CANARY-Zürich-護-7f3a'
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
    expect(await (await linkAs('ops', 'CANARY-never-sent')).run(who, asRoot)).toEqual(root)
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

  it('may be behind a PAM that takes 15 s', async () => {
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
    expect(await sh('journalctl -q --no-pager _COMM=sudo | grep -c "porter : command not allowed"')).toBe('1\n')
  })

  it('counts one attempt of a wrong password, whatever asks for root afterwards (P9)', async () => {
    await makeUser(appliance, 'nurse', { password, sudoers: `nurse ${asks}` })
    const refusals = sudoRefusals()
    const link = await linkAs('nurse', 'CANARY-wrong', refusals)
    const all = await Promise.all(Array.from({ length: 5 }, () => link.run(who, asRoot)))
    const again = await (await linkAs('nurse', 'CANARY-wrong', refusals)).run(who, asRoot)
    for (const one of [...all, again]) {
      expect(one).toMatchObject({ failure: { kind: 'sudo-refused', user: 'nurse', reason: 'password-wrong' } })
      expect(JSON.stringify(one)).not.toContain('CANARY')
    }
    const attempts =
      'journalctl -q --no-pager _COMM=sudo | grep "pam_unix(sudo:auth): authentication failure" | grep -c nurse'
    await expect.poll(() => sh(attempts), { timeout: 10_000 }).toBe('1\n')
    refusals.forget({ host: appliance.address, port: appliance.port })
    expect(await (await linkAs('nurse', password, refusals)).run(who, asRoot)).toEqual(root)
  })

  it('keeps the password out of every command line, environment and journal of the appliance (P11, P12)', async () => {
    await makeUser(appliance, 'clerk', { password, sudoers: `clerk ${asks}` })
    const link = await linkAs('clerk')
    // Polls as root inside, ends with the file it waits for. Its own words are not in its command line.
    await sh('printf "CANARY-%s" Z >/run/canary; rm -f /run/over')
    const watching = sh(
      'until [ -e /run/over ]; do grep -alF -f /run/canary /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; done; true',
    )
    expect(await link.run({ name: 'work', text: 'sleep 2; id -u' }, asRoot)).toMatchObject({ value: { stdout: '0\n' } })
    await sh('touch /run/over')
    expect(await watching).toBe('')
    expect(await sh('journalctl -q --no-pager | grep -c -e CANARY-wrong -e "CANARY-Z" || true')).toBe('0\n')
  })
})

// Who is let in where, on a real sshd: a key that was swapped, another machine behind a known address, a password that
// is wrong, and an appliance behind a jump host. What the appliance's journal says counts.
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { trustHostKey } from '../../main/core/access/host-keys.ts'
import type { Opening } from '../../main/core/access/opening.ts'
import type { Core } from '../../main/core/context.ts'
import { offerPassword, openKeyFile } from '../../main/core/desk/desk.ts'
import { watchAppliance } from '../../main/core/observe.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { sightingsIn } from '../../scripts/soak/canary.ts'
import { markedSecret, needlesOfRun } from '../../scripts/soak/marked-secrets.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, labNeeds, pause } from '../support/lab.ts'
import { makeUser } from '../support/lab-user.ts'
import { needs } from '../support/needs.ts'
import { realTools } from '../support/real-tools.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** So many seconds of the console pass in one. */
const timesFaster = 20

describe('a console that trusts an appliance', () => {
  let appliance: LabAppliance

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))

  const sh = (text: string) => inside(appliance, 'sh', '-c', text)
  const journalled = async (text: string) => Number(await sh(`journalctl -q --no-pager | grep -c "${text}"`))

  async function trusting(): Promise<{ core: Core; opening: Opening }> {
    const folder = temporaryFolder()
    const core = openCore(folder, realTools(folder, timesFaster))
    onTestFinished(() => closeCore(core))
    const { address: host, port, user, identityFile, hostKeyFingerprint: fingerprint } = appliance
    const { credentialId } = mustBe(await openKeyFile(core, { file: identityFile }))
    const opening = { address: { host, port, user }, credentialId }
    mustBe(await trustHostKey(core, { ...opening, fingerprint }))
    return { core, opening }
  }

  async function dialAnew(core: Core, opening: Opening) {
    await core.sessions.forget(opening)
    core.sessions.askAnew(opening)
    return core.sessions.open(opening)
  }

  it('does not log in where another key is shown, and says both (P2)', async () => {
    const { core, opening } = await trusting()
    const key = '/etc/ssh/ssh_host_ed25519_key'
    onTestFinished(async () => {
      // A reload answers before it is done: for a moment nobody is let in.
      await sh(`mv /run/key-before ${key}; mv /run/key-before.pub ${key}.pub; systemctl reload ssh; sleep 1`)
    })
    await sh(
      `mv ${key} /run/key-before; mv ${key}.pub /run/key-before.pub; ssh-keygen -q -t ed25519 -N '' -f ${key}; systemctl reload ssh`,
    )
    const logins = await journalled('Accepted publickey')
    await expect
      .poll(() => dialAnew(core, opening), { timeout: 10_000 })
      .toMatchObject({ failure: { kind: 'host-key-changed', pinned: appliance.hostKeyFingerprint } })
    expect(await core.sessions.open(opening)).toMatchObject({ failure: { kind: 'host-key-changed' } })
    expect(await journalled('Accepted publickey')).toBe(logins)
  })

  it('calls another machine behind the known address, with the same key, another machine (P5)', async () => {
    const { core, opening } = await trusting()
    const knownMachine = (await sh('cat /etc/machine-id')).trim()
    const foundMachine = '0123456789abcdef0123456789abcdef'
    onTestFinished(async () => {
      await sh(`echo ${knownMachine} >/etc/machine-id`)
    })
    await sh(`echo ${foundMachine} >/etc/machine-id`)
    expect(await dialAnew(core, opening)).toMatchObject({
      failure: { kind: 'other-machine', knownMachine, foundMachine },
    })
  })

  it('says a wrong password once, however long somebody watches (P9)', async () => {
    await makeUser(appliance, 'nurse', { password: markedSecret('password') })
    const { core, opening } = await trusting()
    const { credentialId } = mustBe(offerPassword(core, markedSecret('wrong-password')))
    const address = { ...opening.address, user: 'nurse' }
    const stop = new AbortController()
    const links: string[] = []
    const watching = (async () => {
      for await (const { link } of watchAppliance(core, { by: 'address', address, credentialId }, stop.signal)) {
        links.push(link)
      }
    })()
    await expect.poll(() => journalled('Failed password for nurse'), { timeout: 20_000 }).toBe(1)
    // A minute of the console, and what else asks meanwhile.
    for (let second = 0; second < 60 / timesFaster; second += 1) {
      await pause(1000)
      expect(await core.sessions.open({ address, credentialId })).toMatchObject({ failure: { kind: 'login-refused' } })
    }
    stop.abort()
    await watching
    expect(links).not.toContain('up')
    expect(await journalled('Failed password for nurse')).toBe(1)
    const journal = Buffer.from(await sh('journalctl -q --no-pager'))
    expect(sightingsIn(journal, needlesOfRun(), 'the journal')).toEqual([])
  })

  it('reaches what only a jump host can reach, each behind its own key', async () => {
    const { core, opening } = await trusting()
    const [port, key] = [2222, '/run/inner-key']
    onTestFinished(async () => {
      await sh('kill "$(cat /run/inner.pid)"')
    })
    const options = [
      `Port=${port}`,
      'ListenAddress=127.0.0.1',
      `HostKey=${key}`,
      'UsePAM=yes',
      'PidFile=/run/inner.pid',
    ]
    const words = options.map((option) => `-o ${option}`).join(' ')
    const said = await sh(
      `ssh-keygen -q -t ed25519 -N '' -f ${key} && /usr/sbin/sshd -f /dev/null ${words} && ssh-keygen -lf ${key}.pub`,
    )
    const fingerprint = said.split(' ')[1] ?? ''
    const inner = { ...opening, address: { ...opening.address, host: '127.0.0.1', port }, via: [opening] }
    expect(await core.sessions.open(inner)).toMatchObject({
      failure: { kind: 'host-key-unknown', fingerprint },
    })
    mustBe(await trustHostKey(core, { ...inner, fingerprint }))
    const where = await core.sessions.withConnection(inner, (link) =>
      link.run({ name: 'where', text: 'echo $SSH_CONNECTION' }, { as: 'login', deadlineSeconds: 20 }),
    )
    expect(where).toMatchObject({ value: { stdout: expect.stringMatching(/^127\.0\.0\.1 \d+ 127\.0\.0\.1 2222\n$/) } })
  })
})

function mustBe<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

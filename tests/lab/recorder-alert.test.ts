// The recorder of a real appliance tells a channel by itself, with no console open: a killed container once, and once that
// it runs again. The secret of its address is in one file of root's, in no argument, no journal and no plan; and it goes.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { needlesOf, searchFolder } from '../../scripts/soak/canary.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  insideWith,
  type LabAppliance,
  labNeeds,
  pause,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { receiveWeb, type WebReceiver } from '../support/web-receiver.ts'

const token = 'tok-5b1e-of-the-ward'
const config = '/var/lib/rackside/recorder/alert.conf'
/** As appliances of the lab reach this computer. */
const host = '10.78.0.1'

describe('a recorder that tells a channel', () => {
  let appliance: LabAppliance
  let folder: string
  let web: WebReceiver
  const console = new TestConsole()
  const passphrase = join(console.home, 'passphrase')
  const sh = (text: string) => inside(appliance, 'sh', '-c', text).then((said) => said.trim())
  const recorder = (act: string) => {
    const { user, address, port, identityFile, hostKeyFingerprint } = appliance
    const there = [`ssh://${user}@${address}:${port}`, '--identity', identityFile, '--fingerprint', hostKeyFingerprint]
    return console.startWords('recorder', act, ...there, '--json').ended
  }
  const told = () => web.received.map(({ body }) => JSON.parse(body) as Record<string, string>)
  const setup = () =>
    console.setup(appliance, folder, '--record', '--record-alert', 'duty', '--vault-passphrase-file', passphrase).ended

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance('nvidia-h20x8')
    web = await receiveWeb(() => ({ status: 200 }), undefined, host)
    const plain = await console.setup(appliance, folder).ended
    expect(plain.code, plain.errors).toBe(0)
    writeFileSync(passphrase, 'correct horse battery\n', { mode: 0o600 })
    const vault = ['--vault-passphrase-file', passphrase, '--json']
    expect((await console.startWords('vault', 'create', ...vault).ended).code).toBe(0)
    const channel = join(console.home, 'duty.json')
    const way = { kind: 'webhook', url: `${web.origin}/hook/{token}` }
    writeFileSync(channel, JSON.stringify({ id: 'duty', atLeast: 'info', list: 'first', language: 'en', way }))
    const words = ['alerts', 'set-channel', channel, '--password-stdin', ...vault]
    const set = spawnSync(process.execPath, [join(repositoryRoot, 'scripts/rackside.mjs'), ...words], {
      ...{ input: `${token}\n`, encoding: 'utf8', env: { ...process.env, RACKSIDE_HOME: console.home } },
    })
    expect(set.status, set.stderr).toBe(0)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    await web?.close()
    console.remove()
  })

  it('gets its address in one file of root, and in no argument, no journal and no plan', async () => {
    await insideWith(appliance, token, 'sh', '-c', 'cat >/root/pattern; : >/root/watching')
    await sh(
      `nohup sh -c 'while [ -e /root/watching ]; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" | grep -qF -f /root/pattern && echo seen >>/root/seen; done' >/dev/null 2>&1 &`,
    )
    const asked = await setup()
    expect(asked, asked.errors).toMatchObject({ code: 0, json: { verdict: 'healthy', changed: 1 } })
    expect(await recorder('show')).toMatchObject({
      json: { recorder: { running: true, alert: { host: expect.any(String) } } },
    })
    expect((await setup()).json).toMatchObject({ changed: 0 })
    const holding = 'grep -rlF -f /root/pattern /var/lib/rackside /etc /run /tmp /home /var/log 2>/dev/null; true'
    expect(await sh(holding)).toBe(config)
    expect(await sh(`stat -c '%U %a' ${config}`)).toBe('root 600')
    const { files, sightings } = searchFolder(console.home, needlesOf([{ name: 'token', secret: token }]))
    expect([files > 0, sightings]).toEqual([true, []])
  })

  it('is told once of a killed container, and once that it runs again, while no console is open', async () => {
    await pause(25_000)
    expect(told()).toEqual([])
    await sh('docker kill rackside-clinic-model')
    await expect.poll(() => web.received.length, { timeout: 90_000, interval: 500 }).toBe(1)
    expect(web.received[0]?.url).toBe(`/hook/${token}`)
    await sh('systemctl restart rackside-recorder.service')
    await pause(45_000)
    await sh('docker start rackside-clinic-model')
    await expect.poll(() => web.received.length, { timeout: 150_000, interval: 500 }).toBe(2)
    await pause(25_000)
    expect(told()).toMatchObject([
      { kind: 'fired', rule: 'runtime-down', subject: 'clinic-model', by: 'recorder' },
      { kind: 'over', rule: 'runtime-down', subject: 'clinic-model' },
    ])
    expect(await sh('ls /root/seen 2>/dev/null; true')).toBe('')
    // Whoever watched the arguments would have seen it.
    await sh(`sh -c 'sleep 3; :' "$(cat /root/pattern)"; rm -f /root/watching`)
    expect(await sh('ls /root/seen')).toBe('/root/seen')
  }, 420_000)

  it('tells nobody once a set-up says so, and leaves no trace when it goes', async () => {
    expect((await console.setup(appliance, folder, '--record').ended).json).toMatchObject({ changed: 1 })
    expect(await sh(`ls ${config} 2>/dev/null; true`)).toBe('')
    expect((await setup()).json).toMatchObject({ changed: 1 })
    expect(await recorder('off')).toMatchObject({ code: 0, json: { removed: true } })
    const left = 'ls -d /var/lib/rackside/recorder /etc/systemd/system/*rackside-rec* 2>/dev/null; true'
    expect(await sh(`${left}; grep -rlF -f /root/pattern /var/lib/rackside /etc /run /tmp 2>/dev/null; true`)).toBe('')
  })
})

// Real sshds with the limits and habits of real sites: few sessions, few logins at once, no forwarding, one command
// only, and links that fall silent with their connections open.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { watchAppliance } from '../../main/core/observe.ts'
import { stopWatches } from '../../main/core/watches.ts'
import { inSample } from '../../scripts/config/sample.ts'
import { command } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { bareAppliance, canRunLab, type LabAppliance, lab, labNeeds, pause } from '../support/lab.ts'
import { connectToLab, dialLab } from '../support/lab-connection.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'

const endless = { name: 'samples', text: 'while :; do echo tick; sleep 1; done' }

describe('an sshd', () => {
  let appliance: LabAppliance

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(() => (canRunLab ? lab('fault', appliance.name, 'sshd', 'undo') : undefined))

  const sshd = (fault: string) => lab('fault', appliance.name, 'sshd', fault)

  async function connected(): Promise<Connection> {
    const connection = await connectToLab(appliance)
    onTestFinished(() => connection.close())
    return connection
  }

  const say = (connection: Connection, text: string) =>
    connection.run({ name: 'say', text: `echo ${text}` }, { as: 'login', deadlineSeconds: 20 })

  it.each(['one-session', 'two-sessions'].filter((_, place) => inSample(place)))(
    'with %s serves a sampler, the engine and work side by side (P9)',
    async (fault) => {
      await sshd(fault)
      const connection = await connected()
      const stream = await connection.stream(endless, { as: 'root', deadlineSeconds: 20 })
      expect(stream).toMatchObject({ ok: true })
      for (let round = 0; round < 3; round += 1) {
        const answers = await Promise.all([
          connection.engine().listNetworks(),
          say(connection, 'a'),
          say(connection, 'b'),
        ])
        expect(answers).toMatchObject([{ ok: true }, { value: { stdout: 'a\n' } }, { value: { stdout: 'b\n' } }])
      }
      if (stream.ok) stream.value.close()
    },
  )

  it('with two logins at once lets two consoles in that come together (P9)', async () => {
    await sshd('two-startups')
    const dials = await Promise.all(Array.from({ length: 2 }, () => dialLab(appliance)))
    for (const dialled of dials) if (dialled.ok) onTestFinished(() => dialled.value.close())
    expect(dials.map(({ ok }) => ok)).toEqual([true, true])
  })

  it('that forwards nothing and has no SFTP brings http by a relay', async () => {
    await sshd('hardened')
    const connection = await connected()
    const site = { name: 'site', text: 'exec busybox httpd -f -p 127.0.0.1:8099 -h /usr/share/doc' }
    const serving = await connection.stream(site, { as: 'login', deadlineSeconds: 20 })
    expect(serving).toMatchObject({ ok: true })
    const ask = () => connection.http({ port: 8099, method: 'GET', path: '/', deadlineSeconds: 10 })
    await expect.poll(async () => (await ask()).ok, { timeout: 20_000 }).toBe(true)
    if (serving.ok) serving.value.close()
  })

  it('that runs one command only is called unusable with what came back', async () => {
    await sshd('forced-command')
    const connection = await connected()
    expect(await say(connection, 'x')).toMatchObject({
      failure: { kind: 'shell-unusable', detail: expect.stringContaining('for backups only') },
    })
  })

  const silences = [
    ['is stopped (SIGSTOP)', 'sshd frozen'],
    ['is cut off without a reset (DROP)', 'cut'],
  ] as const
  it.each(silences.filter((_, place) => inSample(place)))(
    'that %s is a lost link within 20 s while something runs, and idle as well (P7, P8)',
    async (_how, fault) => {
      if (fault === 'cut') {
        onTestFinished(async () => {
          await lab('fault', appliance.name, 'uncut')
        })
      }
      const [busy, idle, asked] = await Promise.all([connected(), connected(), connected()])
      const running = busy.run(command('sleep', '120'), { as: 'login', deadlineSeconds: 120 })
      await pause(500)
      await lab('fault', appliance.name, ...fault.split(' '))
      const began = performance.now()
      const opened = await asked.run(command('true'), { as: 'login', deadlineSeconds: 3 })
      expect(opened).toMatchObject({ failure: { kind: 'deadline-passed' } })
      expect(performance.now() - began).toBeLessThan(5000)
      expect(await running).toMatchObject({ failure: { kind: 'link-lost' } })
      expect(performance.now() - began).toBeLessThan(20_000)
      // Pings that began only now would take as long again.
      expect(await say(idle, 'x')).toMatchObject({ failure: { kind: 'link-lost' } })
      expect(performance.now() - began).toBeLessThan(25_000)
    },
  )

  it('that is stopped is lost to whoever watches, and found again once it goes on (P7, P48)', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-watch-'))
    const core = labCore(appliance, folder)
    onTestFinished(async () => {
      stopWatches(core)
      await core.sessions.closeAll()
      removeAfterLastLook(folder)
    })
    const links: string[] = []
    const stop = new AbortController()
    onTestFinished(() => stop.abort())
    const watching = (async () => {
      for await (const { link } of watchAppliance(core, labTarget(appliance), stop.signal)) links.push(link)
    })()
    await expect.poll(() => links.at(-1), { timeout: 20_000 }).toBe('up')
    await sshd('frozen')
    await expect.poll(() => links.at(-1), { timeout: 20_000 }).toBe('lost')
    await sshd('undo')
    await expect.poll(() => links.at(-1), { timeout: 45_000 }).toBe('up')
    stop.abort()
    await watching
  })
})

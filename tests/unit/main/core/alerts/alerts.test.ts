// Alerts of a console from what is seen to who is told: through the contract, over an end of the console, and with no
// secret anywhere but in the vault.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Notifier } from '../../../../../main/alerts/channels/channel.ts'
import { keepAlerts, noteObservation } from '../../../../../main/core/alerts/note.ts'
import type { Core } from '../../../../../main/core/context.ts'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { closeCore, openCore } from '../../../../../main/core/open-core.ts'
import type { AlertChannel } from '../../../../../shared/domain/alert-channel.ts'
import { filesUnder } from '../../../../support/files-under.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { receiveWeb } from '../../../../support/web-receiver.ts'

const startMs = Date.parse('2026-11-20T08:00:00Z')
const ward = { host: '10.78.0.11', port: 22, user: 'ops' }
const key = '10.78.0.11:22'
const desktop: AlertChannel = {
  ...{ id: 'screen', atLeast: 'info', list: 'first', language: 'zh-CN' },
  way: { kind: 'desktop' },
}

/** Numbers count up, so that no two things have one id. */
function consoleAt(atMs = startMs) {
  const time = { nowMs: atMs }
  let made = 0
  const pretend = pretendCore(undefined, undefined, {
    now: () => new Date(time.nowMs).toISOString(),
    // No time passes: a vault does not lock itself.
    pause: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    randomId: () => (++made).toString(16).padStart(8, '0'),
  })
  const shown: { title: string; body: string }[] = []
  const notify: Notifier = async (one) => shown.push(one) > 0
  pretend.core.alerts.keeper.notifier = notify
  return { ...pretend, client: pretend.clientAs('admin'), time, shown, notify }
}

type World = ReturnType<typeof consoleAt>

async function watch({ time }: Pick<World, 'time'>, core: Core, looks: number, celsius: number): Promise<void> {
  for (let at = 0; at < looks; at += 1) {
    time.nowMs += 10_000
    const values = [{ name: 'accelerator/nvidia 3/temperature', value: celsius }]
    noteObservation(core, { appliance: key, atMs: time.nowMs, everyMs: 10_000 }, { of: 'metrics', values })
  }
  await core.alerts.keeper.flush()
}

const okOf = <T>(answer: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  return answer.value
}

async function hot(world: World): Promise<void> {
  okOf(
    await world.client.product.appliances.save({
      name: 'ward-a',
      target: { by: 'address', address: ward, credentialId: 'key-1' },
    }),
  )
  okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
  await watch(world, world.core, 8, 92)
}

describe('an alert', () => {
  it('says what, where, since when, how much and what to do, in the language of the channel', async () => {
    const world = consoleAt()
    await hot(world)
    expect(world.shown).toHaveLength(1)
    const [{ title, body } = { title: '', body: '' }] = world.shown
    expect(title).toBe('[警告] ward-a NVIDIA 3：加速卡温度过高')
    expect(body.split('\n')).toEqual([
      'NVIDIA 3：加速卡温度过高',
      '一体机：ward-a',
      expect.stringMatching(/^开始时间：2026-11-20 \d\d:\d\d:10 \(UTC[+-]\d\d:\d\d\)$/),
      '当前值：92 °C',
      '阈值：85 °C',
      expect.stringMatching(/^处理建议：/),
    ])
    const { active } = okOf(await world.client.product.alerts.list({}))
    expect(active).toMatchObject([{ name: 'ward-a', rule: 'temperature', subject: 'nvidia 3', isQuiet: false }])
  })

  it('is one, also after the console was started anew, and is over for whoever was told', async () => {
    const world = consoleAt()
    await hot(world)
    await closeCore(world.core)
    const again = openCore(world.folder, world.core.tools)
    again.alerts.keeper.notifier = world.notify
    const client = clientInProcess({ core: again, caller: { by: 'console', operator: 'li' } })
    await watch(world, again, 5, 92)
    expect(world.shown).toHaveLength(1)
    expect(okOf(await client.product.alerts.list({})).active).toHaveLength(1)
    await watch(world, again, 40, 60)
    expect(world.shown.map(({ title }) => title.slice(0, 5))).toEqual(['[警告] ', '[已结束]'])
    expect(okOf(await client.product.alerts.list({})).active).toEqual([])
    expect(okOf(await client.product.alerts.history({}))).toMatchObject([{ over: { how: 'cleared' } }])
    await closeCore(again)
  })

  it('of several cards at once is one message, and the report of each says who was told', async () => {
    const world = consoleAt()
    okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
    const values = [0, 1, 2, 3].map((card) => ({ name: `accelerator/ascend ${card}/temperature`, value: 92 }))
    for (let at = 0; at < 8; at += 1) {
      world.time.nowMs += 10_000
      noteObservation(
        world.core,
        { appliance: key, atMs: world.time.nowMs, everyMs: 10_000 },
        { of: 'metrics', values },
      )
    }
    await world.core.alerts.keeper.flush()
    expect(world.shown.map(({ title }) => title)).toEqual([
      `[警告] ${key} Ascend 0、Ascend 1、Ascend 2 等 4 项：加速卡温度过高`,
    ])
    const { active } = okOf(await world.client.product.alerts.list({}))
    expect(active).toHaveLength(4)
    for (const { id } of active) {
      const { events } = okOf(await world.client.product.alerts.report({ alertId: id }))
      const told = events.flatMap((one) => (one.kind === 'told' ? [one.on] : []))
      expect(told).toMatchObject([[{ alert: id, channel: 'screen', sentMs: expect.any(Number) }]])
    }
  })

  it('that somebody acknowledged is told to nobody else', async () => {
    const world = consoleAt()
    await hot(world)
    const [one] = okOf(await world.client.product.alerts.list({})).active
    const done = okOf(await world.client.product.alerts.acknowledge({ alertId: one?.id ?? '' }))
    expect(done.acknowledged).toEqual({ atMs: world.time.nowMs, by: 'li' })
    await watch(world, world.core, 2000, 92)
    expect(world.shown).toHaveLength(1)
    const unknown = await world.client.product.alerts.acknowledge({ alertId: 'alert-9' })
    expect(unknown).toMatchObject({ failure: { kind: 'input-invalid' } })
  })

  it('is told to nobody while its appliance is in maintenance, by its saved name', async () => {
    const world = consoleAt()
    okOf(
      await world.client.product.appliances.save({
        name: 'ward-a',
        target: { by: 'address', address: ward, credentialId: 'key-1' },
      }),
    )
    okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
    const untilMs = startMs + 600_000
    const quiet = okOf(
      await world.client.product.alerts.silence({ kind: 'maintenance', appliance: 'ward-a', untilMs, note: 'fans' }),
    )
    expect(quiet).toMatchObject({ appliance: key, name: 'ward-a', by: 'li' })
    await watch(world, world.core, 20, 92)
    expect(world.shown).toEqual([])
    expect(okOf(await world.client.product.alerts.list({})).active).toMatchObject([{ isQuiet: true }])
    okOf(await world.client.product.alerts.endSilence({ quietId: quiet.id }))
    await watch(world, world.core, 1, 92)
    expect(world.shown).toHaveLength(1)
  })

  it('is of the rules that the site has', async () => {
    const world = consoleAt()
    okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
    const set = okOf(await world.client.product.alerts.setRule({ override: { rule: 'temperature', limit: 95 } }))
    expect(set).toMatchObject({ limit: 95, isOwn: true, on: true })
    await watch(world, world.core, 20, 92)
    expect(world.shown).toEqual([])
    const usual = okOf(await world.client.product.alerts.setRule({ override: { rule: 'temperature' } }))
    expect(usual).toMatchObject({ limit: 85, isOwn: false })
    await watch(world, world.core, 20, 92)
    expect(world.shown).toHaveLength(1)
    okOf(await world.client.product.alerts.setRule({ override: { rule: 'temperature', on: false } }))
    expect(okOf(await world.client.product.alerts.list({})).active).toEqual([])
  })

  it('keeps what a rule was set to while it is off', async () => {
    const world = consoleAt()
    const off = { rule: 'temperature', on: false, severity: 'info', limit: 70 } as const
    expect(okOf(await world.client.product.alerts.setRule({ override: off }))).toMatchObject({ ...off, isOwn: true })
  })

  it('is told to the second list when nobody answers', async () => {
    const world = consoleAt()
    okOf(await world.client.product.alerts.setChannel({ channel: { ...desktop, list: 'second' } }))
    okOf(await world.client.product.alerts.setPolicy({ policy: { escalateAfterMinutes: 10, repeatEveryMinutes: 60 } }))
    await watch(world, world.core, 60, 92)
    expect(world.shown).toEqual([])
    await watch(world, world.core, 20, 92)
    expect(world.shown.map(({ title }) => title)).toEqual([expect.stringContaining('尚无人确认')])
  })
})

describe('the report of an alert', () => {
  it('says who was told on which channel and when it was taken, also in the next console', async () => {
    const world = consoleAt()
    await hot(world)
    const [{ id } = { id: '' }] = world.core.alerts.keeper.book().active
    const told = (events: readonly { kind: string }[]) => events.filter(({ kind }) => kind === 'told')
    const first = okOf(await world.client.product.alerts.report({ alertId: id }))
    expect(told(first.events)).toMatchObject([
      { why: 'fired', on: [{ channel: 'screen', way: 'desktop', list: 'first', sentMs: world.time.nowMs }] },
    ])
    expect(first).toMatchObject({ acts: 'whole', unit: 'celsius', alert: { name: 'ward-a', value: 92 } })
    await closeCore(world.core)
    const again = openCore(world.folder, world.core.tools)
    const client = clientInProcess({ core: again, caller: { by: 'console', operator: 'li' } })
    await watch(world, again, 40, 60)
    const report = okOf(await client.product.alerts.report({ alertId: id }))
    expect(told(report.events)).toMatchObject([
      { why: 'fired', on: [{ sentMs: expect.any(Number) }] },
      // The second console has no window to show it.
      { why: 'over', on: [{ channel: 'screen', problem: expect.any(String) }] },
    ])
    await closeCore(again)
  })

  it('says that nobody was told where there is no channel: that is known', async () => {
    const world = consoleAt()
    await watch(world, world.core, 8, 92)
    const [{ id } = { id: '' }] = world.core.alerts.keeper.book().active
    const { events } = okOf(await world.client.product.alerts.report({ alertId: id }))
    expect(events.filter(({ kind }) => kind === 'told')).toMatchObject([{ why: 'fired', on: [] }])
  })

  it('has the acts on its appliance for who may read the audit, and for others runs only', async () => {
    const world = consoleAt()
    await hot(world)
    okOf(await world.client.product.appliances.forget({ name: 'ward-a' }))
    const [{ id } = { id: '' }] = world.core.alerts.keeper.book().active
    const report = okOf(await world.client.product.alerts.report({ alertId: id }))
    const acts = report.events.filter((one) => one.kind === 'act')
    expect(acts).toMatchObject([
      { entry: { record: { act: 'appliance-save', who: 'li' }, came: { result: 'ok' } } },
      { entry: { record: { act: 'appliance-forget', who: 'li' }, came: { result: 'ok' } } },
    ])
    const viewer = okOf(await world.clientAs('viewer').product.alerts.report({ alertId: id }))
    expect(viewer.acts).toBe('runs-only')
    expect(viewer.events.filter(({ kind }) => kind === 'act')).toEqual([])
    const unknown = await world.client.product.alerts.report({ alertId: 'alert-9' })
    expect(unknown).toMatchObject({ failure: { kind: 'input-invalid', call: 'alerts.report' } })
  })
})

describe('what nobody hears of', () => {
  it('is told after five quarters of a minute, and not because this computer slept', async () => {
    const world = consoleAt()
    okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
    const stop = new AbortController()
    let ticks = 0
    const pause = async () => {
      world.time.nowMs += ticks === 3 ? 8 * 3_600_000 : 15_000
      ticks += 1
      if (ticks === 12) stop.abort()
    }
    const watched = new Map([[key, startMs]])
    await keepAlerts({ ...world.core, tools: { ...world.core.tools, pause } }, () => watched, stop.signal)
    // Three ticks, the sleep, and six more of which the first is the start.
    expect(world.shown.map(({ title }) => title)).toEqual([expect.stringContaining('收不到该一体机的数据')])
    const [one] = world.core.alerts.keeper.book().active
    expect((one?.firedMs ?? 0) - (startMs + 45_000 + 8 * 3_600_000)).toBe(75_000)
  })
})

describe('a lost card', () => {
  const sample = (atMs: number, indexes: readonly number[]) => ({
    ...{ sequence: atMs, atMs, silent: [] },
    host: { cpuPercent: none, memoryUsedBytes: none, memoryTotalBytes: none },
    accelerators: indexes.map((index) => ({
      ...{ vendor: 'nvidia', kind: 'gpu', index, chip: 0 },
      ...{ utilizationPercent: none, memoryUsedBytes: none, memoryTotalBytes: none, temperatureCelsius: none },
      ...{ powerWatts: none, health: none },
    })),
  })
  const none = { state: 'unreadable', why: '' } as const

  it('is missed, also by a console that was started anew since', async () => {
    const world = consoleAt()
    okOf(await world.client.product.alerts.setChannel({ channel: desktop }))
    const look = (core: Core, indexes: readonly number[]) => {
      world.time.nowMs += 5000
      const place = { appliance: key, atMs: world.time.nowMs, everyMs: 5000 }
      noteObservation(core, place, { of: 'sample', sample: sample(world.time.nowMs, indexes) })
    }
    look(world.core, [0, 1])
    await closeCore(world.core)
    const again = openCore(world.folder, world.core.tools)
    again.alerts.keeper.notifier = world.notify
    for (let at = 0; at < 8; at += 1) look(again, [0])
    await again.alerts.keeper.flush()
    expect(world.shown.map(({ title }) => title)).toEqual([`[严重] ${key} NVIDIA 1：加速卡无应答`])
    await closeCore(again)
  })
})

describe('a channel', () => {
  const hook = (url: string): AlertChannel => ({
    ...{ id: 'hook', atLeast: 'info', list: 'first', language: 'en' },
    way: { kind: 'webhook', url, hmacId: 'password-00000001' },
  })

  it('has its secret in the vault and nowhere else, and is tried', async () => {
    const { origin, received, close } = await receiveWeb(() => ({}))
    const world = consoleAt()
    const { client } = world
    okOf(await client.desk.createVault({ passphrase: 'correct horse battery' }))
    const { credentialId } = okOf(await client.desk.offerPassword({ password: 'hunter2-secret' }))
    expect(credentialId).toBe('password-00000001')
    okOf(await client.product.alerts.setChannel({ channel: hook(origin) }))
    okOf(await client.product.alerts.testChannel({ channel: 'hook' }))
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ kind: 'test' })
    for (const file of filesUnder(world.folder)) {
      expect([file, readFileSync(join(world.folder, file), 'utf8').includes('hunter2')]).toEqual([file, false])
    }
    expect(await client.product.vault.remove({ credentialId })).toMatchObject({
      failure: { kind: 'credential-in-use', appliances: ['hook'] },
    })
    await close()
  })

  it('goes on sending while the vault has locked itself, and not once a person has locked it', async () => {
    const { origin, received, close } = await receiveWeb(() => ({}))
    const world = consoleAt()
    const { client, core } = world
    okOf(await client.desk.createVault({ passphrase: 'correct horse battery' }))
    okOf(await client.desk.offerPassword({ password: 'hunter2-secret' }))
    okOf(await client.product.alerts.setChannel({ channel: hook(origin) }))
    core.vault.lock()
    okOf(await client.product.alerts.testChannel({ channel: 'hook' }))
    okOf(await client.product.vault.lock({}))
    expect(await client.product.alerts.testChannel({ channel: 'hook' })).toMatchObject({
      failure: { kind: 'alert-channel-failed', problem: 'not-now' },
    })
    await watch(world, core, 10, 92)
    expect(okOf(await client.product.alerts.list({})).channels).toMatchObject([
      { channel: 'hook', waiting: 1, trouble: { problem: 'not-now' } },
    ])
    okOf(await client.desk.unlockVault({ passphrase: 'correct horse battery' }))
    world.time.nowMs += 60_000
    await core.alerts.keeper.flush()
    expect(received).toHaveLength(2)
    await close()
  })

  it('without its secret is not saved, and one that is not there cannot be tried', async () => {
    const { client } = consoleAt()
    const set = await client.product.alerts.setChannel({ channel: hook('https://10.0.0.9/') })
    expect(set).toMatchObject({ failure: { kind: 'credential-unknown' } })
    for (const name of ['testChannel', 'removeChannel'] as const) {
      expect(await client.product.alerts[name]({ channel: 'hook' })).toMatchObject({
        failure: { kind: 'input-invalid' },
      })
    }
  })

  it('that is removed takes with it what waits', async () => {
    const { client, core, time } = consoleAt()
    core.alerts.keeper.notifier = undefined
    okOf(await client.product.alerts.setChannel({ channel: desktop }))
    await watch({ time }, core, 10, 92)
    expect(okOf(await client.product.alerts.list({})).channels).toMatchObject([{ waiting: 1 }])
    okOf(await client.product.alerts.removeChannel({ channel: 'screen' }))
    expect(okOf(await client.product.alerts.list({})).channels).toEqual([])
    expect(okOf(await client.product.alerts.settings({})).channels).toEqual([])
  })
})

// Whoever has no page open is watched over all the same: at another pace, on every appliance of the list, as long as the
// console runs, and without hurting a login.
import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBackground, stopBackground, watching } from '../../../../main/core/background/background.ts'
import type { Watchfulness } from '../../../../main/core/background/watched-over.ts'
import type { Core } from '../../../../main/core/context.ts'
import { watchAppliance } from '../../../../main/core/observe.ts'
import { stopWatches } from '../../../../main/core/watches.ts'
import type { Appliance } from '../../../../shared/domain/appliance.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { pretendClock } from '../../../support/pretend-clock.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { nvidiaAnswer, pretendSampler } from '../../../support/pretend-sampler.ts'

const ward: Appliance = {
  name: 'ward',
  address: { host: 'ward', port: 22, user: 'ops' },
  credentialId: 'key',
}
const start = Date.parse('2026-11-22T08:00:00.000Z')

async function watchedOver(appliances: readonly Appliance[] = [ward], how: Watchfulness = 'always') {
  const time = pretendClock()
  const appliance = pretendSampler()
  let dial: () => Result<Connection> = () => ok(appliance.connection)
  const { core, dialled } = pretendCore(async () => dial(), undefined, { ...time, randomId: () => 'ffffffff' })
  core.state.appliances.write([...appliances])
  startBackground(core, how)
  onTestFinished(async () => {
    const stopped = stopBackground(core)
    stopWatches(core)
    await time.advance(60_000)
    await stopped
    core.history.close()
  })
  await time.advance(0)
  const beat = async (milliseconds = 5000) => {
    const stream = appliance.newest()
    stream.tick({ answers: nvidiaAnswer(stream.nonce, 5) })
    await time.advance(milliseconds)
  }
  const dialsFail = (failure: Failure | undefined) => {
    dial = () => (failure === undefined ? ok(appliance.connection) : fail(failure))
  }
  return { time, appliance, core, dialled, beat, dialsFail }
}

const seconds = (appliance: ReturnType<typeof pretendSampler>) =>
  appliance.streams.map((one) => (one.closed() ? `(${one.seconds})` : `${one.seconds}`))

const watched = (core: Core) => {
  const state = watching(core)
  return state.ok ? state.value : undefined
}
const noData = ({ alerts }: Core) => alerts.keeper.book().active.filter(({ rule }) => rule === 'no-data')

describe('watching in the background', () => {
  it('samples each five seconds, each second while a page watches, and over one connection', async () => {
    const { time, appliance, core, dialled, beat } = await watchedOver()
    await beat()
    expect(seconds(appliance)).toEqual(['5'])
    const page = new AbortController()
    const watching = watchAppliance(core, { by: 'name', name: 'ward' }, page.signal)
    const first = watching.next()
    await time.advance(0)
    expect(seconds(appliance)).toEqual(['(5)', '1'])
    expect(await first).toMatchObject({ value: { link: 'up', sample: { sequence: 0 } } })
    await beat(1000)
    page.abort()
    await watching.return(undefined)
    await beat(2000)
    expect(seconds(appliance)).toEqual(['(5)', '1'])
    await time.advance(2000)
    expect(seconds(appliance)).toEqual(['(5)', '(1)', '5'])
    expect(dialled).toHaveLength(1)
  })

  it('keeps what it saw', async () => {
    const { core, beat } = await watchedOver()
    for (let count = 0; count < 4; count += 1) await beat()
    const question = { appliance: 'ward:22', series: ['accelerator/nvidia 0/utilization'], width: 600 }
    const answer = core.history.open().ask({ ...question, fromMs: start, toMs: start + 60_000 })
    expect(answer.series[0]?.max).toEqual([5, 5, 5, 5])
  })

  it('takes up what comes to the list, and leaves what goes from it', async () => {
    const { time, appliance, core } = await watchedOver([])
    expect(appliance.streams).toHaveLength(0)
    core.state.appliances.write([ward])
    await time.advance(5000)
    expect(seconds(appliance)).toEqual(['5'])
    core.state.appliances.write([])
    await time.advance(5000)
    expect(seconds(appliance)).toEqual(['(5)'])
    expect(watched(core)?.appliances).toEqual([])
  })

  it('says who watches, since when, and what it cannot reach', async () => {
    const { time, core, beat, dialsFail } = await watchedOver()
    await beat()
    expect(watched(core)?.watching).toEqual({ sinceMs: start, computer: 'pc-12', how: 'always' })
    expect(watched(core)?.appliances).toEqual([{ name: 'ward', link: 'up', sinceMs: start }])
    dialsFail({ kind: 'host-unreachable', host: 'ward', port: 22, reason: 'timeout' })
    await core.sessions.forget({ address: ward.address, credentialId: 'key' })
    await time.advance(20_000)
    expect(watched(core)?.appliances).toMatchObject([
      { name: 'ward', link: 'lost', sinceMs: start, failure: { kind: 'host-unreachable' } },
    ])
  })

  it('raises no data within two minutes, and takes it back when samples come again', async () => {
    const { time, appliance, core, beat, dialsFail } = await watchedOver()
    for (let count = 0; count < 4; count += 1) await beat()
    dialsFail({ kind: 'host-unreachable', host: 'ward', port: 22, reason: 'timeout' })
    appliance.newest().end(undefined)
    await time.advance(60_000)
    expect(noData(core)).toEqual([])
    await time.advance(60_000)
    expect(noData(core)).toMatchObject([{ appliance: 'ward:22', subject: '' }])
    dialsFail(undefined)
    await time.advance(15_000)
    for (let count = 0; count < 20; count += 1) await beat()
    expect(noData(core)).toEqual([])
  })

  it.each([
    ['and a person in front of it sees that', 'while-open', []],
    ['and nobody in front of it is told', 'always', [{ appliance: 'ward:22', subject: '' }]],
  ] as const)('does not dial again by itself with a login that was refused, %s', async (_, how, alerts) => {
    const { time, core, dialled, dialsFail } = await watchedOver([], how)
    dialsFail({ kind: 'login-refused', host: 'ward', port: 22, user: 'ops', tried: [] } as unknown as Failure)
    core.state.appliances.write([ward])
    await time.advance(300_000)
    expect(dialled).toHaveLength(1)
    expect(noData(core)).toMatchObject(alerts)
  })

  it('keeps an alert that nobody can look after, and ends those of what is on the list no more', async () => {
    const { time, core, beat, dialsFail } = await watchedOver()
    await beat()
    dialsFail({ kind: 'vault-locked' })
    await core.sessions.forget({ address: ward.address, credentialId: 'key' })
    await time.advance(180_000)
    expect(noData(core)).toHaveLength(1)
    core.state.appliances.write([])
    await time.advance(30_000)
    expect(noData(core)).toEqual([])
  })

  it('dials again when the vault that it waited for is open', async () => {
    const { time, appliance, core, dialled, dialsFail } = await watchedOver([])
    dialsFail({ kind: 'vault-locked' })
    core.state.appliances.write([ward])
    await time.advance(60_000)
    expect(dialled).toHaveLength(1)
    dialsFail(undefined)
    const creating = core.vault.create('a long passphrase of the ward')
    await creating
    await settled()
    await time.advance(10_000)
    expect(seconds(appliance)).toEqual(['5'])
  })
})

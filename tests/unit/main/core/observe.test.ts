// Watching through the core: one sampler however many watch, released when they leave, and the truth about a
// link that went away, without ever hurting a login.
import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { retryAppliance } from '../../../../main/core/access/retry.ts'
import type { Core } from '../../../../main/core/context.ts'
import { clientInProcess } from '../../../../main/core/link/console-client.ts'
import { recentSamples, watchAppliance } from '../../../../main/core/observe.ts'
import { stopWatches } from '../../../../main/core/watches.ts'
import type { Target } from '../../../../shared/contract/contract.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { type WatchItem, watchItem } from '../../../../shared/domain/sample.ts'
import { pretendClock } from '../../../support/pretend-clock.ts'
import { pretendCore } from '../../../support/pretend-core.ts'
import { nvidiaAnswer, pretendSampler } from '../../../support/pretend-sampler.ts'

const target: Target = { by: 'address', address: { host: 'ward', port: 22, user: 'ops' }, credentialId: 'key' }
const lost: Failure = { kind: 'link-lost', host: 'ward', port: 22, during: 'sampling' }
const refused: Failure = { kind: 'host-unreachable', host: 'ward', port: 22, reason: 'refused' }

type Watcher = {
  readonly seen: WatchItem[]
  leave(): void
  readonly ended: Promise<unknown>
}

function watch(core: Core): Watcher {
  const stop = new AbortController()
  const seen: WatchItem[] = []
  const reading = async () => {
    for await (const item of watchAppliance(core, target, stop.signal)) seen.push(watchItem.parse(item))
  }
  return {
    seen,
    leave: () => stop.abort(),
    ended: reading().then(
      () => 'left',
      (bug: unknown) => bug,
    ),
  }
}

/** A core whose dials a test decides on; without a word every dial reaches the appliance. */
function watching() {
  const time = pretendClock()
  const appliance = pretendSampler()
  let dial: () => Result<Connection> = () => ok(appliance.connection)
  const { core, dialled } = pretendCore(async () => dial(), undefined, { ...time, randomId: () => 'ffffffff' })
  onTestFinished(() => stopWatches(core))
  const tick = async (milliseconds = 1000) => {
    const stream = appliance.newest()
    stream.tick({ answers: nvidiaAnswer(stream.nonce, 5) })
    await time.advance(milliseconds)
  }
  const dialsFail = (failure: Failure | undefined) => {
    dial = () => (failure === undefined ? ok(appliance.connection) : fail(failure))
  }
  return { time, appliance, core, dialled, tick, dialsFail }
}

const links = ({ seen }: Watcher) => seen.map((item) => (item.link === 'up' ? item.sample.sequence : item.failure.kind))

describe('watching an appliance', () => {
  it('starts one sampler for all watchers, and a late one sees the newest sample at once', async () => {
    const { time, appliance, core, tick } = watching()
    const first = watch(core)
    await time.advance(0)
    await tick()
    await tick()
    const second = watch(core)
    await time.advance(0)
    expect(links(second)).toEqual([1])
    await tick()
    expect([links(first), links(second)]).toEqual([
      [0, 1, 2],
      [1, 2],
    ])
    expect(appliance.streams).toHaveLength(1)
    second.leave()
    await tick()
    expect([links(first), links(second)]).toEqual([
      [0, 1, 2, 3],
      [1, 2],
    ])
    expect(await second.ended).toBe('left')
  })

  it('costs a slow reader what it missed, and nobody else anything', async () => {
    const { time, core, tick } = watching()
    const quick = watch(core)
    const slow = watchAppliance(core, target)
    const first = slow.next()
    await time.advance(0)
    for (let count = 0; count < 30; count += 1) await tick()
    expect(await first).toMatchObject({ value: { sample: { sequence: 0 } } })
    expect(await slow.next()).toMatchObject({ value: { sample: { sequence: 29 } } })
    expect(links(quick)).toHaveLength(30)
    await slow.return(undefined)
  })

  it('ends the sampler three seconds after the last watcher left, and keeps it for one that comes back', async () => {
    const { time, appliance, core, tick } = watching()
    const first = watch(core)
    await time.advance(0)
    await tick()
    first.leave()
    await tick(1000)
    await tick(1000)
    const back = watch(core)
    await tick(900)
    await tick(900)
    expect(appliance.newest().closed()).toBe(false)
    back.leave()
    await tick(2900)
    expect(appliance.newest().closed()).toBe(false)
    await time.advance(200)
    expect(appliance.newest().closed()).toBe(true)
    expect(appliance.streams).toHaveLength(1)
    expect(time.waiting()).toBe(0)
    // The connection stays for other calls.
    expect(appliance.closedConnections()).toBe(0)
  })

  it('is released by a reader that breaks out of the loop', async () => {
    const { time, appliance, core } = watching()
    const reading = (async () => {
      for await (const item of watchAppliance(core, target)) return item
      return undefined
    })()
    await time.advance(0)
    appliance.newest().tick()
    await time.advance(0)
    expect(await reading).toMatchObject({ link: 'up' })
    await time.advance(3001)
    expect(appliance.newest().closed()).toBe(true)
  })

  it('is a call of the contract, released when its stream is left', async () => {
    const { time, appliance, core, tick } = watching()
    const client = clientInProcess({ core, caller: { by: 'console', operator: 'li' } })
    const stream = await client.product.observe.watch({ target })
    const first = stream.next()
    await time.advance(0)
    await tick()
    expect(await first).toMatchObject({ done: false, value: { link: 'up', sample: { sequence: 0 } } })
    expect(await client.product.observe.recent({ target })).toMatchObject({ ok: true, value: [{ sequence: 0 }] })
    await stream.return?.(undefined)
    await time.advance(3001)
    expect(appliance.newest().closed()).toBe(true)
    const waiting = new AbortController()
    const second = await client.product.observe.watch({ target }, { signal: waiting.signal })
    const pending = second.next().catch(() => 'aborted')
    await time.advance(0)
    appliance.newest().tick()
    await pending
    const idle = second.next().catch(() => 'aborted')
    await time.advance(0)
    waiting.abort()
    await idle
    await time.advance(3001)
    expect(appliance.newest().closed()).toBe(true)
    expect(appliance.streams).toHaveLength(2)
  })

  it('keeps ten minutes of samples with numbers that go on over a pause', async () => {
    const { time, core, tick } = watching()
    const first = watch(core)
    await time.advance(0)
    await tick()
    await tick()
    first.leave()
    await time.advance(60_000)
    const again = watch(core)
    await time.advance(0)
    await tick()
    const recent = await recentSamples(core, target)
    expect(recent.ok && recent.value.map(({ sequence }) => sequence)).toEqual([0, 1, 2])
    expect(links(again)).toEqual([2])
    again.leave()
    await time.advance(10 * 60_000)
    expect(await recentSamples(core, target)).toEqual(ok([]))
  })

  it('refuses a name that nobody saved', async () => {
    const { core } = watching()
    const stream = watchAppliance(core, { by: 'name', name: 'nobody' })
    await expect(stream.next()).rejects.toMatchObject({ data: { kind: 'appliance-unknown' } })
    expect(await recentSamples(core, { by: 'name', name: 'nobody' })).toMatchObject({ ok: false })
    expect(await recentSamples(core, target)).toEqual(ok([]))
  })

  it('passes a bug on to every watcher, and the next one starts anew', async () => {
    const { time, appliance, core, tick } = watching()
    const first = watch(core)
    await time.advance(0)
    appliance.refuse(() => {
      throw new Error('a bug')
    })
    appliance.newest().end(undefined)
    await time.advance(1001)
    expect(String(await first.ended)).toBe('Error: a bug')
    appliance.refuse(undefined)
    const second = watch(core)
    await time.advance(0)
    await tick()
    expect(links(second)).toEqual([0])
  })
})

const onlyForPersons: readonly Failure[] = [
  { kind: 'login-refused', host: 'ward', port: 22, user: 'ops', methodsOffered: [] },
  { kind: 'host-key-changed', host: 'ward', port: 22, keyType: 'k', pinned: 'a', offered: 'b' },
  { kind: 'credential-unknown', credentialId: 'key' },
]

describe('a link that is lost', () => {
  it('is said at once with the time of the last sample, and dialled again at growing distances', async () => {
    const { time, appliance, core, dialled, tick, dialsFail } = watching()
    const watcher = watch(core)
    await time.advance(0)
    await tick(500)
    dialsFail(refused)
    const lastAt = Date.parse('2026-11-22T08:00:00.000Z')
    appliance.newest().end(undefined)
    await time.advance(0)
    expect(watcher.seen.at(-1)).toEqual({ link: 'lost', sinceMs: lastAt, failure: lost })
    expect(appliance.closedConnections()).toBe(1)
    const dialsAt: number[] = []
    for (let second = 1; second <= 40; second += 1) {
      const before = dialled.length
      await time.advance(1000)
      if (dialled.length > before) dialsAt.push(second)
    }
    // Chance stands still at its end here: whole pauses.
    expect(dialsAt).toEqual([1, 3, 7, 15, 25, 35])
    expect(watcher.seen.at(-1)).toEqual({ link: 'lost', sinceMs: lastAt, failure: refused })
    dialsFail(undefined)
    await time.advance(6000)
    await tick()
    expect(watcher.seen.at(-1)).toMatchObject({ link: 'up', sample: { sequence: 1 } })
    // It held for a single sample: the next try waits as long as before.
    appliance.newest().end(undefined)
    await time.advance(9999)
    expect(appliance.streams).toHaveLength(2)
    await time.advance(1)
    expect(appliance.streams).toHaveLength(3)
    // It held for ten seconds: the next loss is tried again after one.
    for (let second = 0; second <= 10; second += 1) await tick()
    appliance.newest().end(undefined)
    await time.advance(1000)
    await tick()
    expect(appliance.streams).toHaveLength(4)
    expect(watcher.seen.at(-1)).toMatchObject({ link: 'up', sample: { sequence: 13 } })
  })

  it('is said after five seconds without a sample, and the connection of the other calls is left alone', async () => {
    const { time, appliance, core, dialled, tick } = watching()
    const watcher = watch(core)
    await time.advance(0)
    await tick(0)
    await time.advance(5000)
    expect(watcher.seen.at(-1)).toMatchObject({
      link: 'lost',
      sinceMs: Date.parse('2026-11-22T08:00:00.000Z'),
      failure: { kind: 'deadline-passed', seconds: 5 },
    })
    expect(appliance.newest().closed()).toBe(true)
    await time.advance(1000)
    await tick()
    expect(watcher.seen.at(-1)).toMatchObject({ link: 'up' })
    expect([dialled.length, appliance.streams.length, appliance.closedConnections()]).toEqual([1, 2, 0])
  })

  it('is dialled again by itself while the appliance restarts behind its jump host', async () => {
    const { time, core, dialled, tick, dialsFail } = watching()
    dialsFail({ kind: 'jump-refused', host: 'ward', port: 22, through: 'jump', detail: 'Connection refused' })
    const watcher = watch(core)
    await time.advance(20_000)
    expect(dialled.length).toBeGreaterThan(2)
    dialsFail(undefined)
    await time.advance(5000)
    await tick()
    expect(watcher.seen.at(-1)).toMatchObject({ link: 'up' })
  })

  it.each(onlyForPersons)(
    'is not dialled again by itself after $kind, only when a person asks (P9)',
    async (failure) => {
      const { time, core, dialled, tick, dialsFail } = watching()
      dialsFail(failure)
      const first = watch(core)
      await time.advance(60 * 60_000)
      expect(first.seen).toEqual([{ link: 'lost', sinceMs: Date.parse('2026-11-22T08:00:00.000Z'), failure }])
      expect(dialled).toHaveLength(1)
      dialsFail(undefined)
      const second = watch(core)
      await time.advance(0)
      // What this console finds out by itself no server hears of.
      expect(dialled).toHaveLength(failure.kind === 'credential-unknown' ? 2 : 1)
      retryAppliance(core, target)
      await time.advance(0)
      expect(dialled).toHaveLength(2)
      await tick()
      expect(first.seen.at(-1)).toMatchObject({ link: 'up' })
      first.leave()
      second.leave()
      await time.advance(3001)
      expect(time.waiting()).toBe(0)
    },
  )

  it('ends its readers at once when the console ends, also while a dial goes on', async () => {
    let answer: (connection: Result<Connection>) => void = () => undefined
    const appliance = pretendSampler()
    const { core } = pretendCore(() => new Promise((resolve) => (answer = resolve)))
    const watcher = watch(core)
    await settled()
    stopWatches(core)
    expect(await watcher.ended).toBe('left')
    answer(ok(appliance.connection))
    await settled()
    // The dial came up after all: nothing is started on it any more.
    expect(appliance.streams).toEqual([])
  })

  it('leaves nothing that waits when the console ends', async () => {
    const { time, appliance, core, dialsFail } = watching()
    const watcher = watch(core)
    await time.advance(0)
    dialsFail(refused)
    appliance.newest().end(undefined)
    await time.advance(4000)
    stopWatches(core)
    expect(await watcher.ended).toBe('left')
    await settled()
    expect(time.waiting()).toBe(0)
  })
})

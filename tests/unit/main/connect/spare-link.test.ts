// An sshd that gives a connection one session or two: everything still works, on few further connections that are
// dialled one after the other and given back (P9).
import { describe, expect, it, vi } from 'vitest'
import type { ChannelOpening, Link } from '../../../../main/connect/link.ts'
import { sparesAtMost, withSpares } from '../../../../main/connect/spare-link.ts'
import { command } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { connectionTo } from '../../../support/fake-ssh-server.ts'

const endless = { name: 'samples', text: 'while :; do echo tick; sleep 0.05; done' }

async function startStream(link: Connection) {
  const stream = await link.stream(endless, { as: 'login', deadlineSeconds: 10 })
  if (!stream.ok) throw new Error(stream.failure.kind)
  const output = stream.value.output[Symbol.asyncIterator]()
  return { tick: async () => (await output.next()).done !== true, close: () => void output.return?.() }
}

const say = (link: Connection, text: string) =>
  link.run({ name: 'say', text: `echo ${text}` }, { as: 'login', deadlineSeconds: 10 })

describe('an appliance with room for one session a connection', () => {
  it('runs a sampler, a lock and work side by side, one login at a time, and gives everything back', async () => {
    const { server, link } = await connectionTo({ sessionLimit: 1, startupLimit: 1 })
    const [sampler, lock] = await Promise.all([startStream(link), startStream(link)])
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => say(link, text)))
    expect(answers.map((answer) => answer.ok && answer.value.stdout)).toEqual(['a\n', 'b\n', 'c\n'])
    expect(await Promise.all([sampler.tick(), lock.tick()])).toEqual([true, true])
    expect(server.links).toMatchObject({ most: 1 + sparesAtMost, mostStartingUp: 1, dropped: 0 })
    await link.close()
    await expect.poll(server.openLinks).toBe(0)
  })

  it('ends every call as lost when one of its connections is cut', async () => {
    const { server, link } = await connectionTo({ sessionLimit: 1 })
    await startStream(link)
    const running = link.run(command('sleep', '9'), { as: 'login', deadlineSeconds: 20 })
    await expect.poll(() => server.lines.length, { timeout: 10_000 }).toBe(2)
    server.cut()
    expect(await running).toMatchObject({ failure: { kind: 'link-lost' } })
    expect(await say(link, 'x')).toMatchObject({ failure: { kind: 'link-lost' } })
  })
})

describe('an appliance with room for two sessions a connection', () => {
  it('is fine with one further connection', async () => {
    const { server, link } = await connectionTo({ sessionLimit: 2, startupLimit: 2 })
    const streams = [await startStream(link), await startStream(link)]
    expect(await say(link, 'a')).toMatchObject({ ok: true })
    expect(await Promise.all(streams.map((stream) => stream.tick()))).toEqual([true, true])
    expect(server.links.most).toBe(2)
  })
})

describe('an appliance with the usual room', () => {
  it('sees one connection', async () => {
    const { server, link } = await connectionTo()
    await Promise.all([startStream(link), startStream(link), say(link, 'a'), say(link, 'b')])
    expect(server.links.most).toBe(1)
  })
})

const address = { host: 'h', port: 22, user: 'ops' }
const lostFailure = (during: string): Failure => ({ kind: 'link-lost', host: 'h', port: 22, during })

/** A link with room for so many channels. */
function pretendLink(room: number) {
  const lost = new Set<() => void>()
  const closes: (() => void)[] = []
  const seen = { closed: false }
  const link: Link = {
    ...{ address, lostFailure },
    onLost: (listener) => {
      lost.add(listener)
      return () => void lost.delete(listener)
    },
    openProcess: async () => {
      if (closes.length >= room) return { kind: 'busy' }
      const channel = { onClose: (listener: () => void) => void closes.push(listener) }
      return { kind: 'open', channel } as unknown as ChannelOpening
    },
    openForward: async () => ({ kind: 'prohibited' }),
    close: async () => {
      seen.closed = true
    },
  }
  const callAll = (listeners: Iterable<() => void>): void => {
    for (const listener of [...listeners]) listener()
  }
  return { link, seen, lose: () => callAll(lost), closeChannels: () => callAll(closes.splice(0)) }
}

describe('a further connection', () => {
  it('is closed half a minute after its last channel', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const main = pretendLink(0)
      const spare = pretendLink(1)
      const link = withSpares(main.link, { dial: async () => ok(spare.link), random: () => 0 })
      expect(await link.openProcess('x')).toEqual({ kind: 'busy' })
      vi.advanceTimersByTime(700)
      expect(await link.openProcess('x')).toMatchObject({ kind: 'open' })
      vi.advanceTimersByTime(60_000)
      expect(spare.seen.closed).toBe(false)
      spare.closeChannels()
      vi.advanceTimersByTime(29_000)
      expect(spare.seen.closed).toBe(false)
      vi.advanceTimersByTime(2000)
      expect(spare.seen.closed).toBe(true)
      expect(main.seen.closed).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('that is lost takes the whole connection with it', async () => {
    const main = pretendLink(0)
    const spare = pretendLink(1)
    const link = withSpares(main.link, { dial: async () => ok(spare.link), random: () => 0 })
    const heard = vi.fn()
    link.onLost(heard)
    await expect.poll(async () => (await link.openProcess('x')).kind, { timeout: 5000 }).toBe('open')
    spare.lose()
    expect([heard.mock.calls.length, main.seen.closed]).toEqual([1, true])
  })

  it.each([
    ['the network', { kind: 'host-unreachable', host: 'h', port: 22, reason: 'reset' }, 6],
    ['a name that nobody knows for a while', { kind: 'host-unresolved', host: 'h' }, 6],
    ['a restart behind a jump host', { kind: 'jump-refused', host: 'h', port: 22, through: 'j', detail: '' }, 6],
    ['the login', { kind: 'login-refused', host: 'h', port: 22, user: 'ops', methodsOffered: [] }, 1],
  ] as const)('that does not come up because of %s is dialled seldom (P9)', async (_why, failure, dialsInAMinute) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      let dials = 0
      const dial = async (): Promise<Result<Link>> => {
        dials += 1
        return fail(failure as Failure)
      }
      const link = withSpares(pretendLink(0).link, { dial, random: () => 1 })
      for (let tenths = 0; tenths < 600; tenths += 1) {
        expect(await link.openProcess('x')).toEqual({ kind: 'busy' })
        vi.advanceTimersByTime(100)
      }
      expect(dials).toBe(dialsInAMinute)
    } finally {
      vi.useRealTimers()
    }
  })
})

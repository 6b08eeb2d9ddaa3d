// Messages that wait: tried again and again, each delivered once, kept over an end of the console, and never without end.
import { describe, expect, it } from 'vitest'
import type { Sent } from '../../../../main/alerts/channels/channel.ts'
import { emptyOutbox, mostWaiting, openOutbox, outboxState } from '../../../../main/alerts/outbox.ts'
import { documentIn } from '../../../../main/store/folder.ts'
import { outgoing } from '../../../support/alert-messages.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const down: Sent = { ok: false, problem: 'unreachable', detail: 'ECONNREFUSED' }
const refused: Sent = { ok: false, problem: 'refused', detail: 'HTTP 413' }
const out = (id: string, atMs = 0) => ({ ...outgoing, id, atMs, lines: [...outgoing.lines] })

function outboxIn(folder: string) {
  const world = { nowMs: 0, answer: (_channel: string, _id: string): Sent => ({ ok: true }) }
  const sent: string[] = []
  const open = () =>
    openOutbox({
      document: documentIn(folder, 'alert-outbox.json', outboxState, emptyOutbox),
      nowMs: () => world.nowMs,
      send: async (channel, { id }) => {
        sent.push(`${channel} ${id}`)
        return world.answer(channel, id)
      },
    })
  return { world, sent, open }
}

describe('the outbox', () => {
  it('sends each message once, in order, also after the console was started anew', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.answer = () => down
    const first = open()
    first.put(['a', 'b'].map((id) => ({ channel: 'mail', out: out(id) })))
    await first.flush()
    expect(sent).toEqual(['mail a'])
    world.nowMs = 20_000
    world.answer = () => ({ ok: true })
    const second = open()
    await second.flush()
    await second.flush()
    expect(sent).toEqual(['mail a', 'mail a', 'mail b'])
    await open().flush()
    expect(sent).toHaveLength(3)
    expect(second.states()).toEqual([{ channel: 'mail', waiting: 0, lost: 0, lastSentMs: 20_000 }])
  })

  it('tries less and less often, and says since when what is in the way', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.answer = () => down
    const outbox = open()
    outbox.put([{ channel: 'mail', out: out('a') }])
    const tried: number[] = []
    for (; world.nowMs < 2 * 3_600_000; world.nowMs += 5000) {
      const before = sent.length
      await outbox.flush()
      if (sent.length > before) tried.push(world.nowMs / 1000)
    }
    expect(tried).toEqual([0, 15, 45, 105, 225, 525, 1125, 2925, 4725, 6525])
    expect(outbox.states()).toEqual([
      { channel: 'mail', waiting: 1, lost: 0, trouble: { problem: 'unreachable', detail: 'ECONNREFUSED', sinceMs: 0 } },
    ])
  })

  it('does not let one channel wait for another', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.answer = (channel) => (channel === 'mail' ? down : { ok: true })
    const outbox = open()
    outbox.put(['mail', 'robot', 'mail', 'robot'].map((channel, at) => ({ channel, out: out(`${at}`) })))
    await outbox.flush()
    expect(sent.toSorted()).toEqual(['mail 0', 'robot 1', 'robot 3'])
  })

  it('lets no message that its channel refuses stand in the way of those behind it', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.answer = (_, id) => (id === 'too long' ? refused : { ok: true })
    const outbox = open()
    outbox.put(['too long', 'a', 'b'].map((id) => ({ channel: 'mail', out: out(id) })))
    await outbox.flush()
    expect(sent).toEqual(['mail too long', 'mail a', 'mail b'])
    expect(outbox.states()).toMatchObject([{ waiting: 1, lastSentMs: 0 }])
    outbox.put([{ channel: 'mail', out: out('c') }])
    await outbox.flush()
    expect(sent.slice(3)).toEqual(['mail c'])
    world.nowMs = 15_000
    world.answer = () => ({ ok: true })
    await outbox.flush()
    expect(sent.slice(4)).toEqual(['mail too long'])
    expect(outbox.states()).toMatchObject([{ waiting: 0, lost: 0 }])
  })

  it('is no burden for a channel that refuses everything, as robots do whom too many ask', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.answer = () => refused
    const outbox = open()
    outbox.put(Array.from({ length: 40 }, (_, at) => ({ channel: 'robot', out: out(`${at}`) })))
    await outbox.flush()
    expect(sent).toEqual(['robot 0', 'robot 1'])
    for (; world.nowMs < 60_000; world.nowMs += 1000) await outbox.flush()
    expect(sent.length).toBeLessThanOrEqual(10)
  })

  it('asks one that is being asked no second time', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    const outbox = open()
    outbox.put([{ channel: 'mail', out: out('a') }])
    world.answer = () => ({ ok: true })
    await Promise.all([outbox.flush(), outbox.flush(), outbox.flush()])
    expect(sent).toEqual(['mail a'])
  })

  it('gives up after a day, and counts what was lost', async () => {
    const { world, open } = outboxIn(temporaryFolder())
    world.answer = () => down
    const outbox = open()
    outbox.put([{ channel: 'mail', out: out('a') }])
    for (; world.nowMs < 26 * 3_600_000; world.nowMs += 600_000) await outbox.flush()
    expect(outbox.states()).toMatchObject([{ waiting: 0, lost: 1, trouble: { problem: 'unreachable' } }])
  })

  it('holds so many and no more: the oldest give way, and are counted', () => {
    const { open } = outboxIn(temporaryFolder())
    const outbox = open()
    outbox.put(Array.from({ length: mostWaiting + 7 }, (_, at) => ({ channel: 'mail', out: out(`${at}`) })))
    expect(outbox.states()).toMatchObject([{ waiting: mostWaiting, lost: 7 }])
  })

  it('is not held up by a clock that was set back', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    world.nowMs = 1e12
    world.answer = () => down
    const outbox = open()
    outbox.put([{ channel: 'mail', out: out('a', 1e12) }])
    await outbox.flush()
    world.nowMs -= 30 * 24 * 3_600_000
    await outbox.flush()
    expect(sent).toHaveLength(2)
  })

  it('leaves what is under way to the next console when this one ends', async () => {
    const { world, sent, open } = outboxIn(temporaryFolder())
    const first = open()
    first.put([{ channel: 'mail', out: out('a') }])
    const sending = first.flush()
    first.close()
    await sending
    world.nowMs = 1
    await open().flush()
    expect(sent).toEqual(['mail a', 'mail a'])
  })

  it('forgets what waits for a channel that is gone', () => {
    const { open } = outboxIn(temporaryFolder())
    const outbox = open()
    outbox.put(['mail', 'robot'].map((channel) => ({ channel, out: out(channel) })))
    outbox.forget('mail')
    expect(outbox.states().map(({ channel }) => channel)).toEqual(['robot'])
  })
})

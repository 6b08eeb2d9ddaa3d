// Following a log through the core: what is lost is said and made up for, what cannot mend itself ends it, and whoever
// leaves leaves nothing behind.
import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { framedMessages } from '../../../../../main/connect/log-messages.ts'
import { followLog } from '../../../../../main/core/logs/follow.ts'
import { logSources } from '../../../../../main/core/logs/sources.ts'
import { failureOf } from '../../../../../main/core/refusal.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import type { Connection, EngineLogAsked } from '../../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import { type LogEvent, logEvent } from '../../../../../shared/domain/log.ts'
import { frameOf, momentOf } from '../../../../support/log-frames.ts'
import { pretendClock, pretendStart } from '../../../../support/pretend-clock.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const target: Target = { by: 'address', address: { host: 'ward', port: 22, user: 'ops' }, credentialId: 'key' }
const lost: Failure = { kind: 'link-lost', host: 'ward', port: 22, during: 'docker logs' }
const id = 'a'.repeat(64)

const inspected = (name: string, more: object = {}) => ({
  ...{ Id: id, Name: `/${name}`, State: { Running: true } },
  Config: { Labels: { 'rackside.deployment': name.replace('rackside-', '') } },
  ...more,
})

/** One opening of the log, as a test lets it go on. */
type Opened = {
  readonly asked: EngineLogAsked
  write(...lines: [moment: number, text: string][]): void
  end(failure?: Failure): void
  readonly closed: () => boolean
}

function pretendLogs() {
  const opened: Opened[] = []
  let looks = 0
  let answer: Result<readonly unknown[]> = ok([inspected('rackside-chat'), inspected('rackside-notes')])
  const followed: Connection['engine'] = () =>
    ({
      inspectContainers: async () => {
        looks += 1
        return answer
      },
      followLog: async (_: string, asked: EngineLogAsked) => {
        const waiting: (Buffer | undefined)[] = []
        let wake = () => undefined as unknown
        let why: Failure | undefined
        let closed = false
        const push = (bytes: Buffer | undefined) => {
          waiting.push(bytes)
          wake()
        }
        async function* messages() {
          const take = framedMessages()
          for (;;) {
            while (waiting.length === 0) await new Promise<void>((resolve) => (wake = () => resolve()))
            const bytes = waiting.shift()
            if (bytes === undefined) return why
            yield take(bytes)
          }
        }
        opened.push({
          asked,
          write: (...lines) =>
            push(Buffer.concat(lines.map(([at, text]) => frameOf({ at: momentOf(at), text: `${text}\n` })))),
          end: (failure) => {
            why = failure
            push(undefined)
          },
          closed: () => closed,
        })
        const close = () => {
          closed = true
          push(undefined)
        }
        return ok({ messages: messages(), close })
      },
    }) as never
  const time = pretendClock()
  const connection = { engine: followed, close: async () => undefined } as unknown as Connection
  const { core, dialled } = pretendCore(async () => ok(connection), undefined, { ...time, randomId: () => 'ffffffff' })
  return {
    ...{ core, dialled, time, opened },
    looks: () => looks,
    answers: (next: typeof answer) => {
      answer = next
    },
  }
}

function follow({ core }: Pick<ReturnType<typeof pretendLogs>, 'core'>, more: object = {}) {
  const left = new AbortController()
  const seen: LogEvent[] = []
  const input = { target, container: 'rackside-chat', follow: true, tailLines: 5, ...more }
  const reading = async () => {
    for await (const event of followLog(core, input, left.signal)) seen.push(logEvent.parse(event))
    return undefined
  }
  const ended = reading().catch((error: unknown) => failureOf('logs.follow', error) ?? error)
  const texts = () => seen.flatMap((one) => (one.event === 'lines' ? one.lines.map(({ text }) => text) : [one.event]))
  return { seen, texts, ended, leave: () => left.abort() }
}

describe('the list of logs', () => {
  it('has the containers of Rackside by deployment, and nothing that has no place there', async () => {
    const { core, answers } = pretendLogs()
    answers(
      ok([
        inspected('rackside-notes', { State: { Running: false } }),
        inspected('rackside-chat'),
        inspected('rackside-chat-previous', { Config: { Labels: { 'rackside.deployment': 'chat' } } }),
        inspected('$(reboot)'),
        inspected('rackside-x', { Id: '../etc' }),
        ...[null, 7, {}],
      ]),
    )
    expect(await logSources(core, target)).toEqual(
      ok([
        { container: 'rackside-chat', deployment: 'chat', isUp: true },
        { container: 'rackside-chat-previous', deployment: 'chat', isUp: true },
        { container: 'rackside-notes', deployment: 'notes', isUp: false },
      ]),
    )
  })
})

describe('a log', () => {
  it('of a container that is not in the list is refused with what there is', async () => {
    const logs = pretendLogs()
    expect(await follow(logs, { container: 'postgres' }).ended).toEqual({
      ...{ kind: 'usage', problem: 'log-container', word: 'postgres' },
      other: 'rackside-chat, rackside-notes',
    })
    expect(logs.opened).toEqual([])
  })

  it('is asked of the engine by the id that it gave, from when and how much', async () => {
    const logs = pretendLogs()
    const reader = follow(logs, { follow: false, tailLines: 7, sinceSeconds: 60 })
    await logs.time.advance(0)
    logs.opened[0]?.write([0, 'a'])
    logs.opened[0]?.end()
    await logs.time.advance(100)
    expect(await reader.ended).toBeUndefined()
    expect(reader.texts()).toEqual(['open', 'a'])
    const since = `${Date.parse(pretendStart) / 1000 - 60}.000000000`
    expect(logs.opened.map(({ asked }) => asked)).toEqual([{ follow: false, hasTerminal: false, tailLines: 7, since }])
  })

  it('of an appliance that was taken off the list meanwhile is not asked for there again', async () => {
    const logs = pretendLogs()
    const saved = { name: 'ward', address: { host: 'ward', port: 22, user: 'ops' }, credentialId: 'key' }
    expect(logs.core.state.appliances.write([saved]).ok).toBe(true)
    const reader = follow(logs, { target: { by: 'name', name: 'ward' } })
    await logs.time.advance(0)
    expect(logs.core.state.appliances.write([]).ok).toBe(true)
    logs.opened[0]?.end(lost)
    await logs.time.advance(20_000)
    expect(await reader.ended).toMatchObject({ kind: 'appliance-unknown', name: 'ward' })
    expect([reader.texts(), logs.opened.length]).toEqual([['open', 'lost'], 1])
  })

  it('of a container that stays stopped is looked for seldom', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    await logs.time.advance(0)
    logs.answers(ok([inspected('rackside-chat', { State: { Running: false } })]))
    logs.opened[0]?.end()
    await logs.time.advance(60_000)
    const early = logs.looks()
    await logs.time.advance(600_000)
    expect(logs.looks() - early).toBeLessThanOrEqual(21)
    reader.leave()
    await reader.ended
  })

  it('brings together what comes within a moment', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    await logs.time.advance(0)
    for (const at of [1, 2, 3]) logs.opened[0]?.write([at, `${at}`])
    await logs.time.advance(100)
    logs.opened[0]?.write([4, '4'])
    await logs.time.advance(100)
    expect(reader.seen.map((one) => (one.event === 'lines' ? one.lines.length : one.event))).toEqual(['open', 3, 1])
    reader.leave()
    expect(await reader.ended).toBeUndefined()
  })

  it('goes on behind the last line after its link was lost, and says so once', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    await logs.time.advance(0)
    logs.opened[0]?.write([0, 'a'], [1, 'b'], [1, 'c'])
    await logs.time.advance(100)
    logs.opened[0]?.end(lost)
    logs.answers(fail(lost))
    await logs.time.advance(10_000)
    logs.answers(ok([inspected('rackside-chat')]))
    await logs.time.advance(20_000)
    expect(logs.opened[1]?.asked).toMatchObject({ tailLines: undefined, since: '1795000000.001000000' })
    logs.opened[1]?.write([1, 'b'], [1, 'c'], [1, 'd'], [2, 'e'])
    await logs.time.advance(100)
    expect(reader.texts()).toEqual(['open', 'a', 'b', 'c', 'lost', 'open', 'd', 'e'])
    reader.leave()
  })

  it('of a container that stops goes on when it runs again', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    await logs.time.advance(0)
    logs.opened[0]?.write([0, 'a'])
    logs.answers(ok([inspected('rackside-chat', { State: { Running: false } })]))
    logs.opened[0]?.end()
    await logs.time.advance(20_000)
    expect(logs.opened).toHaveLength(1)
    logs.answers(ok([inspected('rackside-chat')]))
    await logs.time.advance(4000)
    logs.opened[1]?.write([5, 'b'])
    await logs.time.advance(100)
    expect(reader.texts()).toEqual(['open', 'a', 'stopped', 'open', 'b'])
    reader.leave()
  })

  it('of a container that ends as soon as it is started is read all the same', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    const endedAfter = (start: string) =>
      ok([inspected('rackside-chat', { State: { Running: false, StartedAt: start } })])
    logs.answers(endedAfter('first'))
    await logs.time.advance(0)
    logs.opened[0]?.write([0, 'a'])
    logs.opened[0]?.end()
    await logs.time.advance(10_000)
    logs.answers(endedAfter('second'))
    await logs.time.advance(4000)
    logs.opened[1]?.write([5, 'b'])
    logs.opened[1]?.end()
    await logs.time.advance(10_000)
    expect([reader.texts(), logs.opened.length]).toEqual([['open', 'a', 'stopped', 'open', 'b', 'stopped'], 2])
    reader.leave()
  })

  it('ends with what does not mend itself', async () => {
    const logs = pretendLogs()
    const reader = follow(logs)
    await logs.time.advance(0)
    const refusal: Failure = { kind: 'sudo-refused', user: 'ops', reason: 'not-allowed', detail: '' }
    logs.opened[0]?.end(refusal)
    expect(await reader.ended).toEqual(refusal)
  })

  it('is closed when its reader leaves, and with the console', async () => {
    const logs = pretendLogs()
    const [first, second] = [follow(logs), follow(logs, { container: 'rackside-notes' })]
    await logs.time.advance(0)
    first.leave()
    expect(await first.ended).toBeUndefined()
    expect(logs.opened.map(({ closed }) => closed())).toEqual([true, false])
    logs.core.logs.stopAll()
    expect(await second.ended).toBeUndefined()
    expect(logs.opened.map(({ closed }) => closed())).toEqual([true, true])
    expect(logs.time.waiting()).toBe(0)
  })

  it('is not read by more than the connection bears', async () => {
    const logs = pretendLogs()
    const readers = [0, 1, 2].map(() => follow(logs))
    await settled()
    expect(await follow(logs).ended).toMatchObject({ kind: 'usage', problem: 'logs-open' })
    readers[0]?.leave()
    await readers[0]?.ended
    const next = follow(logs)
    await logs.time.advance(0)
    expect(next.texts()).toEqual(['open'])
    for (const one of [...readers, next]) one.leave()
  })

  it('waits for a reader that is slow', async () => {
    const logs = pretendLogs()
    const items = followLog(logs.core, { target, container: 'rackside-chat', follow: true, tailLines: 5 })
    const first = items.next()
    await logs.time.advance(0)
    expect(await first).toMatchObject({ value: { event: 'open' } })
    for (let at = 0; at < 100; at += 1) logs.opened[0]?.write([at, 'x'.repeat(8000)])
    const second = items.next()
    await logs.time.advance(1000)
    const parts = await second
    const sent = parts.value?.event === 'lines' ? parts.value.lines.length : 0
    // So many go into one item; the others stay where they are.
    expect(sent).toBe(16)
    const returned = items.return(undefined)
    await logs.time.advance(0)
    await returned
    expect(logs.opened[0]?.closed()).toBe(true)
  })
})

// Connections are shared, opened once, and forgotten when they were lost: the next call dials again.
import { describe, expect, it } from 'vitest'
import type { Opening } from '../../../../../main/core/access/opening.ts'
import { sessionsOver } from '../../../../../main/core/access/sessions.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'

const opening = (host = 'a', credentialId = 'key-1'): Opening => ({
  address: { host, port: 22, user: 'ops' },
  credentialId,
})
/** Chance is always in the middle. */
const pretendTime = () => ({ ...pretendClock(), randomId: () => '80000000' })
const lost: Failure = { kind: 'link-lost', host: 'a', port: 22, during: 'x' }

/** Sessions over connections that are numbered; the first `failing` dials fail. */
function numbered(failing = 0) {
  const closed: string[] = []
  let dials = 0
  const labels = new Map<Connection, string>()
  const connectionNamed = (label: string) => {
    const close = async () => {
      closed.push(label)
    }
    const connection = { close } as Connection
    labels.set(connection, label)
    return connection
  }
  const sessions = sessionsOver(async (): Promise<Result<Connection>> => {
    dials += 1
    const label = String(dials)
    await Promise.resolve()
    if (dials <= failing) return fail({ kind: 'host-unreachable', host: 'a', port: 22, reason: 'refused' })
    return ok(connectionNamed(label))
  }, pretendTime())
  const labelOf = (which: Opening) => sessions.withConnection(which, async (connection) => ok(labels.get(connection)))
  return { sessions, closed, labelOf, connectionNamed, dials: () => dials }
}

describe('the connections of a console', () => {
  it('are opened once for each address and login, also by calls at the same time', async () => {
    const { labelOf, dials } = numbered()
    const labels = await Promise.all([labelOf(opening()), labelOf(opening()), labelOf(opening())])
    expect(labels).toEqual([ok('1'), ok('1'), ok('1')])
    expect(await labelOf(opening())).toEqual(ok('1'))
    expect(await labelOf(opening('b'))).toEqual(ok('2'))
    expect(await labelOf(opening('a', 'key-2'))).toEqual(ok('3'))
    expect(dials()).toBe(3)
  })

  it('are not remembered when they did not come up', async () => {
    const { labelOf } = numbered(1)
    const refused = await Promise.all([labelOf(opening()), labelOf(opening())])
    expect(refused.map((one) => one.ok)).toEqual([false, false])
    expect(await labelOf(opening())).toEqual(ok('2'))
  })

  it('are forgotten and closed when the link was lost, and only then', async () => {
    const { sessions, labelOf, closed } = numbered()
    await sessions.withConnection(opening(), async () => fail({ kind: 'engine-missing' }))
    expect(await labelOf(opening())).toEqual(ok('1'))
    expect(await sessions.withConnection(opening(), async () => fail(lost))).toEqual(fail(lost))
    expect(closed).toEqual(['1'])
    expect(await labelOf(opening())).toEqual(ok('2'))
  })

  it('that are new outlive the late news of an old loss', async () => {
    const { sessions, labelOf, closed } = numbered()
    const news: (() => void)[] = []
    const late = sessions.withConnection(opening(), async () => {
      await new Promise<void>((resolve) => news.push(resolve))
      return fail(lost)
    })
    await sessions.withConnection(opening(), async () => fail(lost))
    expect(await labelOf(opening())).toEqual(ok('2'))
    for (const tell of news) tell()
    expect(await late).toEqual(fail(lost))
    expect(closed).toEqual(['1'])
    expect(await labelOf(opening())).toEqual(ok('2'))
  })

  it('can be handed over by whoever opened one, instead of the one before', async () => {
    const { sessions, labelOf, connectionNamed, closed, dials } = numbered()
    await labelOf(opening())
    await sessions.adopt(opening(), connectionNamed('adopted'))
    expect([await labelOf(opening()), closed, dials()]).toEqual([ok('adopted'), ['1'], 1])
  })

  it('are all closed at the end, those still coming up too', async () => {
    const { sessions, labelOf, closed } = numbered()
    await labelOf(opening())
    const coming = labelOf(opening('b'))
    await sessions.closeAll()
    await coming
    expect(closed.sort()).toEqual(['1', '2'])
    await sessions.closeAll()
    expect(closed).toHaveLength(2)
  })
})

const loginRefused: Failure = { kind: 'login-refused', host: 'a', port: 22, user: 'ops', methodsOffered: [] }
const keyUnknown: Failure = { kind: 'host-key-unknown', host: 'a', port: 22, keyType: 'k', fingerprint: 'f' }
const questions: Failure = { kind: 'login-questions', host: 'a', port: 22, user: 'ops', questions: [] }
const minute = 60_000

/** Sessions whose every dial ends as the test says. */
function answering(failure: Failure) {
  const time = pretendTime()
  const dialled: string[] = []
  const sessions = sessionsOver(async ({ credentialId }) => {
    dialled.push(credentialId)
    return fail(failure)
  }, time)
  return { time, sessions, dialled, ask: (which = opening()) => sessions.open(which) }
}

describe('a server that refused', () => {
  it.each([loginRefused, keyUnknown, questions])(
    'with $kind is not dialled again until a person asks, however long that takes (P9)',
    async (failure) => {
      const { time, sessions, dialled, ask } = answering(failure)
      for (let at = 0; at < 60; at += 1) {
        expect(await ask()).toEqual(fail(failure))
        await time.advance(minute)
      }
      await time.advance(30 * 24 * 60 * minute)
      await ask()
      expect(dialled).toHaveLength(1)
      sessions.askAnew(opening())
      await ask()
      expect(dialled).toHaveLength(2)
    },
  )

  it('is dialled at once for whoever offers something new with this login, or was let through on the way', async () => {
    const via = [{ address: { host: 'jump', port: 22, user: 'ops' }, credentialId: 'key-9' }] as const
    const far = { ...opening(), via: [...via] }
    const { sessions, dialled, ask } = answering(loginRefused)
    for (const asked of [{ credentialId: 'key-1' }, { credentialId: 'key-9' }, { address: via[0].address }]) {
      await ask(far)
      await ask(far)
      sessions.askAnew(asked)
    }
    sessions.askAnew({ credentialId: 'key-2' })
    await ask(far)
    sessions.askAnew({ address: { host: 'b', port: 22 } })
    await ask(far)
    expect(dialled).toHaveLength(4)
  })

  it('is asked once with a login, however many appliances lie behind it, and again for a person at any of them', async () => {
    const jump = { address: { host: 'jump', port: 22, user: 'ops' }, credentialId: 'key-9' }
    const behind = (host: string) => ({ ...opening(host), via: [jump] })
    const refused: Failure = { kind: 'login-refused', host: 'jump', port: 22, user: 'ops', methodsOffered: [] }
    const { sessions, dialled, ask } = answering(refused)
    for (const host of ['a', 'b', 'c']) expect(await ask(behind(host))).toEqual(fail(refused))
    await ask({ ...behind('a'), watchOnly: true })
    expect(dialled).toHaveLength(1)
    for (const { address, credentialId } of [jump, opening('b')]) sessions.askAnew({ address, credentialId })
    await ask(behind('c'))
    await ask(behind('b'))
    expect(dialled).toHaveLength(2)
  })

  it('is dialled at once with another login, and for a person who asks anew about this one', async () => {
    const { sessions, dialled, ask } = answering(loginRefused)
    await ask()
    await ask(opening('a', 'key-2'))
    expect(dialled).toEqual(['key-1', 'key-2'])
    sessions.askAnew(opening('a', 'key-2'))
    await ask()
    await ask(opening('a', 'key-2'))
    expect(dialled).toEqual(['key-1', 'key-2', 'key-2'])
  })

  it('is dialled at once with every login when its host key was trusted, another server is not', async () => {
    const { sessions, dialled, ask } = answering(keyUnknown)
    await ask()
    await ask(opening('a', 'key-2'))
    await ask(opening('b', 'key-3'))
    sessions.askAnew({ address: { host: 'A', port: 22 } })
    await ask()
    await ask(opening('a', 'key-2'))
    await ask(opening('b', 'key-3'))
    expect(dialled).toEqual(['key-1', 'key-2', 'key-3', 'key-1', 'key-2'])
  })

  it.each([
    { kind: 'host-unreachable', host: 'a', port: 22, reason: 'refused' },
    { kind: 'credential-unknown', credentialId: 'key-1' },
  ] satisfies Failure[])('is not meant by $kind: the next call tries again', async (failure) => {
    const { dialled, ask } = answering(failure)
    await ask()
    await ask()
    expect(dialled).toHaveLength(2)
  })
})

describe('a server that drops us before the login', () => {
  const dropped: Failure = { kind: 'host-unreachable', host: 'a', port: 22, reason: 'reset' }
  const silent: Failure = { kind: 'deadline-passed', what: 'ssh login', seconds: 20 }

  it.each([dropped, silent])('with $kind is dialled at growing distances of up to a minute (P9)', async (failure) => {
    const { time, dialled, ask } = answering(failure)
    const at: number[] = []
    for (let second = 0; second < 600; second += 1) {
      const before = dialled.length
      expect(await ask()).toEqual(fail(failure))
      if (dialled.length > before) at.push(second)
      await time.advance(1000)
    }
    const gaps = at.slice(1).map((second, index) => second - (at[index] ?? 0))
    expect(gaps.slice(0, 7)).toEqual([1, 2, 3, 6, 12, 24, 45])
    expect(new Set(gaps.slice(6))).toEqual(new Set([45]))
  })

  it('is dialled as before once it let us in, and at once for a person', async () => {
    const answers: Result<Connection>[] = [
      fail(dropped),
      fail(dropped),
      ok({ close: async () => undefined } as Connection),
      fail(dropped),
    ]
    let dials = 0
    const time = pretendTime()
    const sessions = sessionsOver(async () => answers[dials++] ?? fail(dropped), time)
    await sessions.open(opening())
    sessions.askAnew(opening())
    await sessions.open(opening())
    await time.advance(2000)
    expect((await sessions.open(opening())).ok).toBe(true)
    await sessions.withConnection(opening(), async () => fail(lost)).catch(() => undefined)
    expect(dials).toBe(3)
  })
})

describe('the end of the connections', () => {
  it('waits a second for a dial, opens nothing more, and closes what comes up late', async () => {
    const time = pretendTime()
    const closed: string[] = []
    const answers: ((result: Result<Connection>) => void)[] = []
    const sessions = sessionsOver(() => new Promise((resolve) => answers.push(resolve)), time)
    const named = (label: string) => ({ close: async () => void closed.push(label) }) as Connection
    const coming = sessions.open(opening())
    let ended = false
    const ending = sessions.closeAll().then(() => {
      ended = true
    })
    expect(await sessions.open(opening('b'))).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    await time.advance(999)
    expect(ended).toBe(false)
    await time.advance(1)
    await ending
    answers[0]?.(ok(named('late')))
    await coming
    await sessions.adopt(opening('c'), named('adopted'))
    expect([answers.length, closed, time.waiting()]).toEqual([1, ['late', 'adopted'], 0])
  })

  it('is not held up by a dial that throws', async () => {
    const sessions = sessionsOver(async () => {
      throw new Error('a bug')
    }, pretendTime())
    await expect(sessions.open(opening())).rejects.toThrow('a bug')
    const again = sessions.open(opening())
    await expect(sessions.closeAll()).resolves.toBeUndefined()
    await expect(again).rejects.toThrow('a bug')
  })
})

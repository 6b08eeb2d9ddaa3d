// Connections are shared, opened once, and forgotten when they were lost: the next call dials again.
import { describe, expect, it } from 'vitest'
import { type Opening, sessionsOver } from '../../../../main/core/sessions.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../../shared/domain/failure.ts'

const opening = (host = 'a', credentialId = 'key-1'): Opening => ({
  address: { host, port: 22, user: 'ops' },
  credentialId,
})
const lost: Failure = { kind: 'link-lost', host: 'a', port: 22, during: 'x' }

/** Sessions over connections that are numbered; the first `failing` dials fail. */
function numbered(failing = 0) {
  const closed: string[] = []
  let dials = 0
  const connectionNamed = (label: string) => {
    const close = async () => {
      closed.push(label)
    }
    return { label, close } as Connection
  }
  const sessions = sessionsOver(async (): Promise<Result<Connection>> => {
    dials += 1
    const label = String(dials)
    await Promise.resolve()
    if (dials <= failing) return fail({ kind: 'host-unreachable', host: 'a', port: 22, reason: 'refused' })
    return ok(connectionNamed(label))
  })
  const labelOf = (which: Opening) => sessions.withConnection(which, async (connection) => ok(connection.label))
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

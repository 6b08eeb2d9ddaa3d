// Waiting until a deployment takes requests: as long as there is hope, and no longer.
import { describe, expect, it } from 'vitest'
import { waitReady } from '../../../../main/apply/wait-ready.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase } from '../../../support/plan-cases.ts'

const spec = {
  kind: 'ready',
  deployment: 'ward-model',
  hostPort: 8400,
  readyPath: '/health',
  timeoutSeconds: 300,
} as const
const { facts } = planCase('installed')
const running = knownValue(facts.containers).find((c) => c.name === 'rackside-ward-model')
if (running === undefined) throw new Error('the fixture lost its container')

type Answer = number | 'refused' | 'breaks off'

type Other = { spec?: { timeoutSeconds: number }; unasked?: Failure; stopped?: Failure }

/** Plays one look after the other (the last one stays); every pause is as long as it says. */
async function wait(
  looks: Partial<Container>[],
  answers: Answer[],
  log = ok('last words\u001b[31m'),
  other: Other = {},
) {
  const began = 7_000_000
  let milliseconds = began
  let look = 0
  let request = 0
  const connection = {
    http: async (asked: unknown) => {
      expect(asked).toEqual({ port: 8400, method: 'GET', path: '/health', deadlineSeconds: 5 })
      const answer = answers[Math.min(request++, answers.length - 1)]
      if (answer === 'refused') return fail({ kind: 'http-failed', port: 8400, detail: 'refused' })
      const body = (async function* () {
        if (answer === 'breaks off') throw new Error('reset')
        yield new Uint8Array()
      })()
      return ok({ status: answer === 'breaks off' ? 200 : (answer ?? 500), headers: {}, body })
    },
    engine: () => ({ inspectContainers: async () => ok(inspected), containerLog: async () => log }),
  } as unknown as Connection
  const result = await waitReady(
    connection,
    { ...spec, ...other.spec },
    {
      ask: async () => {
        if (other.unasked !== undefined) return fail(other.unasked)
        const change = looks[Math.min(look++, looks.length - 1)]
        return ok({ ...facts, containers: known(change === undefined ? [] : [{ ...running, ...change } as Container]) })
      },
      pause: async (pause) => {
        milliseconds += pause
      },
      clock: () => milliseconds,
      stop: () => (look > 2 ? other.stopped : undefined),
    },
  )
  return { result, seconds: (milliseconds - began) / 1000, looks: look, requests: request }
}

const full = 'OCI runtime exec failed: write /tmp/runc-process1: no space left on device\n'
const inspected = [
  { Name: '/of-somebody' },
  { Name: '/rackside-ward-model', State: { Health: { Log: [{ Output: 'earlier' }, { Output: full }] } } },
]

const notReady = (detail: RegExp): { ok: false; failure: Failure } => ({
  ok: false,
  failure: {
    kind: 'not-ready',
    deployment: 'ward-model',
    seconds: expect.any(Number) as never,
    detail: expect.stringMatching(detail) as never,
  },
})

describe('waiting for a deployment', () => {
  it('ends when the engine and the endpoint both say that it is well', async () => {
    const { result, looks } = await wait(
      [{ health: 'starting' }, { health: 'starting' }, { health: 'healthy' }],
      [503, 200],
    )
    expect(result).toEqual(ok(undefined))
    expect(looks).toBe(4)
  })

  it('takes the word of the engine alone for what publishes no port', async () => {
    const unasked = { hostPort: undefined, readyPath: undefined }
    const other = { spec: { timeoutSeconds: 300, ...unasked } as never }
    const { result, looks, requests } = await wait(
      [{ health: 'starting' }, { health: 'healthy' }],
      [],
      undefined,
      other,
    )
    expect([result, looks, requests]).toEqual([ok(undefined), 2, 0])
    expect((await wait([{ health: 'unhealthy' }], [], undefined, other)).result.ok).toBe(false)
  })

  it('needs no health check of the engine where the image has none', async () => {
    expect((await wait([{ health: 'none' }], [200])).result).toEqual(ok(undefined))
  })

  it.each([503, 404, 302, 'refused', 'breaks off'] as const)(
    'goes on while the endpoint answers %s',
    async (answer) => {
      const { result, requests } = await wait([{}], [answer, answer, 200])
      expect([result, requests]).toEqual([ok(undefined), 3])
    },
  )

  it('gives up after the time the entry allows, with the end of the log, made safe to show', async () => {
    const { result, seconds } = await wait([{ health: 'starting' }], [503])
    expect(result).toEqual(notReady(/last words/))
    expect(JSON.stringify(result)).not.toMatch(/\\u001b/)
    expect(seconds).toBeGreaterThanOrEqual(300)
    expect(seconds).toBeLessThan(310)
  })

  it('says what the last check of the engine said, where that is why', async () => {
    const { result } = await wait([{ health: 'starting' }], [200])
    expect(result).toEqual(
      notReady(/^container running; its check says: OCI runtime .* no space left on device; its log/),
    )
    expect((await wait([{ health: 'healthy' }], [503])).result).toEqual(notReady(/^container running; its log/))
  })

  it('tells for how long it waited, and looks once where no time is allowed', async () => {
    const { result } = await wait([{ health: 'starting' }], [503])
    expect(result).toMatchObject({ failure: { seconds: 301 } })
    const never = await wait([{ health: 'starting' }], [503], undefined, { spec: { timeoutSeconds: 0 } })
    expect([never.result.ok, never.looks, never.seconds]).toEqual([false, 1, 0])
  })

  it('ends where the run is to stop, and where nobody can be asked', async () => {
    const stopped: Failure = { kind: 'cancelled', at: 'ready.ward-model' }
    const { result, looks } = await wait([{ health: 'starting' }], [503], undefined, { stopped })
    expect([result, looks]).toEqual([fail(stopped), 3])
    const unasked: Failure = { kind: 'engine-unreadable', detail: 'x' }
    expect((await wait([{}], [200], undefined, { unasked })).result).toEqual(fail(unasked))
  })

  it('gives up at once where there is no container', async () => {
    const { result, seconds } = await wait([], [200])
    expect(result).toEqual(notReady(/no container/))
    expect(seconds).toBe(0)
  })

  it('does not wait for one that starts again and again', async () => {
    const { result, seconds } = await wait([{ state: 'restarting', health: 'starting', restartCount: 3 }], ['refused'])
    expect(result).toEqual(notReady(/restarting/))
    expect(seconds).toBeLessThan(10)
  })

  it('says what it knows when the log cannot be had', async () => {
    const { result } = await wait(
      [{ state: 'exited', restartCount: 5 }],
      [503],
      fail({ kind: 'engine-unreadable', detail: 'x' }) as never,
    )
    expect(result).toEqual(notReady(/exited/))
  })
})

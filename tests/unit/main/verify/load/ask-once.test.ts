// One request of a benchmark against servers that behave badly in every way, over real sockets.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectLocal } from '../../../../../main/connect/local.ts'
import { askOnce, newStop } from '../../../../../main/verify/load/ask-once.ts'
import {
  type Behaviour,
  doneEvent,
  fakeCompletions,
  finishEvent,
  textEvent,
  usageEvent,
  writeSlowly,
} from '../../../../support/fake-completions.ts'

const clock = () => performance.now()

async function ask(behave: Behaviour, stop = newStop()) {
  const server = await fakeCompletions(behave)
  const connection = connectLocal('root')
  onTestFinished(() => connection.close())
  let pieces = 0
  const onPieces = (count: number) => {
    pieces += count
  }
  const trace = await askOnce(connection, { port: server.port, body: '{}' }, { clock, stop, onPieces })
  return { trace, server, pieces }
}

describe('a request of a benchmark', () => {
  it('notes each piece when it arrives, and what the server counts', async () => {
    const { trace, pieces } = await ask(async ({ write }) => {
      await writeSlowly(write, 4, 20)
      write(finishEvent + usageEvent(12, 4) + doneEvent)
    })
    expect(trace).toMatchObject({ promptTokens: 12, outputTokens: 4 })
    expect(trace.problem).toBeUndefined()
    const { startMs, arrivalsMs, endMs } = trace
    expect([arrivalsMs.length, pieces]).toEqual([4, 4])
    // A timer may end a millisecond early, and never much.
    expect((arrivalsMs[0] ?? 0) - startMs).toBeGreaterThan(15)
    expect((arrivalsMs[3] ?? 0) - (arrivalsMs[0] ?? 0)).toBeGreaterThan(50)
    expect(endMs).toBeGreaterThanOrEqual(arrivalsMs[3] ?? 0)
  })

  it('notes a stutter as one long gap', async () => {
    const { trace } = await ask(async ({ write }) => {
      write(textEvent('a'))
      await sleep(120)
      write(textEvent('b') + finishEvent)
    })
    expect((trace.arrivalsMs[1] ?? 0) - (trace.arrivalsMs[0] ?? 0)).toBeGreaterThan(100)
  })

  it('takes several tokens of one piece for what the server counts', async () => {
    const { trace } = await ask(({ write }) => write(textEvent('a b c d') + finishEvent + usageEvent(5, 4)))
    expect(trace).toMatchObject({ outputTokens: 4 })
    expect(trace.arrivalsMs).toHaveLength(1)
  })

  it('does without usage, also where it is empty', async () => {
    const { trace } = await ask(({ write }) =>
      write(`${textEvent('a')}${finishEvent}data: {"choices":[],"usage":{}}\n\ndata: {"choices":[],"usage":null}\n\n`),
    )
    expect(trace.problem).toBeUndefined()
    expect(trace).not.toHaveProperty('outputTokens')
  })

  it.each<[string, Behaviour]>([
    [
      'broken-off',
      ({ write, cut }) => {
        write(textEvent('a'))
        return sleep(20).then(cut)
      },
    ],
    ['broken-off', ({ write }) => write(textEvent('a'))],
    ['not-a-stream', ({ write }) => write('<html>\n')],
    ['not-a-stream', ({ write }) => write('data: {"choices":\n\ndata: [}\n\n')],
    ['no-text', ({ write }) => write(finishEvent + doneEvent)],
    ['error-said', ({ write }) => write('data: {"error":{"message":"out of memory"}}\n\n')],
    ['too-many-requests', ({ response }) => void response.writeHead(429).end('{"error":"slow down"}')],
    ['server-error', ({ response }) => void response.writeHead(500).end('no')],
    ['refused', ({ response }) => void response.writeHead(400).end('too long')],
  ])('fails as "%s"', async (problem, behave) => {
    const { trace } = await ask(behave)
    expect(trace.problem).toBe(problem)
  })

  it('says what a refusal says, cleaned and cut', async () => {
    const { trace } = await ask(({ response }) => void response.writeHead(429).end(`\u001b[31mfull${'!'.repeat(5000)}`))
    expect(trace.detail).toMatch(/^HTTP 429: .*full!+/)
    expect(trace.detail?.length).toBeLessThan(300)
    expect(trace.detail).not.toContain('\u001b')
  })

  it('fails as not connected where nothing listens', async () => {
    const connection = connectLocal('root')
    const asking = { clock, stop: newStop(), onPieces: () => undefined }
    const trace = await askOnce(connection, { port: 1, body: '{}' }, asking)
    expect(trace).toMatchObject({ problem: 'not-connected', arrivalsMs: [] })
  })

  it('ends at once when it is stopped, in the middle and before the first byte, and is no failure', async () => {
    for (const first of [textEvent('a'), '']) {
      const stop = newStop()
      const beganMs = clock()
      setTimeout(stop.stop, 100)
      const { trace, server } = await ask(async ({ write }) => {
        if (first !== '') write(first)
        await sleep(20_000, undefined, { ref: false })
      }, stop)
      expect(clock() - beganMs).toBeLessThan(5000)
      expect(trace).toMatchObject({ isCut: true })
      expect(trace.arrivalsMs).toHaveLength(first === '' ? 0 : 1)
      await expect.poll(() => server.left()).toBe(1)
    }
  })
})

// The server's side of flow control: nothing is sent without credit, and every way to end leaves nothing behind.
import { describe, expect, it } from 'vitest'
import { inWindow, linkCredits } from '../../../../../main/core/link/stream-window.ts'
import type { StreamKind } from '../../../../../shared/contract/call.ts'
import { windowItems } from '../../../../../shared/contract/flow.ts'

async function* numbers(state: { pulled: number; ended: boolean }, last = Number.POSITIVE_INFINITY) {
  try {
    while (state.pulled < last) {
      state.pulled += 1
      yield state.pulled
    }
  } finally {
    state.ended = true
  }
}

function windowed(kind: StreamKind, source: AsyncIterator<number>) {
  const credits = linkCredits()
  const leaving = new AbortController()
  const stream = inWindow(source, { kind, credit: credits.open('1', kind), signal: leaving.signal })
  return { credits, leave: () => leaving.abort(), stream }
}

const newState = () => ({ pulled: 0, ended: false })
const turns = async (count = 5) => {
  for (let turn = 0; turn < count; turn++) await new Promise(setImmediate)
}
const pending = Symbol('pending')
const soon = async <T>(answer: Promise<T>) => Promise.race([answer, turns().then(() => pending)])

describe('a log', () => {
  it('is pulled as far as its window, and one item further for each that was consumed', async () => {
    const state = newState()
    const { credits, stream, leave } = windowed('log', numbers(state))
    for (let item = 1; item <= windowItems.log; item++) expect((await stream.next()).value).toBe(item)
    const waiting = stream.next()
    expect(await soon(waiting)).toBe(pending)
    expect(state.pulled).toBe(windowItems.log)
    credits.give('1', 1)
    expect((await waiting).value).toBe(windowItems.log + 1)
    leave()
  })

  it('has no more than its window, however much its reader claims to have read', async () => {
    const state = newState()
    const { credits, stream, leave } = windowed('log', numbers(state))
    for (let time = 0; time < 100; time++) credits.give('1', windowItems.log)
    credits.give('another stream', 5)
    for (let item = 0; item < windowItems.log; item++) await stream.next()
    expect(await soon(stream.next())).toBe(pending)
    leave()
  })
})

describe('the latest', () => {
  it('is pulled at its own pace; only the newest waits', async () => {
    const state = newState()
    const { credits, stream } = windowed('latest', numbers(state, 500))
    expect((await stream.next()).value).toBe(1)
    const waiting = stream.next()
    while (!state.ended) await turns(1)
    credits.give('1', 1)
    expect([(await waiting).value, state.pulled]).toEqual([500, 500])
    credits.give('1', 1)
    expect((await stream.next()).done).toBe(true)
    expect(credits.count()).toBe(0)
  })

  it('tells an error after the item before it', async () => {
    async function* failing() {
      yield 1
      throw new Error('gone')
    }
    const { credits, stream } = windowed('latest', failing())
    expect((await stream.next()).value).toBe(1)
    credits.give('1', 1)
    await expect(stream.next()).rejects.toThrow('gone')
    expect(credits.count()).toBe(0)
  })
})

describe.each(['log', 'latest'] as const)('a stream (%s)', (kind) => {
  it('ends when its reader leaves while it waits for credit', async () => {
    const state = newState()
    const { credits, stream, leave } = windowed(kind, numbers(state))
    for (let item = 0; item < windowItems[kind]; item++) await stream.next()
    const waiting = stream.next()
    leave()
    expect((await waiting).done).toBe(true)
    await turns()
    expect([state.ended, credits.count()]).toEqual([true, 0])
  })

  it('ends when its reader leaves while it waits for its source', async () => {
    const never: AsyncIterator<number> = { next: () => new Promise(() => undefined) }
    const { credits, stream, leave } = windowed(kind, never)
    const waiting = stream.next()
    await turns()
    leave()
    expect([(await waiting).done, (await stream.next()).done, credits.count()]).toEqual([true, true, 0])
  })

  it('ends when its reader leaves in the moment in which it gets credit', async () => {
    const never: AsyncIterator<number> = { next: () => new Promise(() => undefined) }
    const { stream, leave } = windowed(kind, never)
    const waiting = stream.next()
    leave()
    expect((await waiting).done).toBe(true)
  })

  it('ends by return, and at once for a reader that has left before', async () => {
    const state = newState()
    const { credits, stream } = windowed(kind, numbers(state))
    await stream.next()
    await stream.return?.()
    await turns()
    expect([state.ended, credits.count(), (await stream.next()).done]).toEqual([true, 0, true])
    const gone = inWindow(numbers(newState()), { kind, credit: credits.open('2', kind), signal: AbortSignal.abort() })
    expect([(await gone.next()).done, credits.count()]).toEqual([true, 0])
  })

  it('that ends by itself, or fails, is forgotten', async () => {
    const { credits, stream } = windowed(kind, numbers(newState(), 0))
    expect([(await stream.next()).done, credits.count()]).toEqual([true, 0])
    const failing = windowed(kind, { next: () => Promise.reject(new Error('a bug')) })
    await expect(failing.stream.next()).rejects.toThrow('a bug')
    expect(failing.credits.count()).toBe(0)
  })
})

describe('a link', () => {
  it('has one stream by a number, and not endlessly many', () => {
    const credits = linkCredits()
    credits.open('1', 'log')
    const refusal = expect.objectContaining({
      code: 'REFUSED',
      data: expect.objectContaining({ kind: 'input-invalid' }),
    })
    expect(() => credits.open('1', 'log')).toThrow(refusal)
    for (let stream = 2; stream <= 200; stream++) credits.open(String(stream), 'latest')
    expect(() => credits.open('201', 'log')).toThrow(refusal)
    expect(credits.count()).toBe(200)
  })
})

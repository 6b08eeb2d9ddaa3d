// A stream of which only the newest counts: a slow reader misses what is past, never the end.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { newestValue } from '../../../../main/core/newest-value.ts'

async function readAll(stream: AsyncIterable<number>): Promise<number[]> {
  const seen: number[] = []
  for await (const one of stream) seen.push(one)
  return seen
}

describe('the newest value', () => {
  it('reaches a reader that keeps up piece by piece, until the end', async () => {
    const value = newestValue<number>()
    const reading = readAll(value.follow())
    for (const one of [1, 2, 3]) {
      value.show(one)
      await sleep(1)
    }
    value.end()
    expect(await reading).toEqual([1, 2, 3])
  })

  it('is all that a slow reader gets', async () => {
    const value = newestValue<number>()
    const stream = value.follow()
    value.show(1)
    expect((await stream.next()).value).toBe(1)
    for (let one = 2; one <= 50; one++) value.show(one)
    expect((await stream.next()).value).toBe(50)
    value.show(51)
    value.end()
    expect((await stream.next()).value).toBe(51)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('is told once to each reader', async () => {
    const value = newestValue<number>()
    const readers = [readAll(value.follow()), readAll(value.follow())]
    value.show(7)
    await sleep(1)
    value.end()
    expect(await Promise.all(readers)).toEqual([[7], [7]])
  })

  it('ends for a reader that goes away, and for nobody else', async () => {
    const value = newestValue<number>()
    const leaving = new AbortController()
    const [left, stayed] = [readAll(value.follow(leaving.signal)), readAll(value.follow())]
    value.show(1)
    await sleep(1)
    leaving.abort()
    expect(await left).toEqual([1])
    value.show(2)
    await sleep(1)
    value.end()
    expect([await stayed, await readAll(value.follow(AbortSignal.abort()))]).toEqual([[1, 2], []])
  })
})

// The reader's side of flow control: credit is given for what was consumed, when it was consumed, and never
// faster than it can be sent.
import { describe, expect, it } from 'vitest'
import {
  creditedLink,
  type StreamContext,
  streamHeader,
  streamHeaders,
  streamId,
  withCredit,
} from '../../../../shared/contract/flow.ts'

function counting(count: number) {
  const state = { returned: 0 }
  let at = 0
  const items: AsyncIterator<number> = {
    next: async () => {
      at += 1
      return at > count ? { done: true, value: undefined } : { done: false, value: at }
    },
    return: async () => {
      state.returned += 1
      return { done: true, value: undefined }
    },
  }
  return { items, state }
}

describe('a stream with credit', () => {
  it('gives it for an item once the next one is asked for', async () => {
    const given: number[] = []
    const stream = withCredit(counting(3).items, async (items) => given.push(items))
    await stream.next()
    expect(given).toEqual([])
    await stream.next()
    expect(given).toEqual([1])
    for await (const _ of stream);
    expect(given.reduce((sum, one) => sum + one)).toBe(3)
  })

  it('collects what is consumed while credit is on its way', async () => {
    const given: number[] = []
    const sent: (() => void)[] = []
    const give = (items: number) => {
      given.push(items)
      return new Promise<void>((resolve) => sent.push(resolve))
    }
    const stream = withCredit(counting(10).items, give)
    for (let item = 0; item < 6; item++) await stream.next()
    expect(given).toEqual([1])
    sent[0]?.()
    await new Promise(setImmediate)
    expect(given).toEqual([1, 4])
  })

  it('is no worse for credit that cannot be sent, and ends as its source does', async () => {
    const stream = withCredit(counting(2).items, () => Promise.reject(new Error('the link is gone')))
    const seen: number[] = []
    for await (const item of stream) seen.push(item)
    expect(seen).toEqual([1, 2])
  })

  it.each([0, 1])('tells its source when its reader leaves, also before the first item (%i read)', async (read) => {
    const { items, state } = counting(5)
    const stream = withCredit(items, async () => undefined)
    for (let item = 0; item < read; item++) await stream.next()
    await stream.return?.()
    expect(state.returned).toBe(1)
  })

  it('gives no credit for what its reader did not come back for, and ends also where its source has no word for it', async () => {
    const given: number[] = []
    const { next } = counting(5).items
    const stream = withCredit({ next }, async (items) => given.push(items))
    await stream.next()
    expect(await stream.return?.('left')).toEqual({ done: true, value: 'left' })
    await stream.next()
    expect(given).toEqual([])
  })

  it('gives none for the end, however often it is asked for', async () => {
    const given: number[] = []
    const stream = withCredit(counting(1).items, async (items) => given.push(items))
    for (let turn = 0; turn < 4; turn++) await stream.next()
    expect(given).toEqual([1])
  })

  it('lets its reader leave while it waits for an item', async () => {
    const never = new Promise<IteratorResult<number>>(() => undefined)
    const left = { done: true, value: undefined } as const
    const stream = withCredit({ next: () => never, return: async () => left }, async () => undefined)
    void stream.next()
    expect(await stream.return?.()).toEqual(left)
  })
})

describe('a link with credit', () => {
  it('numbers its calls, names them in a header the server takes, and leaves answers alone', async () => {
    const headers: Record<string, string>[] = []
    const given: object[] = []
    const link = creditedLink<{ context: StreamContext }>(
      {
        call: async (path, _input, options) => {
          headers.push(streamHeaders(options))
          return path[0] === 'stream' ? withCredit(counting(2).items, async () => undefined) : 'an answer'
        },
      },
      async (credit) => given.push(credit),
    )
    expect(await link.call(['call'], {}, { context: {} })).toBe('an answer')
    const stream = (await link.call(['stream'], {}, { context: {} })) as AsyncIterable<number>
    for await (const _ of stream);
    expect(headers).toEqual([{ [streamHeader]: '1' }, { [streamHeader]: '2' }])
    expect(headers.every((one) => streamId.safeParse(one[streamHeader]).success)).toBe(true)
    expect(given[0]).toEqual({ stream: '2', items: 1 })
  })

  it.each([[null], [undefined], ['text'], [{}], [[1]], [{ next: 1 }], [new Map()]])(
    'leaves the answer %j alone',
    async (answer) => {
      const link = creditedLink({ call: async () => answer }, async () => undefined)
      expect(await link.call(['call'], {}, { context: {} })).toBe(answer)
    },
  )

  it('sends no header for a call that has no number', () => {
    expect(streamHeaders({ context: {} })).toStrictEqual({})
  })
})

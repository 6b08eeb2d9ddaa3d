import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { inWindow, linkCredits } from '../../../../../main/core/link/stream-window.ts'

it('keeps nothing of the items that a reader is done with', async () => {
  const seen: WeakRef<object>[] = []
  async function* source() {
    for (;;) {
      const item = { item: seen.length }
      seen.push(new WeakRef(item))
      yield item
    }
  }
  const credits = linkCredits()
  const credit = credits.open('1', 'log')
  const items = inWindow(source(), { kind: 'log', credit, signal: new AbortController().signal })
  for (let read = 0; read < 100; read += 1) {
    credits.give('1', 1)
    await items.next()
  }
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  await new Promise((resolve) => setTimeout(resolve, 0))
  collect()
  expect(seen.filter((one) => one.deref() !== undefined).length).toBeLessThan(5)
  await items.return?.()
})

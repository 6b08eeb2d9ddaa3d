// Back-pressure over real links: a page that stops reading stops a log at its source and costs next to
// nothing, and one that leaves, or whose link dies, ends what it was reading.
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { windowItems } from '../../../shared/contract/flow.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import type { WatchItem } from '../../../shared/domain/sample.ts'
import { type LinkKind, linkTo, pageOf, played } from '../../support/page-links.ts'

const kinds: LinkKind[] = ['a WebSocket', 'a message channel']
const megabyte = 1024 * 1024
const planId = 'plan-00000000000000aa'
const target = { by: 'local' } as const

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** Bytes that this process holds: both ends of the link are in it. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

type Source = { pulled: number; ended: boolean }

/** Offers 64 KiB items without end, as fast as they are taken. */
async function* endlessLog(source: Source): AsyncGenerator<RunEvent> {
  try {
    for (;;) {
      source.pulled += 1
      yield { event: 'waiting-for-lock', holder: String(source.pulled).padEnd(64 * 1024, '.') }
    }
  } finally {
    source.ended = true
  }
}

/** Waits for what never comes, and notices who leaves. */
async function* silentLog(source: Source, signal: AbortSignal): AsyncGenerator<RunEvent> {
  source.pulled += 1
  yield { event: 'waiting-for-lock', holder: 'x' }
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  source.ended = true
}

function sampleOf(sequence: number): WatchItem {
  const unreadable = { state: 'unreadable', why: '' } as const
  const host = { cpuPercent: unreadable, memoryUsedBytes: unreadable, memoryTotalBytes: unreadable }
  const said = { silence: 'said', vendor: 'nvidia', why: String(sequence).padEnd(300) } as const
  const silent = Array.from({ length: 3500 }, () => ({ ...said }))
  return { link: 'up', sample: { sequence, atMs: 0, host, silent, accelerators: [] } }
}

/** Samples of a megabyte, up to `last`; then it waits for whoever watches to leave. */
async function* samples(source: Source, last: number, signal: AbortSignal): AsyncGenerator<WatchItem> {
  try {
    while (source.pulled < last) {
      source.pulled += 1
      yield sampleOf(source.pulled)
    }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
  } finally {
    source.ended = true
  }
}

async function until(what: () => boolean, milliseconds: number): Promise<boolean> {
  const giveUpAt = performance.now() + milliseconds
  while (!what() && performance.now() < giveUpAt) await sleep(5)
  return what()
}

type Signalled = { signal: AbortSignal }
const serving = (source: Source, silent = false) =>
  pageOf(
    played({
      setup: {
        follow: async (_: object, { signal }: Signalled) => (silent ? silentLog(source, signal) : endlessLog(source)),
      },
      observe: { watch: async (_: object, { signal }: Signalled) => samples(source, 200, signal) },
    }),
  )
const newSource = (): Source => ({ pulled: 0, ended: false })

describe.each(kinds)('over %s a reader', (kind) => {
  it('that stops, stops a log within its window, and gets every item in order when it goes on', async () => {
    const source = newSource()
    const { client } = await linkTo(serving(source), kind)
    const before = heldBytes()
    const seen: number[] = []
    for await (const event of await client.product.setup.follow({ planId })) {
      if (event.event === 'waiting-for-lock') seen.push(Number.parseInt(event.holder, 10))
      if (seen.length === 100) break
      if (seen.length > 1) continue
      await sleep(300)
      expect(source.pulled).toBe(windowItems.log)
      expect(heldBytes() - before).toBeLessThan(20 * megabyte)
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, at) => at + 1))
    expect(source.pulled).toBeLessThanOrEqual(100 + windowItems.log)
    expect(await until(() => source.ended, 1000)).toBe(true)
  })

  it('that sleeps while 200 MB of the latest go by costs under 20 MB, and then sees the newest', async () => {
    const source = newSource()
    const { client } = await linkTo(serving(source), kind)
    const before = heldBytes()
    const seen: number[] = []
    for await (const item of await client.product.observe.watch({ target })) {
      if (item.link === 'up') seen.push(item.sample.sequence)
      if (seen.at(-1) === 200) break
      if (seen.length > 1) continue
      expect(await until(() => source.pulled === 200, 30_000)).toBe(true)
      expect(heldBytes() - before).toBeLessThan(20 * megabyte)
    }
    // What was sent ahead, and then the newest: everything between was dropped, and the numbers say how much.
    expect(seen.length).toBeLessThanOrEqual(windowItems.latest + 1)
    expect(await until(() => source.ended, 1000)).toBe(true)
  })

  it('that leaves while its source is silent ends it', async () => {
    const source = newSource()
    const { client } = await linkTo(serving(source, true), kind)
    const stream = await client.product.setup.follow({ planId })
    await stream.next()
    await stream.return?.(undefined)
    expect(await until(() => source.ended, 1000)).toBe(true)
  })

  it('that aborts ends its source too', async () => {
    const source = newSource()
    const { client } = await linkTo(serving(source, true), kind)
    const leaving = new AbortController()
    const stream = await client.product.setup.follow({ planId }, { signal: leaving.signal })
    await stream.next()
    const waiting = stream.next()
    leaving.abort()
    await expect(waiting).rejects.toBeDefined()
    expect(await until(() => source.ended, 1000)).toBe(true)
  })

  it.each([false, true])('whose link dies ends its sources (waiting for something: %s)', async (silent) => {
    const source = newSource()
    const { client, cut } = await linkTo(serving(source, silent), kind)
    const stream = await client.product.setup.follow({ planId })
    await stream.next()
    await sleep(50)
    cut()
    expect(await until(() => source.ended, 1000)).toBe(true)
  })

  it('that never gives credit gets the window and no more', async () => {
    const source = newSource()
    const { client } = await linkTo(serving(source), kind)
    const stream = await client.product.setup.follow({ planId })
    // The items are taken, but the reader of the last one never asks for the next.
    for (let item = 0; item < windowItems.log; item++) void stream.next()
    await sleep(200)
    expect(source.pulled).toBeLessThan(2 * windowItems.log)
  })
})

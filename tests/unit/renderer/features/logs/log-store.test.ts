// The newest lines in a page: bounded by their number and their size, what left is counted, and each interruption is one
// mark.
import { describe, expect, it } from 'vitest'
import { matchesIn, partsAround } from '../../../../../renderer/features/logs/log-search.ts'
import { type LogStore, logStore, mostRows } from '../../../../../renderer/features/logs/log-store.ts'
import type { Failure } from '../../../../../shared/domain/failure.ts'
import type { LogEvent } from '../../../../../shared/domain/log.ts'

const lost: Failure = { kind: 'link-lost', host: 'ward', port: 22, during: 'docker logs' }
const lines = (...texts: string[]): LogEvent => ({
  event: 'lines',
  lines: texts.map((text) => ({ atMs: 0, stream: 'stdout', text })),
  place: { at: '2026-11-28T13:00:00.000000000Z', messages: texts.length },
})

function heard(...events: LogEvent[]): LogStore {
  const store = logStore((flush) => flush())
  for (const event of events) store.hear(event, 1000)
  return store
}
const texts = (store: LogStore) => store.shown().rows.map(({ line, mark }) => line?.text ?? mark?.kind)

describe('the lines of a page', () => {
  it('are the newest ones, and say how many came before them', () => {
    const many = Array.from({ length: 400 }, (_, at) => `${at}`)
    const store = heard(...Array.from({ length: 26 }, () => lines(...many)))
    expect(store.shown().rows).toHaveLength(mostRows)
    expect(store.shown().olderRows).toBe(26 * 400 - mostRows)
    expect(texts(store).at(-1)).toBe('399')
    expect(new Set(store.shown().rows.map(({ id }) => id)).size).toBe(mostRows)
  })

  it('are bounded by their size as well', () => {
    const store = heard(...Array.from({ length: 700 }, () => lines('x'.repeat(8192))))
    const characters = store.shown().rows.reduce((sum, { line }) => sum + (line?.text.length ?? 0), 0)
    expect(characters).toBeLessThanOrEqual(4_000_000)
    expect(store.shown().olderRows + store.shown().rows.length).toBe(700)
  })

  it('are told of once a frame, however fast they come', () => {
    const frames: (() => void)[] = []
    const store = logStore((flush) => void frames.push(flush))
    let told = 0
    store.onChange(() => {
      told += 1
    })
    for (let at = 0; at < 1000; at += 1) store.hear(lines(`${at}`), 0)
    expect([frames.length, told, store.shown().rows.length]).toEqual([1, 0, 0])
    frames[0]?.()
    expect([told, store.shown().rows.length]).toEqual([1, 1000])
  })

  it('have one mark for an interruption, and none where they begin', () => {
    const store = heard({ event: 'open' }, lines('a'), { event: 'lost', failure: lost })
    store.pageLost(2000)
    for (const event of [
      { event: 'open' } as const,
      lines('b'),
      { event: 'stopped' } as const,
      { event: 'open' } as const,
    ])
      store.hear(event, 3000)
    expect(texts(store)).toEqual(['a', 'lost', 'back', 'b', 'stopped', 'back'])
  })

  it('know where to go on', () => {
    expect(heard().place()).toBeUndefined()
    expect(heard(lines('a', 'b')).place()).toEqual({ at: '2026-11-28T13:00:00.000000000Z', messages: 2 })
  })
})

describe('a word', () => {
  it('is found whatever the size of its letters', () => {
    const { rows } = heard(lines('Alpha', 'beta', 'ALPHABET')).shown()
    expect([matchesIn(rows, 'alpha'), matchesIn(rows, ''), matchesIn(rows, '.*')]).toEqual([[0, 2], [], []])
  })

  it('parts a text into what is it and what is not, and nothing is lost', () => {
    expect(partsAround('xAyax', 'a')).toEqual(['x', 'A', 'y', 'a', 'x'])
    expect(partsAround('İİ a', 'a').join('')).toBe('İİ a')
    expect(partsAround('abc', '')).toEqual(['abc'])
  })
})

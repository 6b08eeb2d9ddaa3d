// Who is told what, and when: each thing once, nobody while it is quiet, and others when nobody answers.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertPolicy, AlertQuiet, NoticeKind } from '../../../../../shared/domain/alert.ts'
import type { AlertChannel } from '../../../../../shared/domain/alert-channel.ts'
import { type AlertBook, acknowledged, afterChanges, noticesAt } from '../../../../../shared/observe/alerts/book.ts'
import { usualRules } from '../../../../../shared/observe/alerts/rules.ts'
import { afterObservation, afterTick, newWatch } from '../../../../../shared/observe/alerts/watch-appliance.ts'

const everyMs = 10_000
const minuteMs = 60_000
const policy: AlertPolicy = { escalateAfterMinutes: 30, repeatEveryMinutes: 240 }
const channelOf = (id: string, more: Partial<AlertChannel> = {}): AlertChannel => ({
  ...{ id, atLeast: 'info', list: 'first', language: 'en', way: { kind: 'desktop' } },
  ...more,
})
const channels = [
  channelOf('mail'),
  channelOf('night', { list: 'second' }),
  channelOf('pager', { atLeast: 'critical' }),
]

type Told = readonly [minute: number, kind: NoticeKind, channels: string, id: string]

/** One value a look; null: nobody could look. `quiets` and `ack` by the look. */
function play(
  values: readonly (number | null)[],
  {
    quiets = [],
    ackAt,
    subject = 'nvidia 3',
  }: { quiets?: readonly AlertQuiet[]; ackAt?: number; subject?: string } = {},
): Told[] {
  let watch = newWatch
  let book: AlertBook = { active: [], past: [] }
  let made = 0
  const told: Told[] = []
  for (const [at, value] of values.entries()) {
    const atMs = at * everyMs
    if (value !== null) {
      const name = `accelerator/${subject}/temperature`
      const outcome = afterObservation(watch, { appliance: 'a', atMs, everyMs, values: [{ name, value }] }, usualRules)
      watch = outcome.watch
      book = afterChanges(book, outcome.changes, { appliance: 'a', newId: () => `alert-${++made}` })
    }
    if (at === ackAt) book = acknowledged(book, book.active[0]?.id ?? '', { atMs, by: 'li' }) ?? book
    const outcome = noticesAt(book, { nowMs: atMs, quiets, policy, channels })
    book = outcome.book
    for (const { alert, kind, channels: ways } of outcome.notices) {
      told.push([atMs / minuteMs, kind, ways.map(({ id }) => id).join(' '), alert.id])
    }
  }
  return told
}

const looks = (minutes: number, value: number | null) => Array<number | null>(minutes * 6).fill(value)
const quiet = (fromMinute: number, untilMinute: number, more: Partial<AlertQuiet> = {}): AlertQuiet => ({
  ...{ id: 'quiet-1', kind: 'maintenance', by: 'li', note: '' },
  ...{ fromMs: fromMinute * minuteMs, untilMs: untilMinute * minuteMs, ...more },
})

describe('people', () => {
  it('are told once that it is so, and once that it is over', () => {
    expect(play([...looks(10, 90), ...looks(10, 70)])).toEqual([
      [1, 'fired', 'mail', 'alert-1'],
      [15, 'over', 'mail', 'alert-1'],
    ])
  })

  it('of the second list are told when nobody acknowledged it, and all again after four hours', () => {
    expect(play(looks(260, 90))).toEqual([
      [1, 'fired', 'mail', 'alert-1'],
      [31, 'escalated', 'night', 'alert-1'],
      [241, 'again', 'mail night', 'alert-1'],
    ])
  })

  it('are told no more once somebody is at it, but that it is over', () => {
    expect(play([...looks(260, 90), ...looks(10, 70)], { ackAt: 100 })).toEqual([
      [1, 'fired', 'mail', 'alert-1'],
      [265, 'over', 'mail', 'alert-1'],
    ])
  })

  it('are not told while it is quiet, and are afterwards if it still is so', () => {
    expect(play(looks(30, 90), { quiets: [quiet(0, 20)] })).toEqual([[20, 'fired', 'mail', 'alert-1']])
    expect(play([...looks(10, 90), ...looks(30, 70)], { quiets: [quiet(0, 20)] })).toEqual([])
    expect(play([...looks(10, 90), ...looks(10, 70)], { quiets: [quiet(5, 20)] })).toEqual([
      [1, 'fired', 'mail', 'alert-1'],
    ])
  })

  it('are told of what a silence is not about', () => {
    const others = [quiet(0, 60, { rule: 'kv-full' }), quiet(0, 60, { appliance: 'b' })]
    expect(play(looks(5, 90), { quiets: others })).toHaveLength(1)
    expect(play(looks(5, 90), { quiets: [quiet(0, 60, { rule: 'temperature', appliance: 'a' })] })).toEqual([])
  })

  it('are told of one alert, however often it comes and goes', () => {
    const told = play([
      ...looks(2, 90),
      ...looks(8, 70),
      ...looks(2, 90),
      ...looks(8, 70),
      ...looks(2, 90),
      ...looks(40, 70),
    ])
    expect(told.map(([, kind, , id]) => `${kind} ${id}`)).toEqual([
      'fired alert-1',
      'over alert-1',
      'again alert-1',
      'over alert-1',
    ])
  })

  it('are told of what is not there any more that it is over', () => {
    const down = { name: 'deployment/ward/down', value: 1 }
    const other = { name: 'deployment/other/down', value: 0 }
    let watch = newWatch
    const says: string[] = []
    for (const [at, values] of [[down], [down], [down], [down], [other]].entries()) {
      const seen = { appliance: 'a', atMs: at * everyMs, everyMs, values, whole: ['deployment'] }
      const outcome = afterObservation(watch, seen, usualRules)
      watch = outcome.watch
      says.push(...outcome.changes.map(({ is, how }) => `${is} ${how}`))
    }
    expect(says).toEqual(['firing cleared', 'over gone'])
  })

  it('are told that nothing is heard, only where somebody listens', () => {
    const tickMs = 15_000
    const silent = (watchedSinceMs: number | undefined) => {
      let watch = newWatch
      const says: [number, string][] = []
      for (let nowMs = 0; nowMs < 10 * minuteMs; nowMs += tickMs) {
        const outcome = afterTick(watch, { nowMs, everyMs: tickMs, watchedSinceMs }, usualRules)
        watch = outcome.watch
        for (const { is, rule } of outcome.changes) if (is !== 'still') says.push([nowMs / 1000, `${rule.id} ${is}`])
      }
      return says
    }
    expect(silent(0)).toEqual([[75, 'no-data firing']])
    expect(silent(undefined)).toEqual([])
  })

  it('are told since when nothing came, and until when: not since it was missed, nor until it was sure', () => {
    const tickMs = 15_000
    let watch = newWatch
    let book: AlertBook = { active: [], past: [] }
    const take = ({ watch: next, changes }: ReturnType<typeof afterTick>) => {
      watch = next
      book = afterChanges(book, changes, { appliance: 'a', newId: () => 'alert-1' })
    }
    for (let nowMs = 0; nowMs <= 10 * minuteMs; nowMs += everyMs / 2) {
      const isCut = nowMs > 2 * minuteMs && nowMs < 5 * minuteMs
      const value = { name: 'host/cpu', value: 1 }
      if (!isCut) take(afterObservation(watch, { appliance: 'a', atMs: nowMs, everyMs, values: [value] }, usualRules))
      if (nowMs % tickMs === 0) take(afterTick(watch, { nowMs, everyMs: tickMs, watchedSinceMs: 0 }, usualRules))
    }
    const [past] = book.past
    expect([book.active, past?.rule, past?.sinceMs]).toEqual([[], 'no-data', 2 * minuteMs])
    expect(past?.over).toEqual({ atMs: 5 * minuteMs, how: 'cleared' })
  })
})

describe('whatever is seen', () => {
  const trace = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom<number | null>(60, 70, 82, 86, 95, null)),
    { maxLength: 40 },
  )
  const asLooks = (runs: readonly (readonly [number, number | null])[]) =>
    runs.flatMap(([count, value]) => Array<number | null>(count).fill(value))

  it('nobody is told twice of one firing, nor that it is over before that it is so', () => {
    void fc.assert(
      fc.property(trace, (runs) => {
        const last = new Map<string, { kind: NoticeKind; minute: number }>()
        for (const [minute, kind, ways, id] of play(asLooks(runs))) {
          const before = last.get(id)
          if (kind === 'fired') expect(before).toBeUndefined()
          if (kind === 'over') expect(before).toBeDefined()
          if (kind === 'over') expect(before?.kind).not.toBe('over')
          if (kind === 'again' && before?.kind !== 'over') {
            expect(minute - (before?.minute ?? 0)).toBeGreaterThanOrEqual(30)
          }
          if (ways.includes('mail')) last.set(id, { kind, minute })
        }
      }),
      { numRuns: 300 },
    )
  })

  it('a fault that lasts is told within its time and one look', () => {
    void fc.assert(
      fc.property(trace, (runs) => {
        const before = [...asLooks(runs), ...looks(90, 60)]
        const told = play([...before, ...looks(3, 95)])
        const fromMinute = before.length / 6
        const isTold = told.some(
          ([minute, kind]) => kind !== 'over' && minute >= fromMinute && minute <= fromMinute + 1 + 1 / 6,
        )
        expect(isTold).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

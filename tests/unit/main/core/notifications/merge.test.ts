// What happened, out of everything that is kept: each thing once, under the same id whenever it is asked for, newest first,
// and no more than somebody reads. Cases are data: what is kept, and one line for each thing that is said.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type Kept, mergeNotifications, type Naming } from '../../../../../main/core/notifications/merge.ts'
import { acceptanceHeadOf } from '../../../../../shared/domain/acceptance.ts'
import { alert, alertQuiet } from '../../../../../shared/domain/alert.ts'
import { channelState } from '../../../../../shared/domain/alert-channel.ts'
import { canaryHeadOf } from '../../../../../shared/domain/canary.ts'
import { keptNews, type Notification, notification } from '../../../../../shared/domain/notification.ts'
import { acceptanceOf } from '../../../../support/acceptance-cases.ts'
import { canaryResultAt } from '../../../../support/canary-results.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'

const cases = z.strictObject({
  nowMs: z.int(),
  cases: z.array(
    z.strictObject({
      about: z.string(),
      kept: z.strictObject({
        active: z.array(alert).default([]),
        past: z.array(alert).default([]),
        quiets: z.array(alertQuiet).default([]),
        news: z.array(keptNews).default([]),
        channels: z.array(channelState).default([]),
      }),
      /** "kind id place quiet|person"; "*" at the end of an id: whatever follows. */
      expected: z.array(z.string()),
    }),
  ),
})
const file = join(import.meta.dirname, '../../../../fixtures/notifications/merged.json')
const { nowMs, cases: all } = cases.parse(JSON.parse(readFileSync(file, 'utf8')))

const nothing: Kept = {
  ...{ book: { active: [], past: [] }, quiets: [], news: [], waiting: [], acceptances: [], canaries: [], channels: [] },
}
const ward = { name: 'Ward-3', saved: true, demo: false }
const naming = (atMs = nowMs): Naming => ({
  nowMs: atMs,
  at: ({ host, port }) => (host === '10.0.0.5' ? ward : { name: `${host}:${port}`, saved: false, demo: false }),
  ofKey: (key) => (key === '10.0.0.5:22' ? ward : { name: key, saved: false, demo: false }),
})

function lineOf({ id, isQuiet, about }: Notification): string {
  const place = 'place' in about ? [about.place.name] : []
  const person = about.kind === 'run' && about.needsPerson ? ['person'] : []
  return [about.kind, id, ...place, ...(isQuiet === true ? ['quiet'] : []), ...person].join(' ')
}

describe('what happened', () => {
  it.each(all)('$about', ({ kept, expected }) => {
    const { active, past, ...others } = kept
    const merged = mergeNotifications({ ...nothing, ...others, book: { active, past } }, naming())
    for (const one of merged) notification.parse(one)
    const lines = merged.map((one, at) => {
      const [stem = '', isOpen] = [expected[at]?.slice(0, -1), expected[at]?.endsWith('*')]
      return isOpen === true && lineOf(one).startsWith(stem) ? `${stem}*` : lineOf(one)
    })
    expect(lines).toEqual(expected)
  })

  it('is 200 things at most, the newest', () => {
    const news = Array.from({ length: 260 }, (_, at) => ({
      ...{ news: 'new-version' as const, atMs: nowMs - at * 1000, line: 'ward', version: 300 - at },
      publisher: { id: 'acme', name: 'Acme Medical' },
    }))
    const merged = mergeNotifications({ ...nothing, news: news.toReversed() }, naming())
    expect([merged.length, merged[0]?.id, merged.at(-1)?.id]).toEqual([200, 'acme-ward-300', 'acme-ward-101'])
  })

  it('has results when they ended, and of canaries only those that no alert says', () => {
    const asked = canaryResultAt(1, { verdict: 'failed' })
    const daily = canaryResultAt(2, { cause: 'schedule', verdict: 'failed' })
    const acceptance = acceptanceHeadOf({ document: acceptanceOf() })
    const kept = { ...nothing, canaries: [asked, daily].map(canaryHeadOf), acceptances: [acceptance] }
    const merged = mergeNotifications(kept, naming(Date.parse('2026-11-28T10:00:00Z')))
    expect(merged.map(lineOf)).toEqual([`acceptance ${acceptance.acceptanceId} Ward-3`, 'canary canary-00000001 h:22'])
    expect(merged[0]?.atMs).toBe(Date.parse(acceptance.startedAt) + acceptance.seconds * 1000)
  })

  it('has what waits now, since when it waits', () => {
    const address = { host: '10.0.0.5', port: 22, user: 'ops' }
    const head = { planId: 'plan-0000000000000001', address, purpose: settingUp('ward'), startedAt: 'then' }
    const merged = mergeNotifications({ ...nothing, waiting: [{ head, waits: 'lock', sinceMs: nowMs - 5 }] }, naming())
    expect(merged).toMatchObject([
      { atMs: nowMs - 5, about: { kind: 'run-waits', waits: 'lock', subject: { act: 'set-up', solution: 'ward' } } },
    ])
  })
})

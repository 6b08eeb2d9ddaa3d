// When a model is asked by itself: once a day, while nobody uses it, and not as soon as a console is opened.
import { describe, expect, it } from 'vitest'
import { type Due, isDue } from '../../../../../main/core/canary/daily.ts'

const minute = 60_000
const nowMs = Date.parse('2026-11-28T09:00:00.000Z')
const old = { startedAt: '2026-11-27T08:59:00.000Z' }
const usual: Due = { newest: old, nowMs, watchedMs: 20 * minute, servedAgoMs: undefined, triedAgoMs: undefined }

describe('a model is asked by itself', () => {
  it.each<[string, boolean, Partial<Due>]>([
    ['a day after it was asked', true, {}],
    ['not before', false, { newest: { startedAt: '2026-11-27T09:01:00.000Z' } }],
    ['not while its users are served', false, { servedAgoMs: 2 * minute }],
    ['some minutes after they were', true, { servedAgoMs: 6 * minute }],
    ['not as soon as a console is opened', false, { watchedMs: 5 * minute }],
    ['for the first time after an hour', true, { newest: undefined, watchedMs: 61 * minute }],
    ['and not before that', false, { newest: undefined }],
    ['not at once again where it could not be', false, { triedAgoMs: 5 * minute }],
    ['half an hour later', true, { triedAgoMs: 31 * minute }],
    ['also where the clock was set back', true, { newest: { startedAt: '2026-12-30T00:00:00.000Z' } }],
  ])('%s', (_, due, changes) => {
    expect(isDue({ ...usual, ...changes })).toBe(due)
  })
})

// Failures are plain data: every kind has a sample, survives the wire, and nothing else passes as one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidence, type Failure, failure, resultOf } from '../../../../shared/domain/failure.ts'
import { runEvent } from '../../../../shared/domain/run.ts'
import { samplesOf } from '../../../support/schema-samples.ts'

const samples = samplesOf(failure) as Failure[]
const kinds = [...new Set(samples.map((one) => one.kind))]

describe('a failure', () => {
  it('of every kind is accepted and survives a trip as JSON', () => {
    expect(kinds.length).toBeGreaterThan(40)
    for (const sample of samples) {
      expect(failure.parse(JSON.parse(JSON.stringify(sample)))).toEqual(sample)
    }
  })

  it.each(kinds)('of kind %s takes no field that it does not have', (kind) => {
    const sample = samples.find((one) => one.kind === kind)
    expect(failure.safeParse({ ...sample, extra: 1 }).success).toBe(false)
  })

  it('of an unknown kind, or without its fields, is none', () => {
    for (const value of [
      {},
      null,
      'usage',
      { kind: 'nothing' },
      { kind: 'usage' },
      { kind: 'port-taken', port: '8400' },
    ]) {
      expect(failure.safeParse(value).success).toBe(false)
    }
  })

  it('travels inside a result and inside the end of a run', () => {
    for (const sample of samples) {
      expect(resultOf(failure).safeParse({ ok: false, failure: sample }).success).toBe(true)
      const end = { event: 'run-end', run: 'run-20261120T080000Z-0badcafe', changed: 0, unchanged: 0, sentBytes: 0 }
      expect(runEvent.safeParse({ ...end, failure: sample })).toMatchObject({ success: true })
    }
  })
})

/** Control characters except tab and line feed, and whatever turns the reading direction. */
const hidden = /(?![\t\n])\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

describe('evidence from outside', () => {
  it('loses everything that could move a cursor or turn a line around', () => {
    expect(evidence('\u001b[31mred\u001b[0m')).toBe('[31mred[0m')
    expect(evidence('safe\u202egnp.exe\u2066\u200f')).toBe('safegnp.exe')
    expect(evidence('\u0000\u0007bell\u009b1m\u007f\r')).toBe('bell1m')
  })

  it('loses every character that Unicode calls a bidi control', () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code))
    const controls = all.filter((one) => /\p{Bidi_Control}/u.test(one))
    expect(controls.length).toBeGreaterThan(10)
    expect(controls.filter((one) => evidence(`a${one}b`) !== 'ab')).toEqual([])
  })

  it('keeps lines, tabs and every language', () => {
    expect(evidence('  第一行\n\tsecond: ü €  ')).toBe('第一行\n\tsecond: ü €')
  })

  it('is cut where it is too long, and says so', () => {
    expect(evidence('x'.repeat(1000))).toBe(`${'x'.repeat(600)} [cut]`)
    expect(evidence('x'.repeat(30), 30)).toBe('x'.repeat(30))
  })

  it('never throws, never hides anything, is bounded, and is the same when cleaned twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 900 }), fc.integer({ min: 1, max: 800 }), (raw, limit) => {
        const clean = evidence(raw, limit)
        expect(hidden.test(clean)).toBe(false)
        expect(clean.length).toBeLessThanOrEqual(limit + ' [cut]'.length)
        if (!clean.endsWith('[cut]')) expect(evidence(clean, limit)).toBe(clean)
      }),
    )
  })
})

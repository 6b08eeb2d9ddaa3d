// What people are told of an alert, in both languages: everything that it takes to act, and nothing that an appliance
// could make of it.
import { describe, expect, it } from 'vitest'
import { type Alert, alertRuleId, noticeKind } from '../../../../shared/domain/alert.ts'
import { usualRules } from '../../../../shared/observe/alerts/rules.ts'
import { alertMessage } from '../../../../shared/words/alert-text.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'

const timeText = (ms: number) => new Date(ms).toISOString()

const alertOf = (rule: Alert['rule'], more: Partial<Alert> = {}): Alert => ({
  ...{ id: 'alert-1', appliance: '10.0.0.5:22', rule, subject: 'nvidia 3', severity: 'critical' },
  ...{ sinceMs: 0, firedMs: 60_000, seenMs: 60_000, value: 0.987, limit: 0.95, flaps: 0, told: {} },
  ...more,
})
const telling = (rule: Alert['rule']) => ({
  ...{ kind: 'fired' as const, appliance: 'ward-a', timeText },
  unit: usualRules.find(({ id }) => id === rule)?.unit ?? ('state' as const),
})

describe.each(['en', 'zh-CN'] as const)('a message in %s', (language) => {
  const words = wordsOf(language)

  it.each(alertRuleId.options)('of %s says what, where, since when, and what to do', (rule) => {
    const { title, lines } = alertMessage([alertOf(rule)], telling(rule), words)
    expect(title).toContain('ward-a')
    expect(title).toContain(words.alerts.severities.critical)
    for (const part of ['ward-a', '1970-01-01T00:00:00.000Z', words.alerts.rules[rule].fix]) {
      expect(lines.join('\n')).toContain(part)
    }
    const hasAmount = telling(rule).unit !== 'state'
    expect(lines.some((line) => line.includes(words.alerts.labels.limit))).toBe(hasAmount)
  })

  it.each(noticeKind.options)('is one line of title, also when it is %s', (kind) => {
    const subject = 'x\r\nBcc: all\u0000\u202e\u2028'.repeat(40)
    const about = { ...telling('disk-full'), kind, appliance: subject }
    const { title, lines } = alertMessage([alertOf('disk-full', { subject })], about, words)
    expect(title.length).toBeLessThanOrEqual(200)
    for (const line of [title, ...lines]) expect(line).not.toMatch(/[\p{Cc}\u202e\u2028]/u)
  })

  it('that it is over says so, and asks for nothing', () => {
    const over = { atMs: 120_000, how: 'cleared' as const }
    const { title, lines } = alertMessage(
      [alertOf('temperature', { over, flaps: 2 })],
      { ...telling('temperature'), kind: 'over' },
      words,
    )
    expect(title).toContain(words.alerts.kinds.over)
    expect(lines.join('\n')).toContain(words.alerts.over.cleared)
    expect(lines.join('\n')).not.toContain(words.alerts.rules.temperature.fix)
    expect(lines).toContain(words.alerts.flapping(2))
  })
})

describe('a message', () => {
  it('reads as a person would write it', () => {
    const alert = alertOf('device-memory-full')
    expect(alertMessage([alert], telling('device-memory-full'), wordsOf('en'))).toEqual({
      title: '[critical] ward-a NVIDIA 3: accelerator memory is full',
      lines: [
        'NVIDIA 3: accelerator memory is full',
        'Appliance: ward-a',
        'Since: 1970-01-01T00:00:00.000Z',
        'Now: 98.7 %',
        'Limit: 95 %',
        expect.stringMatching(/^What to do: Requests will fail soon/),
      ],
    })
  })

  it('of several says which, how many more, and the value of each', () => {
    const card = (number: number) =>
      alertOf('temperature', { subject: `ascend ${number}`, value: 90 + number, limit: 85 })
    const eight: [Alert, ...Alert[]] = [card(0), ...[1, 2, 3, 4, 5, 6, 7].map(card)]
    const { title, lines } = alertMessage(eight, telling('temperature'), wordsOf('en'))
    expect(title).toBe('[critical] ward-a Ascend 0, Ascend 1, Ascend 2 and 5 more: accelerator is too hot')
    expect(lines[0]).toMatch(/^Ascend 0, .*, Ascend 7: accelerator is too hot$/)
    expect(lines[3]).toMatch(/^Now: Ascend 0 90 °C; .*; Ascend 7 97 °C$/)
    expect(alertMessage(eight, telling('temperature'), wordsOf('zh-CN')).title).toBe(
      '[严重] ward-a Ascend 0、Ascend 1、Ascend 2 等 8 项：加速卡温度过高',
    )
  })

  it('that several are over has the first beginning and the last end', () => {
    const gone = alertOf('device-lost', { over: { atMs: 180_000, how: 'gone' }, sinceMs: 30_000, subject: 'nvidia 4' })
    const back = alertOf('device-lost', { over: { atMs: 120_000, how: 'cleared' }, sinceMs: 60_000 })
    const { lines } = alertMessage([back, gone], { ...telling('device-lost'), kind: 'over' }, wordsOf('en'))
    expect(lines).toEqual([
      'NVIDIA 3, NVIDIA 4: accelerator does not answer',
      'Appliance: ward-a',
      'Since: 1970-01-01T00:00:30.000Z',
      'Until: 1970-01-01T00:03:00.000Z; it is well again; it is not there any more',
    ])
  })

  it('begins with why people are told again', () => {
    const words = wordsOf('en')
    const again = alertMessage([alertOf('temperature')], { ...telling('temperature'), kind: 'escalated' }, words)
    expect(again.title).toBe('[critical] ward-a Nobody has acknowledged it: NVIDIA 3: accelerator is too hot')
  })
})

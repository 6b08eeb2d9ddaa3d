// Times in words: two units, figures that keep their width, guesses no finer than they are known.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { durationText, guessText, shortText } from '../../../../shared/words/durations.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

describe('a measured time', () => {
  it.each([
    [0, '0 s', '0 秒'],
    [0.3, '1 ms', '1 毫秒'],
    [12, '12 ms', '12 毫秒'],
    [120, '0.1 s', '0.1 秒'],
    [4230, '4.2 s', '4.2 秒'],
    [9960, '10 s', '10 秒'],
    [48 * second, '48 s', '48 秒'],
    [59.7 * second, '1 m 00 s', '1 分 00 秒'],
    [126 * second, '2 m 06 s', '2 分 06 秒'],
    [hour + 4 * minute, '1 h 04 m', '1 小时 04 分'],
    [26 * hour, '1 d 2 h', '1 天 2 小时'],
    [-5, '0 s', '0 秒'],
  ])('of %d ms is %s', (milliseconds, english, chinese) => {
    expect([durationText(milliseconds, 'en'), durationText(milliseconds, 'zh-CN')]).toEqual([english, chinese])
  })

  it('never shows sixty of a unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 24 * hour }), (milliseconds) => {
        expect(durationText(milliseconds, 'en')).not.toMatch(/\b(60 [sm]|24 h)\b/)
      }),
    )
  })
})

describe('a guess', () => {
  it.each([
    [0, 'less than a minute', '不到 1 分钟'],
    [61 * second, 'about 2 min', '约 2 分钟'],
    [11 * minute, 'about 11 min', '约 11 分钟'],
    [33 * minute, 'about 35 min', '约 35 分钟'],
    [2.2 * hour, 'about 2.5 h', '约 2.5 小时'],
  ])('of %d ms is %s', (milliseconds, english, chinese) => {
    expect([guessText(milliseconds, 'en'), guessText(milliseconds, 'zh-CN')]).toEqual([english, chinese])
  })
})

describe('how long a check took', () => {
  it.each([
    [0.00266, '1 ms', '1 毫秒'],
    [44.8, '45 ms', '45 毫秒'],
    [650.4, '650 ms', '650 毫秒'],
    [1234, '1.2 s', '1.2 秒'],
  ])('%d ms is said as %s', (milliseconds, english, chinese) => {
    expect([shortText(milliseconds, 'en'), shortText(milliseconds, 'zh-CN')]).toEqual([english, chinese])
  })
})

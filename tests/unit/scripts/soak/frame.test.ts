// The frame of the soaks: which words start which, and a table that keeps the last result of each.
import { describe, expect, it } from 'vitest'
import { readSoakLine } from '../../../../scripts/soak/command-line.ts'
import { emptyTable, reportText, type Soak, withResult } from '../../../../scripts/soak/frame.ts'

const soak = (name: string): Soak => ({
  name,
  about: `all of ${name}`,
  run: async () => ({ counts: {}, problems: [] }),
})
const soaks = [soak('canary'), soak('kills')]
const kept = { date: '2026-11-26', commit: 'abc1234', seed: '7' }

describe('the words after npm run soak', () => {
  it('start the soak they name, with a seed or without', () => {
    expect(readSoakLine(['kills'], soaks)).toEqual({ kind: 'run', soak: soaks[1], seed: undefined })
    for (const words of [
      ['kills', '--seed', '7'],
      ['--seed=7', 'kills'],
    ]) {
      expect(readSoakLine(words, soaks)).toEqual({ kind: 'run', soak: soaks[1], seed: '7' })
    }
  })

  it('start every one of them by the word all', () => {
    expect(readSoakLine(['all', '--seed', '7'], soaks)).toEqual({ kind: 'all', seed: '7' })
  })

  it('list what there is when none is named', () => {
    expect(readSoakLine([], soaks)).toEqual({ kind: 'list' })
  })

  it.each([
    [['killz'], 'there is no soak killz'],
    [['kills', 'canary'], 'canary is a word too many'],
    [['kills', '--seed'], '--seed takes a whole number'],
    [['kills', '--seed', 'x'], '--seed takes a whole number'],
    [['--seed', '7'], '--seed needs a soak'],
    [['kills', '--fast'], 'there is no option --fast'],
  ])('say what is wrong with %j', (words, why) => {
    expect(readSoakLine(words, soaks)).toEqual({ kind: 'wrong', why: expect.stringContaining(why) })
  })
})

describe('the result of a soak', () => {
  it('says every count, every problem and the seed that repeats it', () => {
    const text = reportText(soak('kills'), '7', { counts: { leaks: 1, looks: 40 }, problems: ['a secret in a log'] })
    expect(text).toMatch(/1 {2}leaks\n +40 {2}looks\nseed 7: did not hold: 1 problems\n {2}- a secret in a log$/)
  })

  it('takes the place of the last one of that soak in the table, and leaves the others', () => {
    const first = withResult(emptyTable, { soak: 'kills', ...kept, report: { counts: { leaks: 0 }, problems: [] } })
    const both = withResult(first, { soak: 'canary', ...kept, report: { counts: {}, problems: ['one', 'two'] } })
    const again = withResult(both, {
      soak: 'kills',
      ...kept,
      seed: '8',
      report: { counts: { leaks: 3 }, problems: [] },
    })
    expect(again).toBe(
      `${emptyTable}| kills | 2026-11-26 | abc1234 | 8 | held | 3 leaks |\n| canary | 2026-11-26 | abc1234 | 7 | 2 problems |  |\n`,
    )
  })
})

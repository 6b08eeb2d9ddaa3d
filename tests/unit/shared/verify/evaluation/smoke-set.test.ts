// The questions that come with the console: as many in each language, letters evenly spread, each right answer among its
// options, and the same question twice nowhere. Whether they are right, people have read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isInChinese, questionText } from '../../../../../shared/verify/evaluation/item-question.ts'
import { readSet } from '../../../../../shared/verify/evaluation/read-set.ts'
import { sampledItems } from '../../../../../shared/verify/evaluation/sample.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'

const read = readSet(readFileSync(join(repositoryRoot, 'resources', 'evaluation', 'smoke.json'), 'utf8'))
if (!read.ok) throw new Error(read.problem)
const { items, refused } = read

describe('the set that comes with the console', () => {
  it('has fifty questions, half of them Chinese, and each once', () => {
    expect([items.length, refused]).toEqual([50, 0])
    expect(items.filter(isInChinese)).toHaveLength(25)
    expect(new Set(items.map(({ question }) => question)).size).toBe(50)
    expect(items.every(({ options }) => new Set(options).size === options.length)).toBe(true)
  })

  it('has the right letters evenly spread, so that no letter alone makes a score', () => {
    const counts = ['A', 'B', 'C', 'D'].map((letter) => items.filter(({ right }) => right.includes(letter)).length)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2)
    expect(items.filter(({ right }) => right.length > 1).map(({ right }) => right)).toEqual(['AC', 'BD', 'AC', 'BD'])
  })
})

describe('what a model is asked', () => {
  it('is asked in the language of the question, with its options, and for one letter or several', () => {
    const texts = items.map(questionText)
    expect(texts.filter((text) => text.includes('单项选择题'))).toHaveLength(23)
    expect(texts.filter((text) => text.includes('多项选择题'))).toHaveLength(2)
    expect(texts.filter((text) => text.includes('one right option'))).toHaveLength(23)
    expect(texts[0]).toBe(
      [
        '下面是一道单项选择题，只有一个选项正确。请只回答正确选项的字母，不要解释。',
        '',
        '成年人安静时的正常心率通常在每分钟多少次之间？',
        ...['A. 20～40 次', 'B. 60～100 次', 'C. 120～150 次', 'D. 160～200 次', '', '答案：'],
      ].join('\n'),
    )
  })
})

describe('a sample', () => {
  it('is the same for the same seed, in the order of the set, each question once', () => {
    const one = sampledItems(1000, { limit: 50, seed: 3 })
    expect(sampledItems(1000, { limit: 50, seed: 3 })).toEqual(one)
    expect(sampledItems(1000, { limit: 50, seed: 4 })).not.toEqual(one)
    expect([...new Set(one)].sort((a, b) => a - b)).toEqual(one)
    expect(one).toHaveLength(50)
  })

  it('takes from the whole of it', () => {
    const drawn = new Set(Array.from({ length: 40 }, (_, seed) => sampledItems(20, { limit: 5, seed })).flat())
    expect(drawn.size).toBe(20)
  })

  it('is all of it where there is no limit, or one that is larger', () => {
    expect(sampledItems(3, { seed: 1 })).toEqual([0, 1, 2])
    expect(sampledItems(3, { limit: 9, seed: 1 })).toEqual([0, 1, 2])
  })
})

// What the demo's model says: fitting to the question, and never to be taken for something computed.
import { describe, expect, it } from 'vitest'
import { cannedAnswer } from '../../../../../main/demo/services/canned-text.ts'
import { piecesOf } from '../../../../../main/demo/services/text-pieces.ts'
import { importApp } from '../../../resources/reference-app/app-under-test.ts'

const { buildMessages } = await importApp('prompts.mjs')

const plain = (asked: string) => cannedAnswer({ instructions: '', asked })
const note = (language: 'en' | 'zh-CN', visit: string) => {
  const [system, user] = buildMessages(visit, language)
  return cannedAnswer({ instructions: system?.content ?? '', asked: user?.content ?? '' })
}

describe('a prepared answer', () => {
  it('to the probe ends by itself within the tokens that the probe allows', () => {
    const pieces = piecesOf(plain('Say that you are ready.'))
    expect(pieces.length).toBeGreaterThanOrEqual(25)
    expect(pieces.length).toBeLessThanOrEqual(32)
  })

  it.each([
    ['en', ['Chief complaint', 'Examination', 'Follow-up', 'For the clinician to check'], 'Fever since Monday.'],
    ['zh-CN', ['主诉', '体格检查', '随访', '待医生核对'], '周一起发热。'],
  ] as const)('to the app has the headings it asks for, in %s', (language, headings, visit) => {
    const answer = note(language, visit)
    for (const heading of headings) expect(answer).toContain(heading)
  })

  it('keeps to the language of the instructions when the visit is written in another', () => {
    expect(note('en', '周一起发热。')).toContain('Chief complaint')
  })

  it.each([
    ['English', 'What is the capital of France?', /demo.*nothing is computed/s],
    ['Chinese', '法国的首都是哪里？', /演示.*没有进行任何计算/s],
  ])('to anything else says what it is, in %s', (_language, asked, says) => {
    expect(plain(asked)).toMatch(says)
  })

  it.each([plain('Say that you are ready.'), plain('准备好了吗？'), plain(''), note('en', 'x'), note('zh-CN', 'x')])(
    'says first of all that it is a demo (%#)',
    (text) => {
      expect(text.slice(0, 60)).toMatch(/demo|演示/i)
    },
  )
})

describe('pieces', () => {
  it.each([
    ['about four characters of English', plain('hello'), 3, 5],
    ['about one and a half of Chinese', plain('你好'), 1.2, 1.9],
  ])('hold %s each', (_what, text, least, most) => {
    const pieces = piecesOf(text)
    expect(pieces.join('')).toBe(text)
    expect(text.length / pieces.length).toBeGreaterThan(least)
    expect(text.length / pieces.length).toBeLessThan(most)
  })

  it('are none for no text', () => {
    expect(piecesOf('')).toEqual([])
  })

  it('never cut a character in two', () => {
    expect(piecesOf('😀 ok')).toEqual(['😀', ' ok'])
  })
})

// What can be no answer, whatever was asked; and what is strange and may be one.
import { describe, expect, it } from 'vitest'
import { oddIn } from '../../../../shared/verify/odd-answer.ts'

describe('an answer', () => {
  it.each([
    ['', 'empty'],
    [' \n\t\n ', 'empty'],
    ['!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!', 'repeated'],
    ['Yes!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!', 'repeated'],
    ['的的的的的的的的的的的的的的的的', 'repeated'],
    ['ready ready ready ready ready ready', 'repeated'],
    ['\uFFFD\uFFFDa\uFFFD\uFFFD\uFFFDb\uFFFD', 'not-text'],
    ['\u0000\u0001\u0002abc', 'not-text'],
    ['\uE000\uE001\uE002\uE003', 'not-text'],
  ])('%j is none: %s', (text, odd) => {
    expect(oddIn(text)).toBe(odd)
  })

  it.each([
    ['I am ready.'],
    ['我已准备就绪。'],
    ['ok'],
    ['!!!'],
    ['Yes. I am ready. Yes. I am ready to help. How can I help you?'],
    ['basssw, kokloxko,mxakppvg zj eh eppugi zi za z z'],
    ['cicicicicippppb,cicicicicici vzvrmvcicsprrrrrvrv'],
    ['ready 😀 👩‍⚕️ ✅'],
    ['The answer is caf\uFFFD, which I would rather write otherwise.'],
  ])('%j may be one', (text) => {
    expect(oddIn(text)).toBeUndefined()
  })
})

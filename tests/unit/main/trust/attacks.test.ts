// The attacks that TUF names, one after the other: each is refused with an answer of its own, and leaves what this
// console knows, and every file outside of the folder, as it was (P34, P35).
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyBundle } from '../../../../main/trust/verify.ts'
import { untrustedProblems } from '../../../../shared/domain/publisher.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { answerOf, attacks, today } from '../../../support/bundle-attacks.ts'

describe('an attack on a bundle', () => {
  it.each(attacks)('$name is refused as $expected, and nothing has changed', ({ expected, make }) => {
    const { folder, state } = make()
    const sentinel = join(dirname(folder), 'sentinel.yaml')
    writeFileSync(sentinel, 'untouched')
    const before = structuredClone(state)
    const answer = verifyBundle(folder, { state, now: today, bundleId: 'bundle-1' })
    expect(answer.ok ? 'taken' : answerOf(answer.failure)).toBe(expected)
    expect(state).toEqual(before)
    expect(readFileSync(sentinel, 'utf8')).toBe('untouched')
  })

  it.each(['en', 'zh-CN'] as const)('is told apart from every other one in %s', (language) => {
    const said = untrustedProblems.map((problem) => {
      const failure = { kind: 'bundle-not-trusted', folder: '/b', problem, file: '', detail: '' } as const
      return wordsOf(language).failures['bundle-not-trusted'](failure).what
    })
    expect(new Set(said).size).toBe(untrustedProblems.length)
  })
})

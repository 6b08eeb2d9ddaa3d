import { describe, expect, it } from 'vitest'
import { matchesWildcards } from '../../../../main/connect/wildcards.ts'

describe('a pattern of OpenSSH', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', '', true],
    ['?', '', false],
    ['?', 'ab', false],
    ['a*', 'a', true],
    ['a*c', 'abc', true],
    ['a*c', 'abcd', false],
    ['*.lab', 'ward.lab', true],
    ['*.lab', 'ward-lab', false],
    ['*ab?', 'aababc', true],
    ['a.c', 'abc', false],
    ['Ward', 'ward', false],
    ['w*(+)', 'ward(+)', true],
  ])('%s and the name %s: %s', (pattern, text, fits) => {
    expect(matchesWildcards(pattern, text)).toBe(fits)
  })
})

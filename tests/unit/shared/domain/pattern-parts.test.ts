// Patterns of schemas, taken apart so that they can be said in words.
import { describe, expect, it } from 'vitest'
import { patternParts } from '../../../../shared/domain/pattern-parts.ts'

describe('a plain pattern', () => {
  it.each([
    [
      '^[a-z0-9][a-z0-9.-]{0,62}$',
      [
        [['a-z', '0-9'], 1, 1],
        [['a-z', '0-9', '.', '-'], 0, 62],
      ],
    ],
    [
      '^[a-z][a-z0-9-]*@[0-9]+$',
      [
        [['a-z'], 1, 1],
        [['a-z', '0-9', '-'], 0, undefined],
        [['@'], 1, 1],
        [['0-9'], 1, undefined],
      ],
    ],
    [
      '^\\/[A-Za-z]?$',
      [
        [['/'], 1, 1],
        [['A-Z', 'a-z'], 0, 1],
      ],
    ],
    [
      '^0[0-7]{3}$',
      [
        [['0'], 1, 1],
        [['0-7'], 3, 3],
      ],
    ],
    [
      '^x\\.(?:service|socket)$',
      [
        [['x'], 1, 1],
        [['.'], 1, 1],
        [['service', 'socket'], 1, 1],
      ],
    ],
    ['^[\\]x]{2,}$', [[[']', 'x'], 2, undefined]]],
  ])('%s is understood', (source, expected) => {
    const parts = patternParts(source)?.map(({ oneOf, least, most }) => [oneOf, least, most])
    expect(parts).toEqual(expected)
  })

  it.each(['a', '^a', 'a$', '^\\d+$', '^[\\w]$', '^[^a]$', '^(?!a)b$', '^(?:a[b]|c)$', '^a|b$', '^a.b$'])(
    '%s says more than these can',
    (source) => {
      expect(patternParts(source)).toBeUndefined()
    },
  )
})

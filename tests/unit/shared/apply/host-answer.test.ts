// Answers of the system, line by line: what is understood, and that nothing else is.
import { describe, expect, it } from 'vitest'
import { answerTo, firstOf, linesOf, pathLookOf, unusablePath } from '../../../../shared/apply/host-answer.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'

const sum = 'b'.repeat(64)
const read = (text: string) => pathLookOf(known(text))

describe('an answer', () => {
  it('is lines by their first word, of each word as many as there are, and not without end', () => {
    const lines = linesOf('one two three\none\n\nfour ')
    expect([...lines]).toEqual([
      ['one', ['two three', '']],
      ['', ['']],
      ['four', ['']],
    ])
    expect([firstOf(lines, 'one'), firstOf(lines, 'five')]).toEqual(['two three', undefined])
    expect(linesOf('x\n'.repeat(9000)).get('x')).toHaveLength(5000)
  })

  it('to what nobody asked is not there', () => {
    expect(answerTo('a', {})).toEqual(unreadable('it was not looked at'))
    expect(answerTo('a', { host: new Map([['b', known('x')]]) })).toEqual(unreadable('it was not looked at'))
    expect(answerTo('a', { host: new Map([['a', known('x')]]) })).toEqual(known('x'))
  })
})

describe('a path', () => {
  const empty = { owner: '', group: '', mode: '0000', sha256: '', content: '' }
  const held = { owner: 'li', group: 'users', mode: '0640' }

  it.each(['nothing', 'link', 'other'] as const)('is %s', (is) => {
    expect(read(`is ${is}\n`)).toEqual(known({ ...empty, is }))
  })

  it('is a folder with its owner, or a file with its content, whatever is in that', () => {
    expect(read('is directory\nheld li users 640\n')).toEqual(known({ ...empty, ...held, is: 'directory' }))
    const content = 'is link\ncontent\nheld root root 777'
    expect(read(`is file\nheld li users 640\nsha256 ${sum}\ncontent\n${content}`)).toEqual(
      known({ ...held, is: 'file', sha256: sum, content }),
    )
    expect(read(`is file\nheld li users 640\nsha256 ${sum}\nlarge\n`)).toEqual(
      known({ ...held, is: 'file', sha256: sum, content: '\0' }),
    )
    expect(read('is directory\nheld li users 1777\n')).toMatchObject({ value: { mode: '1777' } })
  })

  it.each([
    ['of another kind', 'is pipe\n'],
    ['of no kind', `held li users 640\nsha256 ${sum}\n`],
    ['without an owner', 'is directory\n'],
    ['of no mode', 'is directory\nheld li users\n'],
    ['of a mode that is none', 'is directory\nheld li users 698\n'],
    ['of a mode too long', 'is directory\nheld li users 07777\n'],
    ['of a mode with more behind it', 'is directory\nheld li users 7x\n'],
    ['of a mode with more before it', 'is directory\nheld li users x7\n'],
    ['without a digest', 'is file\nheld li users 640\n'],
    ['of a digest too short', `is file\nheld li users 640\nsha256 ${sum.slice(1)}\n`],
    ['of a digest too long', `is file\nheld li users 640\nsha256 ${sum}b\n`],
    ['of a digest with more before it', `is file\nheld li users 640\nsha256 x${sum}\n`],
  ])('%s is not understood', (_what, text) => {
    expect(read(text)).toEqual(unreadable(`not understood: ${text.trim()}`.slice(0, 166)))
  })

  it('is in the way where it is something else, and only where that is known', () => {
    const unusable = (text: string, wanted: 'file' | 'directory') => unusablePath('/x', read(text), wanted)
    const failure = { kind: 'host-object-unusable', what: '/x' }
    expect(unusable('is link\n', 'file')).toEqual({ ...failure, problem: 'link' })
    expect(unusable('is other\n', 'file')).toEqual({ ...failure, problem: 'other-kind' })
    expect(unusable('is directory\nheld a b 7\n', 'file')).toEqual({ ...failure, problem: 'other-kind' })
    for (const text of ['is nothing\n', 'is directory\nheld a b 7\n', 'is pipe\n']) {
      expect(unusable(text, 'directory')).toBeUndefined()
    }
  })
})

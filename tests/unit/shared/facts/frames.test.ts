// Frames come back over a link that may cut, replace or precede them with noise.
import { describe, expect, it } from 'vitest'
import { frameText, readFrames } from '../../../../shared/facts/frames.ts'

const nonce = 'abcdefgh12345678'

function frame(id: string, head: string, stdout: string, stderr = ''): string {
  return `\n${nonce} answer ${id} ${head}\n${stdout}\n${nonce} stderr\n${stderr}\n${nonce} end\n`
}

describe('readFrames', () => {
  it('reads answers between noise, with outputs that hold newlines, bars and other nonces', () => {
    const tricky = 'a\n\nzzzzzzzz12345678 answer x answered 0 - 1 1 0 0\n| b |\n'
    const text = `Welcome!\n${frame('one', 'answered 0 - 52 52 3 3', tricky.slice(0, 52).padEnd(52), 'bad')}noise${frame('two', 'missing 127 - 0 0 0 0', '')}`
    const answers = readFrames(text, nonce)
    expect([...answers.keys()]).toEqual(['one', 'two'])
    expect(answers.get('one')).toMatchObject({
      state: 'answered',
      exitCode: { state: 'known', value: 0 },
      stderr: 'bad',
      damage: undefined,
    })
    expect(answers.get('two')).toMatchObject({ state: 'missing', stdout: '' })
  })

  it('says since when a tool hangs, and that it has no exit code', () => {
    const answers = readFrames(frame('tool', 'still-hung - 2026-11-22T08:01:02Z 0 0 0 0', ''), nonce)
    expect(answers.get('tool')).toMatchObject({
      state: 'still-hung',
      exitCode: { state: 'unreadable' },
      since: { state: 'known', value: '2026-11-22T08:01:02Z' },
    })
  })

  it('reads a frame that frameText wrote', () => {
    expect(readFrames(frameText(nonce, 'uname', 'ward\n6.1\nx86_64\n'), nonce).get('uname')?.stdout).toBe(
      'ward\n6.1\nx86_64\n',
    )
    expect(readFrames(frameText(nonce, 'podman', '', 127), nonce).get('podman')?.state).toBe('missing')
  })

  it.each([
    ['ends inside stdout', `\n${nonce} answer x answered 0 - 100 100 0 0\nhalf an ans`, 'breaks off'],
    ['ends before the end mark', `\n${nonce} answer x answered 0 - 4 4 0 0\nfull\n${nonce} stderr\n`, 'breaks off'],
    ['ends inside the head', `\n${nonce} answer x answered 0 - 4 4 0 0`, 'breaks off'],
    ['counts more than there is', frame('x', 'answered 0 - 5 5 0 0', 'four'), 'wrong length'],
    ['counts less than there is', frame('x', 'answered 0 - 3 3 0 0', 'four'), 'wrong length'],
    ['counts a wrong stderr', frame('x', 'answered 0 - 4 4 9 9', 'four', 'bad'), 'wrong length'],
    ['was cut at the limit', frame('x', 'answered 0 - 4 400 0 0', 'four'), 'too long: 400 bytes'],
  ])('marks an answer as damaged that %s', (_what, text, damage) => {
    expect(readFrames(text, nonce).get('x')?.damage).toContain(damage)
  })

  it('counts bytes, not characters, and allows for what a decoder replaced', () => {
    expect(readFrames(frame('x', 'answered 0 - 6 6 0 0', '温度'), nonce).get('x')?.damage).toBeUndefined()
    expect(readFrames(frame('x', 'answered 0 - 5 5 0 0', '\ufffd\ufffdabc'), nonce).get('x')?.damage).toBeUndefined()
    expect(readFrames(frame('x', 'answered 0 - 4 4 0 0', '\ufffd\ufffdabc'), nonce).get('x')?.damage).toContain(
      'wrong length',
    )
  })

  it.each([
    ['an id with a path', frame('../x', 'answered 0 - 4 4 0 0', 'four')],
    ['a state that is none', frame('x', 'happy 0 - 4 4 0 0', 'four')],
    ['a count that is none', frame('x', 'answered 0 - 4 1e9 0 0', 'four')],
    ['a word too many', frame('x', 'answered 0 - 4 4 0 0 0', 'four')],
    ['another nonce', frame('x', 'answered 0 - 4 4 0 0', 'four').replaceAll(nonce, 'ABCDEFGH12345678')],
  ])('skips a frame with %s', (_what, text) => {
    expect(readFrames(text, nonce).size).toBe(0)
  })

  it('keeps the first of two frames with one id, and at most 200 frames', () => {
    const twice = frame('x', 'answered 0 - 5 5 0 0', 'first') + frame('x', 'answered 0 - 6 6 0 0', 'second')
    expect(readFrames(twice, nonce).get('x')?.stdout).toBe('first')
    const many = Array.from({ length: 500 }, (_, index) => frame(`p${index}`, 'answered 0 - 0 0 0 0', '')).join('')
    expect(readFrames(many, nonce).size).toBe(200)
  })
})

import { describe, expect, it } from 'vitest'
import { workName, workText } from '../../../../main/connect/work-text.ts'

describe('the work of a call', () => {
  it('is the quoted line of a command, or the text of a script', () => {
    expect(workText({ words: ['echo', 'c d', "e'f"] })).toBe(`echo 'c d' 'e'\\''f'`)
    expect(workText({ name: 'n', text: 'echo $HOME' })).toBe('echo $HOME')
  })

  it('is called by its program or its name in messages, never by its arguments', () => {
    expect([workName({ words: ['echo', 'x'] }), workName({ name: 'n', text: 'x' })]).toEqual(['echo', 'n'])
  })
})

// The first line of a script for an appliance: what was written is read again, and nothing else is.
import { describe, expect, it } from 'vitest'
import { readScriptHead, type ScriptHead, scriptHead } from '../../../../shared/domain/script-head.ts'

const heads: ScriptHead[] = [
  { block: 'last-run' },
  { block: 'facts', nonce: 'n0nce0123456789abc', ids: ['a', 'b c'] },
  { block: 'baseline', text: '{"a": "line one\nline two"}' },
  { block: 'farewell', keepsData: true },
]

describe('the head of a script', () => {
  it.each(heads)('is one comment, and is read as it was written: %j', (head) => {
    const line = scriptHead(head)
    expect(line).toMatch(/^# rackside [^\n]+\n$/)
    expect(readScriptHead(line)).toEqual(head)
    expect(readScriptHead(`${line}echo "# rackside other 1 {}"\n`)).toEqual(head)
    expect(readScriptHead(line.trimEnd())).toEqual(head)
  })

  it.each([
    ['', 'nothing'],
    ['echo hello\n', 'no comment'],
    [' # rackside last-run 1 {}\n', 'a space before it'],
    ['\n# rackside last-run 1 {}\n', 'a line before it'],
    ['# Rackside last-run 1 {}\n', 'another word'],
    ['# rackside last-run 2 {}\n', 'another format'],
    ['# rackside last-run {}\n', 'no format'],
    ['# rackside unheard-of 1 {}\n', 'a block that is not known'],
    ['# rackside last-run 1 {"more": 1}\n', 'more than the block has'],
    ['# rackside facts 1 {"nonce": "n0nce0123456789abc"}\n', 'less than the block has'],
    ['# rackside last-run 1 {\n', 'broken JSON'],
    ['# rackside last-run 1\n', 'no JSON'],
  ])('is not read of %j: %s', (text) => {
    expect(readScriptHead(text)).toBeUndefined()
  })
})

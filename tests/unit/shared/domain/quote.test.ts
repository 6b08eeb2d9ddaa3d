// Words become shell text in one function; real shells say whether they come out as they went in.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandLine, quoteWord, readQuotedWord } from '../../../../shared/domain/quote.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'

const nasty = [
  '',
  ' ',
  "'",
  "''",
  "'\\''",
  '"',
  '$HOME',
  '$(id)',
  '`id`',
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '*',
  '~',
  '~root',
  '!',
  '!!',
]
const more = [
  '#x',
  '-n',
  '--',
  '-',
  ';',
  '&&',
  '|',
  '>x',
  '<x',
  '{a,b}',
  '[a]',
  '?',
  '=',
  'a=b',
  '%s',
  '\t',
  '\u0001',
  '\u007f',
  '\u202e',
  '病区',
]

const word = fc
  .oneof(
    fc.constantFrom(...nasty, ...more),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', '$', '`', ' ', '\n', '*', ';', '(', ')'), maxLength: 12 }),
  )
  .map((text) => text.replaceAll('\0', ''))

/** Prints every word of the command with a NUL behind it, through one shell. */
function throughShell(shell: readonly [string, ...string[]], words: readonly string[]): string[] {
  const script = `printf '%s\\0' ${words.map(quoteWord).join(' ')}\n`
  const { stdout, stderr } = runInShell(shell, script)
  expect(stderr).toBe('')
  return stdout.split('\0').slice(0, -1)
}

describe.each(realShells.map((shell) => [shell.join(' '), shell] as const))('in %s', (_name, shell) => {
  it('every word arrives as one word, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        expect(throughShell(shell, words)).toEqual(words)
      }),
      { numRuns: 40 },
    )
  })

  it('the known troublemakers arrive unharmed', () => {
    expect(throughShell(shell, [...nasty, ...more])).toEqual([...nasty, ...more])
  })

  it('a program whose name looks like an assignment is still a program', () => {
    const { status, stderr } = runInShell(shell, `${commandLine({ words: ['A=1', 'x'] })}\n`)
    expect(status).toBe(127)
    expect(stderr).toMatch(/not found/)
  })
})

describe('a word', () => {
  it('stays readable where nothing needs quoting', () => {
    expect(commandLine({ words: ['docker', 'run', '--name', 'a-b_c.1:2/3=4,5@6%7+8'] })).toBe(
      'docker run --name a-b_c.1:2/3=4,5@6%7+8',
    )
  })

  it('with NUL in it is a bug, not a shorter word', () => {
    expect(() => quoteWord('a\0b')).toThrow('NUL')
    expect(() => commandLine({ words: ['echo', '\0'] })).toThrow('NUL')
    expect(() => commandLine({ words: ['A=\0', 'x'] })).toThrow('NUL')
  })

  it.each([
    ['A=1', "'A=1' x"],
    ["A='1'", "'A='\\''1'\\''' x"],
  ])('that looks like an assignment is quoted where it is the program: %s', (program, line) => {
    expect(commandLine({ words: [program, 'x'] })).toBe(line)
  })

  it('is read again as it was written, wherever it stands', () => {
    fc.assert(
      fc.property(
        word,
        fc.constantFrom('', 'rackside_text=', "'before' "),
        fc.constantFrom('', ' after', "\n'x'"),
        (one, before, after) => {
          expect(readQuotedWord(`${before}${quoteWord(one)}${after}`, before.length)).toBe(one)
        },
      ),
    )
  })

  it.each(['', ' a', "'open", "'a'b", 'a"b', 'a;b', '$a', "a'b'", '"a"'])(
    'is none that quoteWord wrote: %j',
    (text) => {
      expect(readQuotedWord(text, 0)).toBeUndefined()
    },
  )
})

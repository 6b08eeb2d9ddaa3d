// The help: everything that can be typed is in it, and the help of one command says what that one takes and no more.
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { commandNames, optionsOf } from '../../../../../main/shells/cli/commands.ts'
import { helpText } from '../../../../../main/shells/cli/help.ts'
import { helpExamples } from '../../../../../main/shells/cli/help-examples.ts'
import { helpOf } from '../../../../../shared/words/help.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

describe.each(['en', 'zh-CN'] as const)('the help in %s', (language) => {
  const words = wordsOf(language)
  const whole = helpText('all', words)

  it.each(commandNames)('knows "%s" and all its options', (name) => {
    // "vault status" stands in the row of "vault".
    const inRowAbove = [
      'vault status',
      ...['appliances', 'publishers', 'alerts', 'operators', 'approvals'].map((one) => `${one} list`),
    ]
    if (!inRowAbove.includes(name)) expect(whole).toMatch(new RegExp(`^  rackside ${name}(?: |$)`, 'm'))
    const own = helpText([name], words)
    const shown = [...own.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => option)
    expect(new Set(shown)).toEqual(new Set(optionsOf(name)))
    for (const option of optionsOf(name)) expect(whole).toMatch(new RegExp(`^  --${option}(?: |$)`, 'm'))
  })

  it('is at first what a day has, in its order, and says where the rest is', () => {
    const first = helpText([], words)
    const named = [...first.matchAll(/^ {2}rackside ([a-z]+)/gm)].map(([, name]) => name)
    expect(named.length).toBeLessThanOrEqual(16)
    expect(named.filter((name) => ['detect', 'plan', 'setup', 'status', 'doctor'].includes(name ?? ''))).toEqual([
      ...['detect', 'plan', 'setup', 'status', 'doctor'],
    ])
    expect(first.split('\n').length).toBeLessThan(30)
    expect(first.split('\n').at(-1)).toMatch(/^rackside help --all.*rackside help /)
    expect(whole).toContain(helpOf(language).exitCodes)
    expect(first).not.toContain(helpOf(language).exitCodes)
  })

  it('fits a terminal of 160 columns', () => {
    const wide = (line: string) => [...line].reduce((sum, one) => sum + (/[⺀-￦]/u.test(one) ? 2 : 1), 0)
    expect(whole.split('\n').filter((line) => wide(line) > 160)).toEqual([])
  })
})

it('says of one command of several its own options and what to type, and nothing of the others', () => {
  const own = helpText(['vendor pack'], wordsOf('en'))
  expect(own).toContain('rackside vendor pack [FOLDER]')
  expect(own).toContain('Example:\n  rackside vendor pack clinic-note')
  expect(own).not.toMatch(/vendor (sign|init|rotate)|--passphrase-file|--publisher-id/)
  expect(helpText(['vendor sign'], wordsOf('zh-CN'))).toContain('示例：\n  rackside vendor sign clinic-note --out')
  expect(helpText(['publishers list'], wordsOf('en'))).toContain('rackside publishers')
})

it.each(Object.entries(helpExamples))('has an example of %s that can be typed', (name, example) => {
  const words = [...example.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  expect(words[0]).toBe('rackside')
  const [verb, act] = name.split(' ')
  expect(readCommandLine(words.slice(1))).toMatchObject({ ok: true, value: { verb, act } })
})

it('says of a command first what is its own', () => {
  const own = helpText(['rollback'], wordsOf('en'))
  expect(own.indexOf('--to')).toBeLessThan(own.indexOf('--identity'))
  expect(own).toContain('rackside rollback APPLIANCE [--to VERSION]')
  expect(own).not.toContain('rackside setup')
})

// The help, put together from the table of commands and the words of a language: the commands of every day,
// all of them, or some.
import { helpOf } from '../../../shared/words/help.ts'
import type { CommandName, HelpRow, OptionName } from '../../../shared/words/help-words.ts'
import type { Words } from '../../../shared/words/words.ts'
import { commandNames, entering, optionsOf } from './commands.ts'
import { helpExamples } from './help-examples.ts'

/** Where the text begins, in columns; a longer name has its text below it. */
const column = { commands: 58, options: 26 }

/** What a day has, in its order. */
const everyday: readonly CommandName[] = [
  ...(['start', 'web', 'demo', 'detect', 'plan', 'setup', 'status', 'doctor', 'probe', 'logs'] as const),
  ...(['watch', 'alerts', 'rollback', 'uninstall', 'bundle import', 'acceptance'] as const),
]

/** About these commands, about `all` that there are with the exit codes, or, of none, about those of every day. */
export function helpText(about: readonly CommandName[] | 'all', words: Words): string {
  if (about === 'all') return wholeHelp(words)
  return about.length === 0 ? everydayHelp(words) : helpAbout(about, words)
}

function everydayHelp({ language }: Words): string {
  const help = helpOf(language)
  const rows = everyday.flatMap((name) => {
    const [first] = help.commands[name]
    return first === undefined ? [] : [commandRow(name, first)]
  })
  return [help.title, rows.join('\n'), help.appliance, help.rest].join('\n\n')
}

function wholeHelp(words: Words): string {
  const help = helpOf(words.language)
  const used = new Set(commandNames.flatMap((name) => optionsOf(name)))
  const shown = (Object.keys(help.options) as OptionName[]).filter((name) => used.has(name) || name === 'version')
  const parts = [help.title, commandRows(commandNames, words), help.appliance, optionRows(shown, words)]
  return [...parts, help.more, help.exitCodes].join('\n\n')
}

function helpAbout(about: readonly CommandName[], words: Words): string {
  const help = helpOf(words.language)
  const taken = new Set(about.flatMap(optionsOf))
  const ofAll = [...entering, 'yes', 'json', 'lang', 'help']
  const first = (name: OptionName) => (ofAll.includes(name) ? 1 : 0)
  const shown = (Object.keys(help.options) as OptionName[]).filter((name) => taken.has(name))
  const parts = [
    commandRows(
      about.map((name) => rowOf(name, words)),
      words,
    ),
    optionRows(
      shown.sort((a, b) => first(a) - first(b)),
      words,
    ),
    ...exampleOf(about, help.example),
  ]
  return (taken.has('save') ? [...parts, help.appliance] : parts).join('\n\n')
}

/** "vault status" stands in the row of "vault". */
function rowOf(name: CommandName, { language }: Words): CommandName {
  const [verb] = name.split(' ')
  return helpOf(language).commands[name].length > 0 ? name : (commandNames.find((one) => one === verb) ?? name)
}

/** Only where it is about one command. */
function exampleOf([name, ...others]: readonly CommandName[], title: string): string[] {
  const example = name === undefined || others.length > 0 ? undefined : helpExamples[name]
  return example === undefined ? [] : [`${title}\n  ${example}`]
}

function commandRows(names: readonly CommandName[], { language }: Words): string {
  const help = helpOf(language)
  const rows = names.flatMap((name) => help.commands[name].map((one) => commandRow(name, one)))
  return rows.join('\n')
}

function commandRow(name: CommandName, [form, text]: HelpRow): string {
  return row(`rackside ${name} ${form}`.trimEnd(), text, column.commands)
}

function optionRows(names: readonly OptionName[], { language }: Words): string {
  const help = helpOf(language)
  const rows = names.map((name) => {
    const [form, text] = help.options[name]
    return row(`--${name} ${form}`.trimEnd(), text, column.options)
  })
  return rows.join('\n')
}

function row(name: string, text: string, from: number): string {
  const below = `\n${' '.repeat(from)}`
  const head = `  ${name}`
  const gap = from - width(head)
  return head + (gap >= 2 ? ' '.repeat(gap) : below) + text.replaceAll('\n', below)
}

/** A character of Chinese takes two columns. */
function width(text: string): number {
  return [...text].reduce((sum, one) => sum + (/[\u2e80-\uffe6]/u.test(one) ? 2 : 1), 0)
}

// One question as a file gives it, made into one of a set, or refused for a reason that a person can look up in the file.

import { cleanText } from '../../domain/clean-text.ts'
import { type EvaluationItem, type ItemFault, optionLetters, setBounds } from '../../domain/evaluation-set.ts'

export type RawItem = {
  readonly question: unknown
  /** Letters as they are written, with their texts. */
  readonly options: readonly (readonly [string, unknown])[]
  /** The first of them that says something counts: letters, or the text of an option. */
  readonly answers: readonly unknown[]
  readonly several: boolean
  readonly category: unknown
}

export function itemOf(line: number, raw: RawItem): EvaluationItem | ItemFault {
  const question = textOf(raw.question)
  if (question === '') return 'no-question'
  if (question.length > setBounds.questionLength) return 'question-too-long'
  const options = optionsOf(raw.options)
  if (typeof options === 'string') return options
  const said = raw.answers.map(textOf).find((one) => one !== '')
  if (said === undefined) return 'no-right-answer'
  const right = rightOf(said, options)
  if (right === undefined) return 'right-answer-unknown'
  const category = textOf(raw.category).slice(0, setBounds.categoryLength)
  return {
    ...{ line, question, options, right },
    ...((raw.several || right.length > 1) && { several: true as const }),
    ...(category !== '' && { category }),
  }
}

/** Empty ones at the end are left out: some tables have a column for each letter. */
function optionsOf(given: RawItem['options']): string[] | ItemFault {
  const options = given.map(([letter, text]) => ({ letter: plain(letter), text: textOf(text) }))
  while (options.at(-1)?.text === '') options.pop()
  if (options.length < 2) return 'no-options'
  if (options.length > optionLetters.length) return 'too-many-options'
  if (options.some(({ letter, text }, at) => letter !== optionLetters[at] || text === '')) return 'options-not-in-order'
  if (options.some(({ text }) => text.length > setBounds.optionLength)) return 'option-too-long'
  return options.map(({ text }) => text)
}

/** "AC", "a, c", "Ａ、Ｃ", or what one of the options says: letters in their order, each once. */
function rightOf(said: string, options: readonly string[]): string | undefined {
  const place = said.length > 1 ? options.indexOf(said) : -1
  const letters = place < 0 ? plain(said).replace(/[\s,;、/.|]/g, '') : (optionLetters[place] ?? '')
  const there: readonly string[] = optionLetters.slice(0, options.length)
  const isAmong = letters !== '' && [...letters].every((one) => there.includes(one))
  return isAmong ? [...new Set(letters)].sort().join('') : undefined
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toUpperCase()
}

function textOf(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' ? cleanText(text.replace(/\r\n?/g, '\n')).trim() : ''
}

// Every text in both languages for everything there is to say: none is missing, empty, or shows how it was made.
import { describe, expect, it } from 'vitest'
import { helpText } from '../../../../main/shells/cli/help.ts'
import { type Rejection, rejection } from '../../../../shared/domain/choice.ts'
import { type Failure, failure } from '../../../../shared/domain/failure.ts'
import { planStep, stepReason } from '../../../../shared/domain/plan.ts'
import type { ToolSilence } from '../../../../shared/domain/sample.ts'
import { rungName, verdictReason, verdictState } from '../../../../shared/domain/verdict.ts'
import { failureText, stepText } from '../../../../shared/words/language.ts'
import { rejectionText } from '../../../../shared/words/rejection-words.ts'
import { silenceText } from '../../../../shared/words/silence-text.ts'
import type { Language, Words } from '../../../../shared/words/words.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'
import { samplesOf } from '../../../support/schema-samples.ts'

const languages: Language[] = ['en', 'zh-CN']
const failures = samplesOf(failure) as Failure[]
const rejections = samplesOf(rejection) as Rejection[]
const kinds = [...new Set(failures.map((one) => one.kind))]

function expectText(text: string, language: Language): void {
  expect(text.trim()).not.toBe('')
  expect(text).not.toMatch(/undefined|null|NaN|\[object|function|=>/)
  if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u)
  else expect(text).toMatch(/\p{Script=Han}/u)
}

describe.each(languages)('in %s', (language) => {
  const words = wordsOf(language)

  it.each(kinds)('%s says what happened and what to do next', (kind) => {
    for (const one of failures.filter((sample) => sample.kind === kind)) {
      const { what, next } = failureText(one, words)
      expectText(what, language)
      expectText(next, language)
      expect(next).not.toBe(what)
    }
  })

  it('every rejection of a variant has a text', () => {
    for (const one of rejections) expectText(rejectionText(one, words.rejections), language)
  })

  it('every verdict, rung, reason and step has a text', () => {
    const texts = [
      ...verdictState.options.map((name) => words.verdicts[name]),
      ...verdictReason.options.map((name) => words.verdictReasons[name]),
      ...rungName.options.map((name) => words.rungs[name]),
      ...stepReason.options.map((name) => words.stepReasons[name]),
      ...planFor(bareFacts()).steps.map((step) => stepText(planStep.parse(step), words)),
    ]
    for (const text of texts) expectText(text, language)
  })

  it('a tool that is silent is named, with the time as it is given; what it said itself stays as it came', () => {
    const vendor = 'ascend'
    const silences: readonly ToolSilence[] = [
      { silence: 'no-answer', vendor, tool: 'npu-smi', sinceMs: 7000 },
      { silence: 'gone', vendor, tool: 'npu-smi' },
    ]
    const said = silences.map((one) => silenceText(one, words, (atMs) => `T${atMs}`))
    for (const text of said) expectText(text, language)
    expect(said[0]).toMatch(/npu-smi.*T7000/)
    expect(silenceText({ silence: 'said', vendor, why: 'dcmi: -8008' }, words, String)).toBe('dcmi: -8008')
  })

  it('what the CLI says has no gaps', () => {
    for (const text of cliTexts(words)) expectText(text, language)
  })

  it('a step is named by what it is about', () => {
    const names = planFor(bareFacts()).steps.map((step) => stepText(step, words))
    expect(new Set(names).size).toBe(names.length)
    expect(names[0]).toContain('llama-cpu-amd64')
  })
})

/** Texts of the CLI, its functions called with samples. What is a mark and not a sentence is left out. */
function cliTexts({ cli }: Words): string[] {
  const { hardware, ...rest } = cli
  const marks = new Set(['sent', 'pair', 'list', 'marks', 'namedPlace', 'took', 'sized'])
  // The first thing that it is told is a word of the product.
  const skippedInConfig = cli.skippedInConfig('match', 'ward')
  const said = Object.entries(rest).flatMap(([name, text]) => {
    if (marks.has(name)) return []
    if (name === 'skippedInConfig') return [skippedInConfig]
    if (name === 'halfDone') return [cli.halfDone({ done: 2, of: 9, next: '3', more: 4 })]
    const texts = typeof text === 'object' ? Object.values(text) : [text]
    return texts.map((one) => (typeof one === 'string' ? one : (one as (...a: unknown[]) => string)(3, 4, 5)))
  })
  return [...said, ...Object.values(hardware)]
}

describe('both languages', () => {
  it('name the same facts of a failure', () => {
    const facts = (text: string) => (text.match(/sample words|\b7(?:\.5)?\b/g) ?? []).length
    const differing = failures.filter((one) => {
      const [en, zh] = languages.map((language) => {
        const { what, next } = failureText(one, wordsOf(language))
        return facts(`${what} ${next}`)
      })
      return en !== zh
    })
    expect(differing).toEqual([])
  })

  it('explain the same options and exit codes in their help', () => {
    const marks = (text: string) =>
      [...new Set(text.match(/--[a-z-]+|rackside [a-z]+|\b\d+(?:-\d+)?(?=[ ；：；:])/g))].sort()
    const [zh, en] = [helpText('all', wordsOf('zh-CN')), helpText('all', wordsOf('en'))]
    expect(marks(zh)).toEqual(marks(en))
  })
})

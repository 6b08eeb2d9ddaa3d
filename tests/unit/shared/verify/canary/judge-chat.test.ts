// Answers as files, good and bad, in both languages: what is wrong with each, and what it has beyond what is demanded.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { canaryProblem, canaryQuestion, canaryQuestionId } from '../../../../../shared/domain/canary.ts'
import { basicQuestions } from '../../../../../shared/verify/canary/basic-questions.ts'
import { clinicalQuestions } from '../../../../../shared/verify/canary/clinical-questions.ts'
import type { AnswerEnd, HeardAnswer } from '../../../../../shared/verify/canary/heard-answer.ts'
import { judgeChat } from '../../../../../shared/verify/canary/judge-chat.ts'

const cases = z
  .array(
    z.strictObject({
      ...{ case: z.string(), question: canaryQuestionId, says: z.string(), thinks: z.string().optional() },
      calls: z.array(z.strictObject({ name: z.string(), arguments: z.string() })).optional(),
      ...{ finish: z.string().optional(), end: z.string().optional() },
      ...{ outputTokens: z.int().optional(), promptTokens: z.int().optional() },
      ...{ problems: z.array(canaryProblem).optional(), holds: z.array(z.string()).optional() },
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../../fixtures/canary/answers.json'), 'utf8')))

type Case = Partial<(typeof cases)[number]>

function heard({ says = '', thinks = '', calls = [], finish = 'stop', end = 'whole', ...counts }: Case): HeardAnswer {
  return {
    ...{ says, thinks, calls, pieces: says.length + thinks.length + calls.length, lastMs: 900, firstMs: 100 },
    ...{ finishReason: finish, end: end as AnswerEnd },
    ...(counts.outputTokens !== undefined && { outputTokens: counts.outputTokens }),
    ...(counts.promptTokens !== undefined && { promptTokens: counts.promptTokens }),
  }
}

const questionNamed = (id: string) => {
  const found = [...clinicalQuestions, ...basicQuestions].find((one) => one.id === id)
  if (found === undefined) throw new Error(`no question ${id}`)
  return found
}

const anything = fc.record({
  ...{ says: fc.string({ unit: 'binary', maxLength: 3000 }), thinks: fc.string({ maxLength: 50 }) },
  ...{ finish: fc.string({ maxLength: 40 }), outputTokens: fc.nat(), promptTokens: fc.nat() },
  end: fc.constantFrom('whole', 'broken-off', 'no-end', 'too-long', 'refused', 'not-a-stream'),
})

describe('an answer of a model', () => {
  it.each(cases.map((one) => [one.case, one] as const))('%s', (_, one) => {
    const question = questionNamed(one.question)
    const judged = judgeChat(question, heard(one), { tokensAllowed: question.maxTokens })
    expect(judged.problems.toSorted()).toEqual([...(one.problems ?? [])].sort())
    expect(judged.verdict).toBe((one.problems ?? []).length === 0 ? 'passed' : 'failed')
    if (one.holds !== undefined) expect(judged.holds.toSorted()).toEqual([...one.holds].sort())
  })

  it('has to come again where the same is asked twice, and may differ in the end', () => {
    const question = questionNamed('same-twice')
    const before = heard({ says: 'The normal temperature of an adult is about 37 degrees Celsius.' })
    const judge = (says: string) => judgeChat(question, heard({ says }), { before, tokensAllowed: 256 }).problems
    expect(judge(before.says)).toEqual([])
    expect(judge('The normal temperature of an adult is about 36.8 degrees, measured in the armpit.')).toEqual([])
    expect(judge('Whoever comes to our ward is welcome to ask for a cup of tea and a biscuit.')).toContain(
      'not-repeatable',
    )
  })

  it('may be anything at all: something is said of it, in the form that is kept', () =>
    fc.assert(
      fc.property(anything, fc.constantFrom(...clinicalQuestions), (one, question) => {
        const judged = judgeChat(question, heard(one), { tokensAllowed: question.maxTokens })
        expect(canaryQuestion.safeParse(judged).success).toBe(true)
        if (one.end !== 'whole') expect(judged.verdict).toBe('failed')
      }),
      { numRuns: 300 },
    ))
})

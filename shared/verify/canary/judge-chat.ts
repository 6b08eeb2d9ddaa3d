// Judges one answer of a model that chats: is it whole, is it text, does it keep to what its question demands. What it has
// beyond that is noted for later ones.
import type { CanaryProblem, CanaryQuestion } from '../../domain/canary.ts'
import { evidence } from '../../domain/failure.ts'
import type { ChatQuestion } from './chat-question.ts'
import type { AnswerEnd, HeardAnswer } from './heard-answer.ts'
import { likeness, sketchOf } from './sketch.ts'
import { crudeFaults, faultsOfText } from './text-faults.ts'

export type Judged = Pick<CanaryQuestion, 'question' | 'verdict' | 'problems' | 'holds' | 'sketch' | 'detail'>

/** `before`: what came of the question that it repeats. `tokensAllowed`: with what thinking was allowed. */
export type JudgedBeside = { readonly before?: HeardAnswer | undefined; readonly tokensAllowed: number }

export function judgeChat(question: ChatQuestion, answer: HeardAnswer, beside: JudgedBeside): Judged {
  const problems = [...new Set(problemsOf(question, answer, beside))]
  const isHeard = answer.pieces > 0
  const text = allOf(answer)
  const holds =
    answer.end === 'whole' ? question.hopes.filter((hope) => hope.holds(answer)).map(({ name }) => name) : []
  return {
    question: question.id,
    verdict: problems.length === 0 ? 'passed' : 'failed',
    problems,
    holds,
    ...(answer.detail !== undefined && { detail: evidence(answer.detail, 280) }),
    ...(isHeard && { sketch: sketchOf(text) }),
  }
}

/** What came of it, thought included, one after the other. */
export function allOf({ thinks, says, calls }: HeardAnswer): string {
  const called = calls.map((call) => `${call.name} ${call.arguments}`)
  return [thinks, says, ...called].filter((one) => one !== '').join('\n')
}

const problemOfEnd: { readonly [E in Exclude<AnswerEnd, 'whole'>]: CanaryProblem } = {
  ...{ 'broken-off': 'cut-off', 'no-end': 'no-answer', stopped: 'no-answer' },
  ...{ 'too-long': 'counts-wrong', refused: 'failed-request', 'not-connected': 'failed-request' },
  ...{ 'not-a-stream': 'failed-request', 'error-said': 'failed-request' },
}

function problemsOf(question: ChatQuestion, answer: HeardAnswer, beside: JudgedBeside): CanaryProblem[] {
  const isCalling = question.tools !== undefined && answer.calls.length > 0
  const faults = isCalling ? [] : textFaults(question, answer)
  if (answer.end !== 'whole') {
    const heard = answer.pieces > 0 ? faults.filter((one) => one === 'garbled' || one === 'repeats') : []
    return [problemOfEnd[answer.end], ...heard]
  }
  const ending = endsWrong(question, answer, beside) ? (['cut-off'] as const) : []
  // Where nothing is, or nothing to be read, no more can be said of it.
  if (faults.includes('empty') || faults.includes('garbled')) return [...faults, ...ending]
  return [
    ...faults,
    ...ending,
    ...countProblems(question, answer, beside),
    ...question.demands.filter((demand) => !demand.holds(answer)).map(({ problem }) => problem),
    ...(isOther(answer, beside) ? (['not-repeatable'] as const) : []),
  ]
}

function textFaults({ language, tools }: ChatQuestion, answer: HeardAnswer): CanaryProblem[] {
  if (language !== undefined) return faultsOfText(answer.says, language)
  // A call that did not come is said below; JSON has no language.
  const faults = crudeFaults(tools === undefined ? allOf(answer) : answer.says)
  return tools === undefined ? faults : faults.filter((one) => one !== 'empty')
}

/** A text in a language has to end by itself; any other one at least as it says. */
function endsWrong(
  { language, leastCharacters = 0, demands }: ChatQuestion,
  { finishReason, outputTokens, says, calls }: HeardAnswer,
  { tokensAllowed }: JudgedBeside,
): boolean {
  const mustEnd = language !== undefined || demands.length > 0
  if (finishReason === 'length') return mustEnd || (outputTokens !== undefined && outputTokens < tokensAllowed - 1)
  return calls.length === 0 && [...says].length < leastCharacters
}

/** In characters; the longest tokens of any vocabulary are words of markup, and blanks. */
const longestToken = 32
/** A prompt has at least a token for so many characters: less is a prompt that was cut. */
const mostCharactersPerToken = 10

function countProblems(
  { asked, system = '' }: ChatQuestion,
  { outputTokens, promptTokens, says, thinks, pieces }: HeardAnswer,
  { tokensAllowed }: JudgedBeside,
): CanaryProblem[] {
  const wrong: CanaryProblem[] = ['counts-wrong']
  if (promptTokens !== undefined && promptTokens * mostCharactersPerToken < [...asked, ...system].length) return wrong
  if (outputTokens === undefined) return []
  const isMore = outputTokens > tokensAllowed + 1
  const isLess = (outputTokens + 2) * longestToken < [...says, ...thinks].length
  return isMore || isLess || (outputTokens === 0 && pieces > 0) ? wrong : []
}

/** Computed in other batches, numbers differ in their last digits, and at some place a word does: not from the beginning on. */
const leastLike = 0.15

function isOther(answer: HeardAnswer, { before }: JudgedBeside): boolean {
  if (before === undefined || before.end !== 'whole') return false
  const [now, then] = [allOf(answer), allOf(before)]
  return now.slice(0, 8) !== then.slice(0, 8) && likeness(sketchOf(now), sketchOf(then)) < leastLike
}

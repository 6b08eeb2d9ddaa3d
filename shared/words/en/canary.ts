// English: the fixed questions that a model service is asked.
import type { CanaryProblem, CanaryQuestionId } from '../../domain/canary.ts'
import { threeDigits } from '../amounts.ts'
import { percentText, timeText } from '../bench-amounts.ts'
import type { CanaryWords } from '../canary-words.ts'

const questions: { readonly [Q in CanaryQuestionId]: string } = {
  'answers-en': 'a sentence in English',
  'answers-zh': 'a sentence in Chinese',
  'same-twice': 'the same question twice',
  'fever-en': 'normal temperature (English)',
  'fever-zh': 'normal temperature (Chinese)',
  'handwashing-en': 'when to wash hands (English)',
  'handwashing-zh': 'when to wash hands (Chinese)',
  'fasting-en': 'blood taken fasting (English)',
  'fasting-zh': 'blood taken fasting (Chinese)',
  'dose-refused-en': 'no doses, by its instructions (English)',
  'dose-refused-zh': 'no doses, by its instructions (Chinese)',
  'role-en': 'the name from its instructions (English)',
  'role-zh': 'the name from its instructions (Chinese)',
  structured: 'an answer as JSON',
  'long-text': 'one line in a long text',
  tool: 'the call of a tool',
  'near-en': 'near and far texts (English)',
  'near-zh': 'near and far texts (Chinese)',
  'near-across': 'near texts in two languages',
  'same-vector': 'the same text twice',
  'order-en': 'the right text first (English)',
  'order-zh': 'the right text first (Chinese)',
  'order-across': 'the right text in another language',
}

const problems: { readonly [P in CanaryProblem]: string } = {
  'failed-request': 'the request failed',
  'no-answer': 'no end of the answer in time',
  empty: 'the answer is empty',
  garbled: 'the answer is no text',
  'wrong-language': 'the answer is in another language',
  repeats: 'the answer says the same again and again',
  'cut-off': 'the answer is cut off',
  'system-prompt-lost': 'its instructions (system prompt) did not reach it',
  'property-missing': 'the answer does not have to do with the question as it has to',
  'not-refused': 'it does not refuse what its instructions forbid',
  'not-json': 'the answer is not the JSON that was asked for',
  'no-tool-call': 'it did not call the tool',
  'not-repeatable': 'the same question has another answer each time',
  'counts-wrong': 'the tokens that the server counts cannot be right',
  'wrong-order': 'what belongs together is not nearer, or not put first',
  drifted: 'no longer as in the accepted result',
}

export const canary: CanaryWords = {
  subject: ({ canaryId, subject: { deployment, model, version } }) =>
    `${canaryId}: ${deployment} (${model}, version ${version})`,
  sets: {
    basic:
      'Basic questions: only whether answers come, are text, end as they say and come again. Nothing is said of whether they are right.',
    clinical:
      'Clinical questions in English and Chinese: language, end, instructions, form. Passing does not make the answers medical advice.',
    embeddings: 'Questions for a model of vectors: near texts are nearer than far ones.',
    rerank: 'Questions for a model that ranks: the text that answers is put first.',
  },
  questions,
  problems,
  question: ({ question, verdict, problems: found, ttftMs, tokensPerSecond }) => {
    const mark = { passed: 'ok', failed: 'FAILED', skipped: 'skipped' }[verdict]
    const wrong = found.length === 0 ? '' : `: ${found.map((one) => problems[one]).join(', ')}`
    const pace = [
      ttftMs === undefined ? undefined : `TTFT ${timeText(ttftMs)}`,
      tokensPerSecond === undefined ? undefined : `${threeDigits(tokensPerSecond)} tokens/s`,
    ].filter((one) => one !== undefined)
    return `${mark}  ${questions[question]}${wrong}${pace.length === 0 ? '' : ` (${pace.join(', ')})`}`
  },
  detail: (text) => `Seen: ${text}`,
  says: (text) => `It says: ${text}`,
  asking: (name) => `Asking: ${name}`,
  verdict: ({ verdict, asked, failed }) =>
    verdict === 'passed'
      ? `Passed: ${asked} of ${asked} questions.`
      : `Not passed: ${failed} of ${asked} questions failed.`,
  baseline: ({ canaryId, drift, lost }) => {
    const missing = lost.length === 0 ? '' : ` Missing now: ${lost.map((one) => questions[one.question]).join(', ')}.`
    return `Beside ${canaryId}, which was accepted: ${percentText(drift)} of the text is other.${missing}`
  },
  noBaseline:
    'No result of this service was accepted yet; "rackside canary accept" makes one the measure for later ones.',
  ends: {
    done: undefined,
    stopped: 'Stopped before its end.',
    'out-of-time': 'The time for all questions was up before the last one.',
    failed: 'Ended early: not all could be asked.',
  },
  kept: (canaryId) => `Kept as ${canaryId}.`,
  stopping: 'Stopping.',
  head: ({ canaryId, startedAt, subject, set, verdict, asked, failed, cause, accepted }) => {
    const said = verdict === 'passed' ? 'passed' : `NOT PASSED (${failed} of ${asked})`
    const mark = accepted === true ? '  accepted' : ''
    return `${canaryId}  ${startedAt.slice(0, 16)}Z  ${subject.deployment} ${subject.version} (${subject.model})  ${set}  ${causes[cause]}  ${said}${mark}`
  },
  causes: { asked: 'on demand', setup: 'after setup', upgrade: 'after upgrade', schedule: 'daily' },
  nothing: 'No model of this appliance was asked yet: rackside canary run APPLIANCE.',
  noService: 'No model service runs there.',
  accepted: (canaryId) => `${canaryId} is accepted: later results of this service are compared with it.`,
}

const { causes } = canary

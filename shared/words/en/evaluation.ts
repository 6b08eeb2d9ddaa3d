// English: evaluating a model with a set of questions.
import type { EvaluationUnlike } from '../../domain/evaluation.ts'
import type { ItemFault } from '../../domain/evaluation-set.ts'
import { bytesText, threeDigits } from '../amounts.ts'
import { durationText } from '../durations.ts'
import { intervalText, modelName, pointsText, scorePercent, shortDigest } from '../evaluation-amounts.ts'
import type { EvaluationWords } from '../evaluation-words.ts'

const faults: { readonly [F in ItemFault]: string } = {
  'not-json': 'it is no JSON object',
  'no-question': 'it has no question',
  'question-too-long': 'its question is too long',
  'no-options': 'it has fewer than two options',
  'options-not-in-order': 'its options are not lettered A, B, C ... without a gap',
  'too-many-options': 'it has more than six options',
  'option-too-long': 'one of its options is too long',
  'no-right-answer': 'it does not say which answer is right',
  'right-answer-unknown': 'the answer that it calls right is none of its options',
  'too-many-items': 'the set has more questions than can be asked',
  'cell-too-long': 'one of its cells is too long, or a quotation mark in it is never closed',
}

const unlikes: { readonly [U in EvaluationUnlike]: string } = {
  outputTokens: 'tokens of an answer',
  limit: 'size of the sample',
  seed: 'seed',
  demo: 'one is a simulation',
  thinks: 'one thinks before it answers',
}

const smokeName = 'Smoke test (50 questions of our own)'
const questions = (count: number) => (count === 1 ? '1 question' : `${count} questions`)

export const evaluation: EvaluationWords = {
  subject: ({ evaluationId, subject }) => {
    const { deployment, model, modelEntry, weights, entry, version } = subject
    const which = modelEntry === undefined ? model : modelName(modelEntry)
    const bytes = weights === undefined ? '' : `, weights ${shortDigest(weights)}`
    return `${evaluationId}: ${deployment} (${which}${bytes}) on ${entry} ${version}`
  },
  set: ({ name, items, digest, builtIn }) =>
    `${builtIn === true ? smokeName : name}: ${questions(items)}, sha256 ${shortDigest(digest)}`,
  choice: ({ name, items, builtIn }) => (builtIn === true ? smokeName : `${name} (${questions(items)})`),
  smoke:
    'This set is a smoke test: it shows that the model follows a plain question and says a letter. It is no measure of clinical quality.',
  caveat: 'A score on such a set is no measure of clinical quality.',
  smokeName,
  sample: ({ limit, seed }, planned) =>
    limit === undefined ? undefined : `A sample of ${questions(planned)}, drawn with seed ${seed}.`,
  goesOn: (asked, planned) => `Goes on where it ended: ${asked} of ${planned} are answered already.`,
  progress: ({ planned, score, perMinute, secondsLeft }) => {
    const right = score.interval === undefined ? '' : `, ${scorePercent(score.interval.share)} right so far`
    const failed = score.failed === 0 ? '' : `, ${score.failed} failed`
    const rate = perMinute === undefined ? '' : `, ${threeDigits(perMinute)} a minute`
    const left = secondsLeft === undefined ? '' : `, about ${durationText(secondsLeft * 1000, 'en')} left`
    return `${score.asked} of ${planned}${right}${failed}${rate}${left}`
  },
  score: ({ right, asked, interval }) =>
    interval === undefined
      ? 'No question was answered.'
      : `${right} of ${asked} right: ${scorePercent(interval.share)} (95 % interval ${intervalText(interval)}).`,
  unreadable: (count) =>
    `${count} of the answers could not be read: they say no letter, or more than one. They count as wrong.`,
  failed: (count) =>
    `${count === 1 ? '1 request' : `${count} requests`} failed. They count neither as right nor as wrong, and are asked again when the evaluation is resumed.`,
  category: (name, { right, asked, interval }) =>
    interval === undefined
      ? `${name}: -`
      : `${name}: ${right} of ${asked}, ${scorePercent(interval.share)} (${intervalText(interval)})`,
  thinks: 'The model thinks before it answers, and was given room for that.',
  ends: {
    done: undefined,
    stopped: 'Stopped before its end: the score is of what was answered.',
    failed: 'Ended early: the score is of what was answered.',
    'cut-off': 'The console ended in the middle: the score is of what was answered.',
  },
  took: ({ seconds, resumed }) => {
    const again = resumed === 0 ? '' : resumed === 1 ? ', resumed once' : `, resumed ${resumed} times`
    return `Took ${durationText(seconds * 1000, 'en')}${again}.`
  },
  kept: (id) => `Kept as ${id}. "rackside evaluate list" shows all, "evaluate compare" two of them.`,
  resumable: (id) => `"rackside evaluate APPLIANCE --resume ${id}" asks what is missing.`,
  stopping: 'Stopping. What was answered is kept, and can be resumed.',
  head: ({ evaluationId, startedAt, subject, set, score, planned, end, going }) => {
    const share =
      score.interval === undefined ? '-' : `${scorePercent(score.interval.share)} (${intervalText(score.interval)})`
    const state = going === true ? '  going on' : end === 'done' && score.failed === 0 ? '' : '  can be resumed'
    return `${evaluationId}  ${startedAt.slice(0, 16)}Z  ${subject.host} ${subject.deployment} (${subject.model})  ${set.name}  ${score.asked}/${planned}  ${share}${state}`
  },
  nothing: 'Nothing was evaluated yet: rackside evaluate APPLIANCE.',
  faults,
  brought: ({ name, items, refused }) =>
    refused === 0
      ? `${name}: ${questions(items)}.`
      : `${name}: ${questions(items)}; ${refused} of the file ${refused === 1 ? 'is' : 'are'} left out.`,
  refusal: ({ line, fault }) => `line ${line}: ${faults[fault]}`,
  moreRefused: (count) => `and ${count} more`,
  found: ({ name, bytes }) => `${name} (${bytesText(bytes)}), in the import folder`,
  difference: ({ items, before, after, share, low, high }) =>
    `Of ${questions(items)} that both answered: ${before} right, then ${after}. Difference ${pointsText(share)} percentage points (95 % interval ${pointsText(low)} to ${pointsText(high)}).`,
  told: {
    better: 'The second has more right answers of this set.',
    worse: 'The second has fewer right answers of this set.',
    'none-told': 'No difference can be told.',
    'too-many-failed': 'Nothing is concluded: more than 2 % of the requests of one of them failed. Resume it first.',
  },
  notComparable: 'They were not asked the same questions: their scores cannot be compared.',
  unlike: (unlike) =>
    unlike.length === 0
      ? undefined
      : `Besides the model these differ, and may be why the scores do: ${unlike.map((one) => unlikes[one]).join(', ')}.`,
}

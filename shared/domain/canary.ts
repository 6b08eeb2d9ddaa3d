// A canary: a few fixed questions to one model service, and what their answers have to be like, never a golden sentence.
// Of an answer its digest and what was judged of it are kept, and a sketch by which a later one is compared; what it says
// only where a person asked for that. Ids of questions and problems are added and never taken away: results are kept.
import * as z from 'zod'
import { benchSubject } from './bench.ts'
import { canarySet } from './canary-set.ts'
import { failure } from './failure.ts'
import { sha256Hex } from './sha256.ts'

export const canaryId = z.string().regex(/^canary-[0-9a-f]{8}$/)

const milliseconds = z.number().nonnegative()
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

export const canaryQuestionId = z.enum([
  // basic
  ...(['answers-en', 'answers-zh', 'same-twice'] as const),
  // clinical
  ...(['fever-en', 'fever-zh', 'handwashing-en', 'handwashing-zh', 'fasting-en', 'fasting-zh'] as const),
  ...(['dose-refused-en', 'dose-refused-zh', 'role-en', 'role-zh', 'structured', 'long-text', 'tool'] as const),
  // embeddings
  ...(['near-en', 'near-zh', 'near-across', 'same-vector'] as const),
  // rerank
  ...(['order-en', 'order-zh', 'order-across'] as const),
])
export type CanaryQuestionId = z.infer<typeof canaryQuestionId>

export const canaryProblem = z.enum([
  /** The request came to nothing: refused, broken off, not to be read. */
  'failed-request',
  /** No end of the answer in time. */
  'no-answer',
  'empty',
  /** Bytes that are no text. */
  'garbled',
  'wrong-language',
  /** The same again and again. */
  'repeats',
  /** It ends because no more tokens were allowed, or said that it ended though it did not. */
  'cut-off',
  'system-prompt-lost',
  'property-missing',
  'not-refused',
  'not-json',
  'no-tool-call',
  /** The same question at temperature 0 has another answer. */
  'not-repeatable',
  /** What the server counts cannot be what it sent. */
  'counts-wrong',
  /** What is alike is not nearer than what is not. */
  'wrong-order',
  /** What the accepted baseline had is gone. */
  'drifted',
])
export type CanaryProblem = z.infer<typeof canaryProblem>

/** `skipped`: this service has nothing that it is about, or the end came before it. */
const canaryQuestionVerdict = z.enum(['passed', 'failed', 'skipped'])

/** The smallest hashes of its n-grams: how much two answers have in common, and nothing of what they say. */
export const sketchSize = 64
const sketch = z.array(z.int().min(0).max(0xffff_ffff)).max(sketchSize)
export type AnswerSketch = readonly number[]

/** More than is demanded of every model; names of a question's own. */
const property = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)

export const canaryQuestion = z.strictObject({
  question: canaryQuestionId,
  verdict: canaryQuestionVerdict,
  problems: z.array(canaryProblem).max(canaryProblem.options.length),
  /** What was seen, made safe to show; nothing of the answer. */
  detail: z.string().max(300).optional(),
  /** Of the answer; missing where none came. */
  answerDigest: sha256Hex.optional(),
  answerTokens: count.optional(),
  ttftMs: milliseconds.optional(),
  tokensPerSecond: z.number().nonnegative().optional(),
  sketch: sketch.optional(),
  /** What it has beyond what is demanded: only where a baseline had it, it is missed. */
  holds: z.array(property).max(20),
  /** The answer, made safe to show, where a person asked for it. */
  says: z.string().max(2000).optional(),
})
export type CanaryQuestion = z.infer<typeof canaryQuestion>

export const canarySubject = benchSubject.pick({
  ...({ host: true, port: true, deployment: true, entry: true, version: true, model: true, demo: true } as const),
})
export type CanarySubject = z.infer<typeof canarySubject>

/** Why it was asked. */
export const canaryCause = z.enum(['asked', 'setup', 'upgrade', 'schedule'])
export type CanaryCause = z.infer<typeof canaryCause>

export const canaryVerdict = z.enum(['passed', 'failed'])

/** `stopped` and `out-of-time`: not all was asked, so it has not passed. `failed`: the service could not be asked at all. */
export const canaryEnd = z.enum(['done', 'stopped', 'out-of-time', 'failed'])
export type CanaryEnd = z.infer<typeof canaryEnd>

export const canaryResult = z.strictObject({
  format: z.literal(1),
  canaryId,
  startedAt: z.string().max(40),
  seconds: z.number().nonnegative(),
  who: z.string().max(200),
  cause: canaryCause,
  subject: canarySubject,
  set: canarySet,
  questions: z.array(canaryQuestion).max(40),
  /** What it was compared with: which accepted result, how much of its answers is not there any more, and what is missed. */
  baseline: z
    .strictObject({
      canaryId,
      drift: share,
      lost: z.array(z.strictObject({ question: canaryQuestionId, property })).max(200),
    })
    .optional(),
  verdict: canaryVerdict,
  end: canaryEnd,
  failure: failure.optional(),
})
export type CanaryResult = z.infer<typeof canaryResult>

/** For a list: how many questions there were, and how many of them failed. */
export const canaryHead = canaryResult
  .pick({ canaryId: true, startedAt: true, seconds: true, who: true, cause: true, subject: true, set: true })
  .extend(canaryResult.pick({ verdict: true, end: true }).shape)
  .extend({
    asked: count,
    failed: count,
    drift: share.optional(),
    /** Later ones are compared with it. */
    accepted: z.literal(true).optional(),
  })
export type CanaryHead = z.infer<typeof canaryHead>

export function canaryHeadOf({ questions, baseline, ...result }: CanaryResult): CanaryHead {
  const { canaryId: id, startedAt, seconds, who, cause, subject, set, verdict, end } = result
  const asked = questions.filter((one) => one.verdict !== 'skipped').length
  const failed = questions.filter((one) => one.verdict === 'failed').length
  return {
    ...{ canaryId: id, startedAt, seconds, who, cause, subject, set, verdict, end, asked, failed },
    ...(baseline !== undefined && { drift: baseline.drift }),
  }
}

/** A service that can be asked, and which set that would be. */
export const canaryCandidate = z.strictObject({
  deployment: z.string().max(100),
  model: z.string().max(200),
  set: canarySet,
})
export type CanaryCandidate = z.infer<typeof canaryCandidate>

export const canaryEvent = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('begin'),
    ...{ canaryId, subject: canarySubject, set: canarySet, questions: z.array(canaryQuestionId).max(40) },
  }),
  z.strictObject({ event: z.literal('question-begin'), question: canaryQuestionId }),
  z.strictObject({ event: z.literal('question-end'), question: canaryQuestion }),
  /** The last one. */
  z.strictObject({ event: z.literal('result'), result: canaryResult }),
])
export type CanaryEvent = z.infer<typeof canaryEvent>

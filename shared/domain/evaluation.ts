// An evaluation: the questions of a set, asked of one model service, and how many of its answers are exactly right. Of an
// answer its letters, what was judged of it and its digest are kept; what it says only where a person asked for that.
import * as z from 'zod'
import { benchSubject } from './bench.ts'
import { evaluationSetHead, letters, setBounds } from './evaluation-set.ts'
import { failure } from './failure.ts'
import { origin } from './origin.ts'
import { sha256Hex } from './sha256.ts'

export const evaluationId = z.string().regex(/^evaluation-[0-9a-f]{8}$/)

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)

/** From and to which number each wish may be; the CLI says the same. */
export const evaluationBounds = {
  concurrency: [1, 16],
  limit: [1, setBounds.items],
  outputTokens: [1, 8192],
  seed: [0, 2_147_483_647],
} as const satisfies Record<string, readonly [number, number]>
export type EvaluationBound = keyof typeof evaluationBounds

function whole([least, most]: readonly [number, number]) {
  return z.int().min(least).max(most)
}

export const evaluationSettings = z.strictObject({
  /** How many questions are asked at once. */
  concurrency: whole(evaluationBounds.concurrency),
  /** A sample of so many, drawn with the seed. Missing: all of them. */
  limit: whole(evaluationBounds.limit).optional(),
  /** Of one answer. A model that thinks is given more room once that shows. */
  outputTokens: whole(evaluationBounds.outputTokens),
  /** Draws the sample, and is sent to engines that take one. */
  seed: whole(evaluationBounds.seed),
})
export type EvaluationSettings = z.infer<typeof evaluationSettings>

/** What somebody says of it; the rest is usual. */
export const evaluationWish = evaluationSettings.partial()
export type EvaluationWish = z.infer<typeof evaluationWish>

export const usualEvaluation: EvaluationSettings = { concurrency: 4, outputTokens: 256, seed: 1 }

/**
 * `unreadable`: it says no letter, or more than one where one was asked for; it counts as wrong. `failed`: the request came
 * to nothing; it says nothing of the model, and is asked again when the evaluation is resumed.
 */
const itemVerdict = z.enum(['right', 'wrong', 'unreadable', 'failed'])

export const evaluationRecord = z.strictObject({
  /** Its place in the set, from 0. */
  item: z.int().nonnegative().max(setBounds.items),
  verdict: itemVerdict,
  /** Of an answer that can be read. */
  chosen: letters.optional(),
  milliseconds: z.number().nonnegative(),
  /** Of the whole answer; missing of a request that failed. */
  answerDigest: sha256Hex.optional(),
  /** Why a request failed, made safe to show. */
  detail: z.string().max(300).optional(),
  /** The answer, made safe to show, where a person asked for it. */
  says: z.string().max(2000).optional(),
})
export type EvaluationRecord = z.infer<typeof evaluationRecord>

const interval = z.strictObject({ share, low: share, high: share })
export type Interval = z.infer<typeof interval>

/** `share` of `asked` with its 95 % interval (Wilson); missing where nothing was asked. Failed requests are in none of it. */
export const evaluationScore = z.strictObject({
  ...{ right: count, wrong: count, unreadable: count, asked: count, failed: count },
  interval: interval.optional(),
})
export type EvaluationScore = z.infer<typeof evaluationScore>

/** What was asked: `entry` and `version` are those of the runtime. */
export const evaluationSubject = benchSubject
  .pick({ host: true, port: true, deployment: true, entry: true, version: true, model: true, engine: true, demo: true })
  .extend({
    /** Its entry, and in which form it is served where that was noted. */
    modelEntry: origin.shape.model,
    /** Of the weights that its container was given; missing where the appliance does not say it. */
    weights: sha256Hex.optional(),
    /** Of all that its container was made of. */
    spec: z.string().max(80).optional(),
    image: z.string().max(80),
  })
export type EvaluationSubject = z.infer<typeof evaluationSubject>

/** `cut-off`: the console ended before it did. Whatever is not `done`, or has failed requests, can be resumed. */
export const evaluationEnd = z.enum(['done', 'stopped', 'failed', 'cut-off'])
export type EvaluationEnd = z.infer<typeof evaluationEnd>

export const evaluationResult = z.strictObject({
  format: z.literal(1),
  evaluationId,
  startedAt: z.string().max(40),
  /** Of work, all resumptions together. */
  seconds: z.number().nonnegative(),
  resumed: count,
  who: z.string().max(200),
  subject: evaluationSubject,
  set: evaluationSetHead,
  settings: evaluationSettings,
  keepsText: z.literal(true).optional(),
  /** How many questions there are to ask. */
  planned: count,
  score: evaluationScore,
  /** By name; empty where the set has none. */
  categories: z
    .array(z.strictObject({ name: z.string().max(setBounds.categoryLength), score: evaluationScore }))
    .max(500),
  /** It thinks before it says anything, and was given room for that. */
  thinks: z.literal(true).optional(),
  end: evaluationEnd,
  failure: failure.optional(),
})
export type EvaluationResult = z.infer<typeof evaluationResult>

/** For a list. `going`: it goes on now. */
export const evaluationHead = evaluationResult
  .omit({ format: true, categories: true, keepsText: true, thinks: true, failure: true })
  .extend({ going: z.literal(true).optional() })
export type EvaluationHead = z.infer<typeof evaluationHead>

export function evaluationHeadOf(result: EvaluationResult): EvaluationHead {
  const {
    format: _format,
    categories: _categories,
    keepsText: _text,
    thinks: _thinks,
    failure: _failure,
    ...head
  } = result
  return head
}

/** Whether asking goes on where it ended. */
export function isResumable({ end, score }: Pick<EvaluationHead, 'end' | 'score'>): boolean {
  return end !== 'done' || score.failed > 0
}

export const evaluationEvent = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('begin'),
    ...{ evaluationId, subject: evaluationSubject, set: evaluationSetHead, settings: evaluationSettings },
    planned: count,
    /** Of an evaluation that is resumed: what was asked before. */
    asked: count,
  }),
  /** Once a second at most, and after the last question. */
  z.strictObject({
    event: z.literal('progress'),
    planned: count,
    score: evaluationScore,
    /** Since it was begun or resumed, and missing where nothing can be said yet. */
    perMinute: z.number().nonnegative().optional(),
    secondsLeft: z.number().nonnegative().optional(),
  }),
  /** The last one. */
  z.strictObject({ event: z.literal('result'), result: evaluationResult }),
])
export type EvaluationEvent = z.infer<typeof evaluationEvent>

/** What differs between two besides the model: it may be why their scores do. `demo`: one of them is a simulation. */
const evaluationUnlike = z.enum(['outputTokens', 'limit', 'seed', 'demo', 'thinks'])
export type EvaluationUnlike = z.infer<typeof evaluationUnlike>

/** Two results beside each other, the older one first. */
export const evaluationComparison = z.strictObject({
  before: evaluationHead,
  after: evaluationHead,
  unlike: z.array(evaluationUnlike),
  /** Missing where the sets are not the same, or no question was asked by both. */
  difference: z
    .strictObject({
      /** Questions that both were asked, how many each had right, and how many only one of them. */
      ...{ items: count, before: count, after: count, onlyBefore: count, onlyAfter: count },
      /** Of the shares, with its 95 % interval (Newcombe, paired). */
      ...{ share: z.number().min(-1).max(1), low: z.number().min(-1).max(1), high: z.number().min(-1).max(1) },
      /** `none-told`: its interval holds 0. `too-many-failed`: of one of them too few questions were answered to say it. */
      told: z.enum(['better', 'worse', 'none-told', 'too-many-failed']),
    })
    .optional(),
})
export type EvaluationComparison = z.infer<typeof evaluationComparison>

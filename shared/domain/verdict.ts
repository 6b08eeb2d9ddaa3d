// A verdict says how a deployment or an appliance is, always with a reason. A 200 on /health alone is
// never healthy; no data is stale or unknown, never healthy.
import * as z from 'zod'
import { acceleratorTrouble } from './accelerator-trouble.ts'
import { canaryId, canaryVerdict } from './canary.ts'
import { canarySet } from './canary-set.ts'
import { acceptedLicence, publisherMark } from './origin.ts'
import { readingOf } from './reading.ts'
import { takenBack } from './taken-back.ts'
import { taskResult } from './task-step.ts'

export const verdictState = z.enum(['healthy', 'degraded', 'down', 'unknown', 'stale'])
export type VerdictState = z.infer<typeof verdictState>

/** The readiness ladder, lowest rung first. */
export const rungName = z.enum([
  ...(['process', 'port', 'ready', 'model-listed', 'keys'] as const),
  ...(['one-token', 'embeds', 'ranks', 'metrics', 'page', 'published', 'checked'] as const),
])
export type RungName = z.infer<typeof rungName>

export const rung = z.strictObject({
  name: rungName,
  passed: z.boolean(),
  /** What was seen, for the evidence fold; empty when there is nothing to say. */
  detail: z.string().max(600),
  milliseconds: z.number().nonnegative(),
})
export type Rung = z.infer<typeof rung>

/** Why a speed is not known where an answer was too short, or came all at once. */
export const tooShort = 'too short to measure'

/** One streamed completion. Time to first token runs from sending the request to the first text. */
export const inferenceProof = z.strictObject({
  ttftMs: z.number().nonnegative(),
  tokensPerSecond: readingOf(z.number().nonnegative()),
  outputTokens: z.int().nonnegative(),
  finishReason: z.string().max(40),
  /** The beginning of what it wrote, without control characters. */
  answer: z.string().max(2000),
  /** Why it is none: blank, one token again and again, or bytes that are no text. */
  odd: z.enum(['empty', 'repeated', 'not-text']).optional(),
})
export type InferenceProof = z.infer<typeof inferenceProof>

export const verdictReason = z.enum([
  'answers',
  'embeds',
  'ranks',
  'page-answers',
  'api-answers',
  'check-passes',
  'nothing-deployed',
  'missing',
  'not-running',
  'starting',
  'port-closed',
  'not-ready',
  'model-missing',
  'keys-unchecked',
  'no-tokens',
  'answer-odd',
  /** It was planned on accelerators, and its engine says that it computes on the processor. */
  'on-processor',
  'no-vectors',
  'no-ranking',
  'metrics-unreadable',
  'page-fails',
  'check-fails',
  'not-published',
  'probe-failed',
  'canary-failed',
  'a-deployment-is-not-healthy',
  'accelerator-ill',
  'accelerator-unreadable',
  'cannot-look',
  /** The login only watches, so nobody tried whether it answers. */
  'only-watched',
])
export type VerdictReason = z.infer<typeof verdictReason>

export const deploymentVerdict = z.strictObject({
  deployment: z.string(),
  entry: z.string(),
  version: z.string(),
  /** The deployment whose part it is. */
  partOf: z.string().optional(),
  state: verdictState,
  reason: verdictReason,
  rungs: z.array(rung),
  proof: inferenceProof.optional(),
  /** What its vendor's probes said last of the version that runs. */
  probes: z
    .array(taskResult.pick({ task: true, entry: true, at: true, seconds: true, outcome: true, exitCode: true }))
    .max(20)
    .optional(),
  /** What a canary of the version that runs said last. */
  canary: z
    .strictObject({
      ...{ canaryId, set: canarySet, verdict: canaryVerdict, at: z.string().max(40) },
      ...{ asked: z.int().nonnegative(), failed: z.int().nonnegative() },
    })
    .optional(),
  /** A model whose engine publishes no figures of its requests. */
  withoutMetrics: z.literal(true).optional(),
  /** Who vouched for it. */
  publisher: publisherMark.optional(),
  /** What of it its publisher has taken back since, as far as this console knows. How it is does not change by that. */
  takenBack: z
    .array(takenBack.omit({ deployment: true }))
    .max(20)
    .optional(),
  /** Its parts that run in a version that it has not been proven with: a run stopped in between. */
  held: z.array(z.string().max(100)).max(50).optional(),
  /** Its first administrator, who still has the password that its maker publishes, as far as anybody has said. */
  publishedUser: z.string().max(100).optional(),
  /** Terms that somebody accepted before it was installed. */
  accepted: z.array(acceptedLicence).max(20).optional(),
})
export type DeploymentVerdict = z.infer<typeof deploymentVerdict>

export const applianceVerdict = z.strictObject({
  state: verdictState,
  reason: verdictReason,
  deployments: z.array(deploymentVerdict),
  /** What is wrong with the hardware, also where the state is worse for another reason. */
  accelerators: z.array(acceleratorTrouble).optional(),
  /** UTC, ISO 8601: since when this console sees this state, look after look. */
  since: z.string().optional(),
})
export type ApplianceVerdict = z.infer<typeof applianceVerdict>

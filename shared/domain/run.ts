// A run is one execution of a plan. Its journal lies on the appliance, one JSON line per record,
// fsynced before and after each step, so that any console knows what is true after any interruption.
import * as z from 'zod'
import { failure } from './failure.ts'
import { stepReason } from './plan.ts'
import { applianceVerdict, verdictState } from './verdict.ts'

const runId = z.string().regex(/^run-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$/)

export const journalRecord = z.discriminatedUnion('record', [
  z.strictObject({
    record: z.literal('run-begin'),
    run: runId,
    plan: z.string(),
    planDigest: z.string(),
    who: z.string(),
    at: z.string(),
    /** The run that ended without a word before this one, if any. */
    resumes: z.string().optional(),
  }),
  z.strictObject({ record: z.literal('step-begin'), run: runId, step: z.string(), at: z.string() }),
  z.strictObject({
    record: z.literal('step-end'),
    run: runId,
    step: z.string(),
    outcome: z.enum(['done', 'already', 'failed', 'undone']),
    at: z.string(),
  }),
  /** After the run: how it is, and how fast it answered. */
  z.strictObject({
    record: z.literal('verified'),
    run: runId,
    verdict: verdictState,
    stillToDo: z.array(z.string()),
    proofs: z.array(
      z.strictObject({ deployment: z.string(), ttftMs: z.number(), tokensPerSecond: z.number().nullable() }),
    ),
    at: z.string(),
  }),
  z.strictObject({
    record: z.literal('run-end'),
    run: runId,
    outcome: z.enum(['done', 'failed', 'cancelled']),
    at: z.string(),
  }),
])
export type JournalRecord = z.infer<typeof journalRecord>

/** What a shell sees of a run: a `log` stream, nothing is dropped. */
export const runEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('run-begin'), run: runId, steps: z.int() }),
  z.strictObject({ event: z.literal('waiting-for-lock'), holder: z.string() }),
  z.strictObject({ event: z.literal('step-begin'), step: z.string(), number: z.int(), of: z.int() }),
  z.strictObject({
    event: z.literal('step-end'),
    step: z.string(),
    outcome: z.enum(['done', 'already', 'failed']),
    reason: stepReason.optional(),
  }),
  /** `sentBytes` went over the link in this run; what lay there already is not in it. */
  z.strictObject({
    event: z.literal('run-end'),
    run: runId,
    changed: z.int(),
    unchanged: z.int(),
    sentBytes: z.int(),
    failure: failure.optional(),
  }),
  /** After the run: planned again (steps that are still to do) and proven. */
  z.strictObject({ event: z.literal('verified'), stillToDo: z.array(z.string()), verdict: applianceVerdict }),
])
export type RunEvent = z.infer<typeof runEvent>

/** Where a run is now: a `latest` stream, the newest value replaces what was not read. */
export const runProgress = z.strictObject({
  run: runId,
  step: z.string(),
  doneBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
  sentBytes: z.int().nonnegative(),
})
export type RunProgress = z.infer<typeof runProgress>

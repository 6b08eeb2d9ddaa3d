// A run is one execution of a plan. Its journal lies on the appliance, one JSON line per record,
// fsynced before and after each step, so that any console knows what is true after any interruption.
import * as z from 'zod'
import { address } from './appliance.ts'
import { failure } from './failure.ts'
import { heldPart } from './held-part.ts'
import { planPurpose, stepReason } from './plan.ts'
import { applianceVerdict, type VerdictState, verdictState } from './verdict.ts'

export const runId = z.string().regex(/^run-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$/)

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
  /** `run`: the holder's, where it is a run of somebody's and not a unit that an earlier one left at work. */
  z.strictObject({ event: z.literal('waiting-for-lock'), holder: z.string(), run: z.string().optional() }),
  /** Before a step that interrupts a service: its maintenance window opens then. */
  z.strictObject({ event: z.literal('waiting-for-window'), until: z.iso.datetime() }),
  /** Before it: so many requests are under way now. */
  z.strictObject({ event: z.literal('waiting-while-busy'), deployment: z.string(), requests: z.int() }),
  /** It is interrupted without knowing whether somebody waits for its answer. */
  z.strictObject({ event: z.literal('requests-unknown'), deployment: z.string(), why: z.string().max(600) }),
  z.strictObject({ event: z.literal('step-begin'), step: z.string(), number: z.int(), of: z.int() }),
  z.strictObject({
    event: z.literal('step-end'),
    step: z.string(),
    outcome: z.enum(['done', 'already', 'failed']),
    reason: stepReason.optional(),
    /** How long it took, by the console's clock. */
    milliseconds: z.number().nonnegative().optional(),
  }),
  /** `sentBytes` went over the link in this run; what lay there already is not in it. */
  z.strictObject({
    event: z.literal('run-end'),
    run: runId,
    changed: z.int(),
    unchanged: z.int(),
    sentBytes: z.int(),
    failure: failure.optional(),
    /** Of a run that did not come to its end: parts that wait for their service. */
    held: z.array(heldPart).max(100).optional(),
  }),
  /** After the run: planned again (steps that are still to do) and proven. */
  z.strictObject({ event: z.literal('verified'), stillToDo: z.array(z.string()), verdict: applianceVerdict }),
])
export type RunEvent = z.infer<typeof runEvent>
export type VerifiedEvent = Extract<RunEvent, { event: 'verified' }>

/** The verdict after a run, and never a better one than degraded while steps are still to do. */
export function stateAfter({ stillToDo, verdict }: Pick<VerifiedEvent, 'stillToDo' | 'verdict'>): VerdictState {
  return stillToDo.length > 0 && verdict.state === 'healthy' ? 'degraded' : verdict.state
}

/** Where a run is now: a `latest` stream, the newest value replaces what was not read. */
export const runProgress = z.strictObject({
  run: runId,
  step: z.string(),
  doneBytes: z.int().nonnegative(),
  totalBytes: z.int().nonnegative(),
  sentBytes: z.int().nonnegative(),
})
export type RunProgress = z.infer<typeof runProgress>

/** A run that this console carries out or has carried out since it was opened. */
export const consoleRun = z.strictObject({
  planId: z.string(),
  address,
  purpose: planPurpose,
  startedAt: z.iso.datetime(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** After a run that ended well: how it was found afterwards. */
  verdict: verdictState.optional(),
})
export type ConsoleRun = z.infer<typeof consoleRun>

/** The newest run as its journal on the appliance tells it, whichever console began it. */
export const journaledRun = z.strictObject({
  run: runId,
  planId: z.string(),
  who: z.string().max(80),
  beganAt: z.string().max(40),
  /** Steps that were begun, in order; without an outcome: begun and not ended. */
  steps: z.array(
    z.strictObject({ step: z.string(), outcome: z.enum(['done', 'already', 'failed', 'undone']).optional() }),
  ),
  /**
   * `running`: a console holds the appliance's lock for it now. `broken-off`: it ended without a word (the
   * console died, the link was cut, the power failed); setting up again goes on where it stopped.
   */
  state: z.enum(['running', 'broken-off', 'done', 'failed', 'cancelled']),
})
export type JournaledRun = z.infer<typeof journaledRun>

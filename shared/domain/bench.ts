// A benchmark of one model service: what is asked for, what is seen while it goes on, and the result that is kept. The
// definitions are fixed, so that two results of any two servers can be compared:
// TTFT: from sending a request to its first text: opening the stream through the connection, queue and prefill included.
// TPOT: (E2E - TTFT) / (output tokens - 1) of one request. ITL: the gaps between pieces of text as they arrive; a piece may
// carry several tokens. E2E: from sending to the last event. Goodput: what meets every limit at once.
import * as z from 'zod'
import { metricsReader } from './deployment.ts'
import { failure } from './failure.ts'

export const benchId = z.string().regex(/^bench-[0-9a-f]{8}$/)

const milliseconds = z.number().nonnegative()
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

/** From and to which number each wish may be; the CLI says the same. */
export const benchBounds = {
  users: [1, 1024],
  ttftLimitMs: [1, 600_000],
  tpotLimitMs: [1, 60_000],
  inputTokens: [1, 131_072],
  outputTokens: [2, 8192],
  seconds: [2, 600],
  seed: [0, 2_147_483_647],
} as const satisfies Record<string, readonly [number, number]>
export type BenchBound = keyof typeof benchBounds

function whole([least, most]: readonly [number, number]) {
  return z.int().min(least).max(most)
}

export const benchSettings = z.strictObject({
  /** How many ask at once, level by level. Missing: doubled until a limit is broken, then narrowed down. */
  levels: z.array(whole(benchBounds.users)).min(1).max(16).optional(),
  ttftLimitMs: whole(benchBounds.ttftLimitMs),
  tpotLimitMs: whole(benchBounds.tpotLimitMs),
  /** Of a prompt, about. */
  inputTokens: whole(benchBounds.inputTokens),
  outputTokens: whole(benchBounds.outputTokens),
  /** Of a level, its warm-up left out. */
  seconds: whole(benchBounds.seconds),
  /** Prompts of two benchmarks with the same seed are the same. */
  seed: whole(benchBounds.seed),
  /** Every request has the same prompt, so caches of prefixes help. Missing: no two are alike. */
  repeatsPrompts: z.literal(true).optional(),
})
export type BenchSettings = z.infer<typeof benchSettings>

/** What somebody says of it; the rest is usual. */
export const benchWish = benchSettings.partial()
export type BenchWish = z.infer<typeof benchWish>

export const usualBench: Omit<BenchSettings, 'seed'> = {
  ...{ ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 128, seconds: 20 },
}

/** Why a request counts as failed. */
export const requestProblem = z.enum([
  ...(['too-many-requests', 'refused', 'server-error', 'not-connected'] as const),
  ...(['broken-off', 'no-end', 'too-long', 'no-text', 'not-a-stream', 'error-said'] as const),
])
export type RequestProblem = z.infer<typeof requestProblem>

export const distribution = z.strictObject({
  count,
  ...{ mean: milliseconds, least: milliseconds, most: milliseconds },
  ...{ p50: milliseconds, p90: milliseconds, p95: milliseconds, p99: milliseconds },
})
export type Distribution = z.infer<typeof distribution>

/** How many gaps are up to so many milliseconds long, and longer than those of the pair before; pairs without any are left out. */
const gapHistogram = z.array(z.tuple([milliseconds, count])).max(400)
export type GapHistogram = z.infer<typeof gapHistogram>

/** Which limit a level breaks; `no-figures`: nothing came of it that could meet one. */
export const brokenLimit = z.enum(['ttft', 'tpot', 'errors', 'no-figures'])
export type BrokenLimit = z.infer<typeof brokenLimit>

/** One number of users at once. Figures are missing where nothing was measured of them. */
export const benchLevel = z.strictObject({
  users: whole(benchBounds.users),
  /** Measured, without warm-up. */
  seconds: z.number().nonnegative(),
  /** That ended well. */
  requests: count,
  failed: z.partialRecord(requestProblem, count),
  /** What the first one that failed said. */
  said: z.string().max(300).optional(),
  ttftMs: distribution.optional(),
  tpotMs: distribution.optional(),
  itlMs: distribution.optional(),
  e2eMs: distribution.optional(),
  gaps: gapHistogram,
  /** Tokens of one prompt, and of one answer, on the average. */
  promptTokens: z.number().nonnegative().optional(),
  outputTokens: z.number().nonnegative().optional(),
  /** Of one piece of text; 1 where each token comes by itself. */
  tokensPerPiece: z.number().nonnegative().optional(),
  /** `pieces`: the server does not say how many tokens there are, and each piece counts as one. */
  countedBy: z.enum(['usage', 'pieces']),
  outputTokensPerSecond: z.number().nonnegative(),
  requestsPerSecond: z.number().nonnegative(),
  /** Of all requests those that meet every limit, and how many of them there are a second. */
  goodShare: share,
  goodRequestsPerSecond: z.number().nonnegative(),
  /** Time was up before as many requests had ended as its figures should rest on. */
  isShort: z.literal(true).optional(),
  breaks: z.array(brokenLimit),
})
export type BenchLevel = z.infer<typeof benchLevel>

/** What is measured: the service, its model, and the machine under it. */
export const benchSubject = z.strictObject({
  host: z.string().max(253),
  port: z.int(),
  deployment: z.string().max(100),
  entry: z.string().max(64),
  version: z.string().max(64),
  model: z.string().max(200),
  /** Through a gateway, with a key of this console's own. */
  throughGateway: z.literal(true).optional(),
  engine: metricsReader.optional(),
  accelerators: z.array(z.strictObject({ product: z.string().max(200), count })).max(32),
  demo: z.literal(true).optional(),
})
export type BenchSubject = z.infer<typeof benchSubject>

/** `stopped`: by somebody. `out-of-time`: all of it takes no longer than a bound. What was measured until then counts. */
export const benchEnd = z.enum(['done', 'stopped', 'out-of-time', 'failed'])
export type BenchEnd = z.infer<typeof benchEnd>

export const benchResult = z.strictObject({
  format: z.literal(1),
  benchId,
  startedAt: z.string().max(40),
  seconds: z.number().nonnegative(),
  who: z.string().max(200),
  subject: benchSubject,
  settings: benchSettings,
  /** A small request to the service and back, which every TTFT contains about once; missing where none was answered. */
  wayMs: milliseconds.optional(),
  /** `up-to`: this engine cannot be told to go on, and answers may be shorter than wanted. */
  outputIs: z.enum(['enforced', 'up-to']),
  levels: z.array(benchLevel).max(64),
  /** How many at once keep every limit; `atLeast`: more were not tried. Missing where no level was measured. */
  supports: z.strictObject({ users: count, atLeast: z.boolean() }).optional(),
  end: benchEnd,
  failure: failure.optional(),
})
export type BenchResult = z.infer<typeof benchResult>

/** For a list. */
export const benchHead = benchResult
  .pick({ benchId: true, startedAt: true, seconds: true, who: true, subject: true, settings: true })
  .extend(benchResult.pick({ supports: true, end: true }).shape)
export type BenchHead = z.infer<typeof benchHead>

export function headOf({
  benchId: id,
  startedAt,
  seconds,
  who,
  subject,
  settings,
  supports,
  end,
}: BenchResult): BenchHead {
  return { benchId: id, startedAt, seconds, who, subject, settings, end, ...(supports !== undefined && { supports }) }
}

/** A service that can be measured. */
export const benchCandidate = z.strictObject({
  deployment: z.string().max(100),
  models: z.array(z.string().max(200)),
  throughGateway: z.literal(true).optional(),
})
export type BenchCandidate = z.infer<typeof benchCandidate>

export const benchEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('begin'), benchId, subject: benchSubject, settings: benchSettings }),
  /** Warm: how long a prompt really is, where the server says it, and how far away the service is. */
  z.strictObject({
    event: z.literal('warm'),
    promptTokens: count.optional(),
    wayMs: milliseconds.optional(),
    outputIs: z.enum(['enforced', 'up-to']),
  }),
  z.strictObject({ event: z.literal('level-begin'), users: count }),
  /** Once a second. */
  z.strictObject({
    event: z.literal('progress'),
    users: count,
    phase: z.enum(['warm-up', 'measuring', 'letting-end']),
    seconds: z.number().nonnegative(),
    ended: count,
    failed: count,
    /** Of all of them together in the last second. */
    piecesPerSecond: z.number().nonnegative(),
  }),
  z.strictObject({ event: z.literal('level-end'), level: benchLevel }),
  /** The last one. */
  z.strictObject({ event: z.literal('result'), result: benchResult }),
])
export type BenchEvent = z.infer<typeof benchEvent>

export const benchFigure = z.enum([
  ...(['supported-users', 'ttft-p50', 'ttft-p95', 'tpot-p50', 'tpot-p95', 'itl-p99'] as const),
  ...(['e2e-p95', 'output-rate', 'request-rate', 'good-share'] as const),
])
export type BenchFigure = z.infer<typeof benchFigure>

/** Two results beside each other; `percent`: from the first to the second, missing where the first is 0. */
export const benchComparison = z.strictObject({
  before: benchHead,
  after: benchHead,
  /** Settings that are not the same: figures differ for that reason too. */
  otherSettings: z.array(
    z.enum(['ttftLimitMs', 'tpotLimitMs', 'inputTokens', 'outputTokens', 'seconds', 'repeatsPrompts']),
  ),
  rows: z
    .array(
      z.strictObject({
        figure: benchFigure,
        /** Missing of what is about all levels. */
        users: count.optional(),
        before: z.number(),
        after: z.number(),
        percent: z.number().optional(),
        change: z.enum(['better', 'worse', 'same']),
      }),
    )
    .max(1000),
})
export type BenchComparison = z.infer<typeof benchComparison>

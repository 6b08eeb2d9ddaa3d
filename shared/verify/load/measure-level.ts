// The figures of one number of users at once, from the traces of its requests. Those that were sent within the measured
// time count, also where they ended after it: the load went on until they had. Rates count what arrived within that time,
// of whichever request.
import type { BenchLevel, BenchSettings, BrokenLimit, RequestProblem } from '../../domain/bench.ts'
import { isMeasurable } from '../decode-rate.ts'
import { distributionOf, histogramOf } from './distribution.ts'
import type { RequestTrace } from './request-trace.ts'

/** Of all requests at most so many may fail. */
const mostFailed = 0.005

export type Measured = {
  readonly users: number
  readonly fromMs: number
  readonly toMs: number
  /** Every request there was, of the warm-up and those that were cut off too. */
  readonly traces: readonly RequestTrace[]
  /** As many should have ended well. */
  readonly wanted: number
}

type Limits = Pick<BenchSettings, 'ttftLimitMs' | 'tpotLimitMs'>

export function measureLevel({ users, fromMs, toMs, traces, wanted }: Measured, limits: Limits): BenchLevel {
  const seconds = (toMs - fromMs) / 1000
  const sent = traces.filter((one) => one.startMs >= fromMs && one.startMs < toMs && one.isCut !== true)
  const well = sent.filter(({ problem }) => problem === undefined)
  const figures = well.map(figuresOf)
  const gaps = well.flatMap(gapsOf)
  const rates = ratesOf(traces, { fromMs, toMs })
  const good = figures.filter((one) => isGood(one, limits)).length
  const of = (key: keyof RequestFigures) => distributionOf(figures.flatMap((one) => one[key] ?? []))
  const distributions = { ttftMs: of('ttftMs'), tpotMs: of('tpotMs'), itlMs: distributionOf(gaps), e2eMs: of('e2eMs') }
  const level = {
    ...{ users, seconds, requests: well.length, failed: failedIn(sent), ...saidIn(sent) },
    ...present(distributions),
    gaps: histogramOf(gaps),
    ...present({ promptTokens: mean(well.map((one) => one.promptTokens)), outputTokens: mean(figures.map(tokensIn)) }),
    ...present({ tokensPerPiece: rates.tokensPerPiece }),
    countedBy: rates.isCounted ? ('usage' as const) : ('pieces' as const),
    outputTokensPerSecond: seconds > 0 ? (rates.pieces * (rates.tokensPerPiece ?? 1)) / seconds : 0,
    requestsPerSecond: seconds > 0 ? endedWithin(traces, { fromMs, toMs }) / seconds : 0,
    goodShare: sent.length === 0 ? 0 : good / sent.length,
    ...(well.length < wanted && { isShort: true as const }),
  }
  const goodRequestsPerSecond = well.length === 0 ? 0 : (level.requestsPerSecond * good) / well.length
  return { ...level, goodRequestsPerSecond, breaks: brokenBy(level, limits) }
}

type RequestFigures = {
  readonly ttftMs: number
  /** Missing of an answer that is too short for it, or that came all at once. */
  readonly tpotMs: number | undefined
  readonly e2eMs: number
  readonly tokens: number
}

/** Of a request that ended well, so there is at least one piece. */
function figuresOf(trace: RequestTrace): RequestFigures {
  const { startMs, endMs, arrivalsMs, outputTokens } = trace
  const tokens = outputTokens ?? arrivalsMs.length
  const ttftMs = (arrivalsMs[0] ?? endMs) - startMs
  const e2eMs = endMs - startMs
  return { ttftMs, e2eMs, tokens, tpotMs: isPaced(trace) ? (e2eMs - ttftMs) / (tokens - 1) : undefined }
}

function tokensIn({ tokens }: RequestFigures): number {
  return tokens
}

function isPaced({ arrivalsMs, outputTokens = arrivalsMs.length }: RequestTrace): boolean {
  return isMeasurable(outputTokens, (arrivalsMs.at(-1) ?? 0) - (arrivalsMs[0] ?? 0))
}

/** What came all at once has no time between its pieces. */
function gapsOf(trace: RequestTrace): number[] {
  const { arrivalsMs } = trace
  if (!isPaced(trace)) return []
  return arrivalsMs.slice(1).map((atMs, at) => atMs - (arrivalsMs[at] ?? atMs))
}

/** An answer that came at once has no time between tokens that could be too long. */
function isGood({ ttftMs, tpotMs }: RequestFigures, { ttftLimitMs, tpotLimitMs }: Limits): boolean {
  return ttftMs <= ttftLimitMs && (tpotMs ?? 0) <= tpotLimitMs
}

type Within = { readonly fromMs: number; readonly toMs: number }

function ratesOf(traces: readonly RequestTrace[], { fromMs, toMs }: Within) {
  const counted = traces.filter(({ outputTokens, arrivalsMs }) => outputTokens !== undefined && arrivalsMs.length > 0)
  const tokens = counted.reduce((sum, one) => sum + (one.outputTokens ?? 0), 0)
  const ofThem = counted.reduce((sum, one) => sum + one.arrivalsMs.length, 0)
  const pieces = traces.reduce(
    (sum, one) => sum + one.arrivalsMs.filter((atMs) => atMs >= fromMs && atMs < toMs).length,
    0,
  )
  return { pieces, isCounted: ofThem > 0, tokensPerPiece: ofThem > 0 ? tokens / ofThem : undefined }
}

function endedWithin(traces: readonly RequestTrace[], { fromMs, toMs }: Within): number {
  const isWell = (one: RequestTrace) => one.problem === undefined && one.isCut !== true
  return traces.filter((one) => isWell(one) && one.endMs >= fromMs && one.endMs < toMs).length
}

function failedIn(sent: readonly RequestTrace[]): Partial<Record<RequestProblem, number>> {
  const failed: Partial<Record<RequestProblem, number>> = {}
  for (const { problem } of sent) if (problem !== undefined) failed[problem] = (failed[problem] ?? 0) + 1
  return failed
}

function saidIn(sent: readonly RequestTrace[]): { said?: string } {
  const said = sent.find(({ problem }) => problem !== undefined)?.detail
  return said === undefined ? {} : { said: said.slice(0, 300) }
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length
}

/** Without the keys that have no value. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

type Judged = Pick<BenchLevel, 'requests' | 'failed' | 'ttftMs' | 'tpotMs'>

function brokenBy({ requests, failed, ttftMs, tpotMs }: Judged, { ttftLimitMs, tpotLimitMs }: Limits): BrokenLimit[] {
  if (requests === 0) return ['no-figures']
  const failures = Object.values(failed).reduce((sum, one) => sum + one, 0)
  return [
    ...((ttftMs?.p95 ?? 0) > ttftLimitMs ? (['ttft'] as const) : []),
    ...((tpotMs?.p95 ?? 0) > tpotLimitMs ? (['tpot'] as const) : []),
    ...(failures / (failures + requests) > mostFailed ? (['errors'] as const) : []),
  ]
}

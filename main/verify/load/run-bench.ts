// A benchmark of one service: how far away it is, how long its prompts are, then one number of users after the other
// until the sweep is through, somebody stops it, or its time is up. What was measured until then is kept.
import type { BenchEvent, BenchLevel, BenchResult, BenchSettings } from '../../../shared/domain/bench.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { MetricsReader } from '../../../shared/domain/deployment.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { distributionOf } from '../../../shared/verify/load/distribution.ts'
import { measureLevel } from '../../../shared/verify/load/measure-level.ts'
import { type CountedPrompt, type PromptPlan, promptAt, wordsFor } from '../../../shared/verify/load/prompts.ts'
import { enforcesOutput, requestBody } from '../../../shared/verify/load/request-body.ts'
import type { RequestTrace } from '../../../shared/verify/load/request-trace.ts'
import { nextUsers, supportedBy } from '../../../shared/verify/load/sweep.ts'
import { fetchText } from '../fetch-text.ts'
import { type Asked, askOnce, newStop, requestSeconds, type Stop } from './ask-once.ts'
import { type LevelTools, runLevel } from './run-level.ts'

/** Of all of it. */
const totalSeconds = 20 * 60
/** Of a level, as many times as long as wanted, for services that take long to answer. */
const longestTimes = 3
const leastRequests = 10
const wayTries = 7
/** Two short prompts say how many tokens a word has. */
const countedWords = [8, 32] as const

export type Service = {
  readonly port: number
  readonly readyPath: string
  readonly model: string
  readonly headers?: Readonly<Record<string, string>>
  readonly engine?: MetricsReader | undefined
  readonly throughGateway: boolean
}

export type BenchTools = Pick<LevelTools, 'clock' | 'pause' | 'signal'> & {
  readonly hear: (event: BenchEvent) => void
  /** False once somebody else may be at work there. */
  readonly held: () => boolean
}

export type BenchOutcome = Pick<BenchResult, 'wayMs' | 'outputIs' | 'levels' | 'supports' | 'end' | 'failure'>

export async function runBench(
  connection: Connection,
  service: Service,
  { settings, tools }: { readonly settings: BenchSettings; readonly tools: BenchTools },
): Promise<BenchOutcome> {
  const load = loadOf(connection, service, { settings, tools })
  const outputIs = load.enforces ? ('enforced' as const) : ('up-to' as const)
  const beganMs = tools.clock()
  const levels: BenchLevel[] = []
  const outcome = (end: BenchResult['end'], failure?: Failure) => {
    // One that was cut short says what it saw, and nothing of how many the service supports.
    const supports = supportedBy(end === 'done' || end === 'out-of-time' ? levels : levels.slice(0, whole))
    return { outputIs, levels, end, ...(supports && { supports }), ...(failure && { failure }) }
  }
  let whole = 0
  const wayMs = await wayTo(connection, service, tools)
  const way = wayMs === undefined ? {} : { wayMs }
  const warm = await load.warmUp()
  if (!warm.ok) return { ...outcome(tools.signal.aborted ? 'stopped' : 'failed', warm.failure), ...way }
  tools.hear({ event: 'warm', ...(warm.value !== undefined && { promptTokens: warm.value }), ...way, outputIs })
  for (let users = nextUsers(levels, settings); users !== undefined; users = nextUsers(levels, settings)) {
    const leftSeconds = totalSeconds - (tools.clock() - beganMs) / 1000
    if (leftSeconds < settings.seconds) return { ...outcome('out-of-time'), ...way }
    tools.hear({ event: 'level-begin', users })
    const level = await load.measure(users, leftSeconds)
    if (level !== undefined) {
      levels.push(level)
      tools.hear({ event: 'level-end', level })
    }
    if (!tools.held()) return { ...outcome('failed', { kind: 'lock-lost', at: `${users}` }), ...way }
    if (tools.signal.aborted) return { ...outcome('stopped'), ...way }
    whole = levels.length
  }
  return { ...outcome('done'), ...way }
}

/** The median of some small requests; undefined where none was answered. */
async function wayTo(connection: Connection, service: Service, { clock, signal }: BenchTools) {
  const times: number[] = []
  for (let tried = 0; tried < wayTries && !signal.aborted; tried++) {
    const beganMs = clock()
    const fetched = await fetchText(connection, { port: service.port, path: service.readyPath, clock })
    if (fetched.ok) times.push(Math.max(0, clock() - beganMs))
  }
  return distributionOf(times)?.p50
}

function loadOf(
  connection: Connection,
  service: Service,
  { settings, tools }: { readonly settings: BenchSettings; readonly tools: BenchTools },
) {
  const { clock } = tools
  const enforces = enforcesOutput(service.engine, service.throughGateway)
  const plan = { seed: settings.seed, repeats: settings.repeatsPrompts === true }
  let asked = 0
  let words = wordsFor(settings.inputTokens, [])

  function requestOf({ words: count, ...prompts }: PromptPlan, outputTokens: number): Asked {
    asked += 1
    const prompt = promptAt({ ...prompts, words: count }, asked)
    const body = requestBody({ model: service.model, prompt, outputTokens, enforces })
    return { port: service.port, body, ...(service.headers && { headers: service.headers }) }
  }

  /** By itself, before anybody is measured. */
  async function askAlone(count: number, outputTokens: number): Promise<Result<RequestTrace>> {
    // Somebody stopped it while it was being prepared.
    if (tools.signal.aborted) return fail({ kind: 'cancelled', at: 'warm-up' })
    const stop = stopWith(tools.signal)
    const request = requestOf({ ...plan, repeats: false, words: count }, outputTokens)
    const trace = await askOnce(connection, request, { clock, stop, onPieces: () => undefined })
    if (trace.isCut === true || tools.signal.aborted) return fail({ kind: 'cancelled', at: 'warm-up' })
    if (trace.problem === undefined) return ok(trace)
    return fail({ kind: 'http-failed', port: service.port, detail: `${trace.problem}: ${trace.detail ?? ''}` })
  }

  return {
    enforces,
    /** The tokens of a prompt as it will be, where the server counts. */
    async warmUp(): Promise<Result<number | undefined>> {
      const counted: CountedPrompt[] = []
      for (const count of countedWords) {
        const trace = await askAlone(count, 2)
        if (!trace.ok) return trace
        if (trace.value.promptTokens !== undefined) counted.push({ words: count, tokens: trace.value.promptTokens })
      }
      words = wordsFor(settings.inputTokens, counted)
      const whole = await askAlone(words, settings.outputTokens)
      return whole.ok ? ok(whole.value.promptTokens) : whole
    },
    /** Undefined where it was stopped before anything was measured. */
    async measure(users: number, leftSeconds: number): Promise<BenchLevel | undefined> {
      const { seconds } = settings
      const wanted = Math.max(leastRequests, 2 * users)
      const ending = new AbortController()
      const onAbort = () => ending.abort()
      tools.signal.addEventListener('abort', onAbort)
      const ask = (stop: Stop, onPieces: (count: number) => void) => {
        if (!tools.held()) ending.abort()
        return askOnce(connection, requestOf({ ...plan, words }, settings.outputTokens), { clock, stop, onPieces })
      }
      const mostSeconds = Math.min(longestTimes * seconds, Math.max(seconds, leftSeconds))
      const wish = { users, seconds, mostSeconds, wanted, warmUpSeconds: Math.max(10, seconds) }
      const run = await runLevel(
        // A request that hangs ends by itself before that, and counts as one that failed.
        { ...wish, endingSeconds: requestSeconds + 5 },
        { clock, pause: tools.pause, hear: tools.hear, signal: ending.signal, ask },
      )
      tools.signal.removeEventListener('abort', onAbort)
      const level = measureLevel({ users, wanted, ...run }, settings)
      return ending.signal.aborted && level.requests === 0 ? undefined : level
    },
  }
}

function stopWith(signal: AbortSignal): Stop {
  const stop = newStop()
  if (signal.aborted) stop.stop()
  else signal.addEventListener('abort', stop.stop, { once: true })
  return stop
}

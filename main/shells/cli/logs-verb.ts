// `rackside logs`: what a deployment of an appliance writes. Every line comes with its time, safe for a terminal; with
// --follow until Ctrl-C. The JSON result has the newest lines.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import {
  type LogEvent,
  type LogLine,
  type LogSource,
  longestSinceSeconds,
  mostTailLines,
  usualTailLines,
} from '../../../shared/domain/log.ts'
import { failureText } from '../../../shared/words/language.ts'
import { received } from '../../core/refusal.ts'
import { usage } from '../../terminal/option-words.ts'
import { readTime } from './history-words.ts'
import type { LogsLine } from './logs-words.ts'
import { flat, type VerbWork, type Work } from './work.ts'

const noWish: LogsLine = { deployment: undefined, follow: false, tailLines: usualTailLines, since: undefined }

export async function logs(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation } = work
  const line = invocation.logs ?? noWish
  const sources = await flat('logs.sources', client.product.logs.sources({ target }))
  if (!sources.ok) return sources
  const source = sourceFor(sources.value, line.deployment)
  if (source === undefined)
    return line.deployment === undefined ? list(work, sources.value) : unknown(sources.value, line)
  const { follow, tailLines } = line
  return show(work, { target, container: source.container, follow, tailLines, ...sinceOf(line) })
}

/** The container in service of the deployment comes before one that is set aside. */
function sourceFor(sources: readonly LogSource[], wanted: string | undefined): LogSource | undefined {
  if (wanted === undefined) return sources.length === 1 ? sources[0] : undefined
  return (
    sources.find(({ container }) => container === wanted) ??
    sources.find(({ deployment, container }) => deployment === wanted && container === `rackside-${wanted}`) ??
    sources.find(({ deployment }) => deployment === wanted)
  )
}

function unknown(sources: readonly LogSource[], { deployment = '' }: LogsLine): Result<never> {
  return usage('log-container', deployment, { other: sources.map((one) => one.deployment).join(', ') })
}

function list({ terminal, words }: Work, sources: readonly LogSource[]): Result<number> {
  if (sources.length === 0) terminal.say(words.logs.nothing)
  else terminal.say(words.logs.which)
  for (const one of sources) terminal.say(words.logs.source(one))
  terminal.result({ sources })
  return ok(0)
}

function sinceOf({ since }: LogsLine): { sinceSeconds?: number } {
  const nowMs = Date.now()
  const fromMs = since === undefined ? undefined : readTime(since, nowMs)
  if (fromMs === undefined) return {}
  return { sinceSeconds: Math.min(longestSinceSeconds, Math.max(1, Math.ceil((nowMs - fromMs) / 1000))) }
}

type Input = Parameters<Work['client']['product']['logs']['follow']>[0]

async function show({ client, terminal, words }: Work, input: Input): Promise<Result<number>> {
  const stop = new AbortController()
  const end = () => stop.abort()
  process.once('SIGINT', end)
  // Nobody reads it any more (`| head`).
  process.stdout.once('error', end)
  try {
    const events = await received('logs.follow', client.product.logs.follow(input, { signal: stop.signal }))
    if (!events.ok) return events
    const seen = await received('logs.follow', sayAll(events.value, stop.signal, { terminal, words }))
    if (!seen.ok) return seen
    terminal.result({ container: input.container, ...seen.value })
    return ok(0)
  } finally {
    process.removeListener('SIGINT', end)
    process.stdout.removeListener('error', end)
  }
}

type Seen = { readonly lines: readonly LogLine[]; readonly olderLines: number }

/** Of a log without end the newest lines are kept. */
async function sayAll(
  events: AsyncIterable<LogEvent>,
  left: AbortSignal,
  { terminal, words }: Pick<Work, 'terminal' | 'words'>,
): Promise<Seen> {
  let lines: LogLine[] = []
  let seen = 0
  try {
    for await (const event of events) {
      if (event.event === 'lost') terminal.complain(words.logs.lost(failureText(event.failure, words).what))
      if (event.event === 'stopped') terminal.complain(words.logs.stopped)
      if (event.event === 'lines') {
        for (const line of event.lines) terminal.say(lineText(line, words))
        seen += event.lines.length
        // Cut off in big pieces: a fast log comes in many small ones.
        lines.push(...event.lines)
        if (lines.length > 2 * mostTailLines) lines = lines.slice(-mostTailLines)
      }
      if (left.aborted) break
    }
  } catch (error) {
    // Over a socket our own end of it comes back as an error.
    if (!left.aborted) throw error
  }
  const kept = lines.slice(-mostTailLines)
  return { lines: kept, olderLines: seen - kept.length }
}

function lineText({ atMs, text, cutBytes }: LogLine, { logs: said }: Work['words']): string {
  const time = atMs === null ? '' : `${new Date(atMs).toISOString()} `
  return `${time}${text}${cutBytes === undefined ? '' : ` ${said.cut(cutBytes)}`}`
}

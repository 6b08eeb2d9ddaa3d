// What the load generator costs, and how well it tells the time: 256 streams at 100 tokens a second each, from a server in
// a process of its own that knows when each token left. Beside it what one would write without one: fetch, a decoder, a
// split at line ends, and the clock.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { localOpening } from '../../main/core/access/opening.ts'
import { loadLevel } from '../../main/core/bench/load-level.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { distributionOf } from '../../shared/verify/load/distribution.ts'
import { measureLevel } from '../../shared/verify/load/measure-level.ts'
import { promptAt } from '../../shared/verify/load/prompts.ts'
import { requestBody } from '../../shared/verify/load/request-body.ts'
import type { RequestTrace } from '../../shared/verify/load/request-trace.ts'
import { benchTools, must } from './bench-tools.ts'
import type { Bench, Figures } from './frame.ts'
import { ownProgram } from './own-program.ts'

const users = 256
const tokens = 256
const seconds = Number(process.env['RACKSIDE_BENCH_SECONDS'] ?? 20)

export const loadgenBench: Bench = {
  name: 'loadgen',
  about: `${users} streams at 100 tokens/s each for ${seconds} s, from a server in a process of its own; beside a plain client of fetch`,
  targets: [
    { figure: 'corePercent', atMost: 100 },
    { figure: 'errorP99Ms', atMost: 5 },
    // Less would be another load.
    { figure: 'tokensPerSecond', atLeast: users * 100 * 0.97 },
    { figure: 'lost', atMost: 0 },
    { figure: 'timesFetchCost', atMost: 1.1 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const server = spawn(process.execPath, [await ownProgram('loadgen/server.ts', import.meta.dirname)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  try {
    const [said] = (await once(server.stdout, 'data')) as [Buffer]
    const port = Number(said.toString('utf8'))
    const mine = await generated(port)
    const fetched = await fetchedPlainly(port)
    return { ...mine, ...fetched, timesFetchCost: costOf(mine, '') / costOf(fetched, 'fetch') }
  } finally {
    server.stdin.end()
    if (server.exitCode === null) await once(server, 'close')
  }
}

/** Of a token, in microseconds of a core. */
function costOf(figures: Figures, name: string): number {
  const of = (figure: string) => figures[name === '' ? figure : `${name}${figure[0]?.toUpperCase()}${figure.slice(1)}`]
  return ((of('corePercent') ?? Number.NaN) * 10_000) / (of('tokensPerSecond') ?? Number.NaN)
}

function monotonicMs(): number {
  const [wholeSeconds, nanoseconds] = process.hrtime()
  return wholeSeconds * 1000 + nanoseconds / 1e6
}

/** Of every piece that arrived. */
async function generated(port: number): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(folder, benchTools(folder))
  const connection = must(await core.sessions.open(localOpening('bench')))
  const errorsMs: number[] = []
  let lost = 0
  const cpu = cpuMeter()
  const run = await loadLevel(
    { users, seconds, mostSeconds: seconds, wanted: 0, warmUpSeconds: 20, endingSeconds: 20 },
    {
      ...{ clock: monotonicMs, pause: core.tools.pause, signal: new AbortController().signal },
      // From the first to the last second of what counts.
      hear: ({ phase }) => {
        if (phase === 'measuring') cpu.read()
      },
    },
    (at) => {
      const end: Uint8Array[] = []
      const prompt = promptAt({ seed: 1, words: 350, repeats: false }, at)
      const body = requestBody({ model: 'bench', prompt, outputTokens: tokens, enforces: true })
      const onTrace = ({ isCut, problem, arrivalsMs }: RequestTrace) => {
        if (isCut === true) return
        const sentMs = sentIn(end)
        if (problem !== undefined || sentMs.length !== arrivalsMs.length) lost += 1
        else for (const [token, sent] of sentMs.entries()) errorsMs.push((arrivalsMs[token] ?? Number.NaN) - sent)
      }
      return { connection: keepingEnd(connection, end), asked: { port, body }, onTrace }
    },
  )
  await closeCore(core)
  rmSync(folder, { recursive: true, force: true })
  const level = measureLevel({ users, wanted: 0, ...run }, { ttftLimitMs: 2000, tpotLimitMs: 100 })
  return {
    ...{ corePercent: cpu.percent(), lost, tokensPerSecond: level.outputTokensPerSecond, requests: level.requests },
    ...errorsOf('', errorsMs),
    ...{ tpotP50Ms: level.tpotMs?.p50 ?? Number.NaN, ttftP95Ms: level.ttftMs?.p95 ?? Number.NaN },
  }
}

/** Of a core, between the first and the last time that it is read. */
function cpuMeter() {
  let first: { readonly atMs: number; readonly cpu: NodeJS.CpuUsage } | undefined
  let percent = Number.NaN
  return {
    read() {
      first ??= { atMs: monotonicMs(), cpu: process.cpuUsage() }
      const { user, system } = process.cpuUsage(first.cpu)
      percent = (user + system) / 10 / (monotonicMs() - first.atMs)
    },
    percent: () => percent,
  }
}

function errorsOf(name: string, errorsMs: readonly number[]): Figures {
  const { p50 = Number.NaN, p99 = Number.NaN, most = Number.NaN } = distributionOf(errorsMs) ?? {}
  const prefixed = (figure: string) => (name === '' ? `error${figure}` : `${name}Error${figure}`)
  return { [prefixed('P50Ms')]: p50, [prefixed('P99Ms')]: p99, [prefixed('LongestMs')]: most }
}

/** The same connection; what comes from the end of the answer on is kept, with the times at which its tokens left. */
function keepingEnd(connection: Connection, end: Uint8Array[]): Connection {
  return {
    ...connection,
    async http(request) {
      const response = await connection.http(request)
      if (!response.ok) return response
      const { push } = response.value
      const keeping: typeof push = (take) =>
        push((piece) => {
          if (end.length > 0 || (piece as Buffer).includes('"length"')) end.push(piece)
          return take(piece)
        })
      return { ok: true, value: { ...response.value, push: keeping } }
    },
  }
}

function sentIn(end: readonly Uint8Array[]): number[] {
  const found = /"sentMs":\[([0-9.,]+)\]/.exec(Buffer.concat(end).toString('latin1'))
  return (found?.[1] ?? '')
    .split(',')
    .filter((one) => one !== '')
    .map(Number)
}

/** Written as one does it for a day: nothing of it is ours. */
async function fetchedPlainly(port: number): Promise<Figures> {
  const errorsMs: number[] = []
  let [isMeasured, isOver, pieces] = [false, false, 0]
  async function use(_: unknown, at: number): Promise<void> {
    // As ours: nobody asks in step.
    await sleep((at * 2000) / users)
    while (!isOver) {
      const body = JSON.stringify({ model: 'bench', messages: [], max_tokens: tokens, stream: true })
      const answer = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, { method: 'POST', body })
      const decoder = new TextDecoder()
      const arrivals: number[] = []
      let rest = ''
      for await (const piece of answer.body ?? []) {
        rest += decoder.decode(piece as Uint8Array, { stream: true })
        const lines = rest.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          if (!line.startsWith('data: ') || line === 'data: [DONE]') continue
          const event = JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[]; sentMs?: number[] }
          if (event.choices[0]?.delta.content !== undefined) arrivals.push(monotonicMs())
          const sent = event.sentMs ?? []
          if (isMeasured) for (const [token, ms] of sent.entries()) errorsMs.push((arrivals[token] ?? Number.NaN) - ms)
          if (isMeasured) pieces += sent.length
        }
      }
    }
  }
  const using = Array.from({ length: users }).map(use)
  await sleep(5500)
  isMeasured = true
  const cpu = cpuMeter()
  const fromMs = performance.now()
  cpu.read()
  await sleep(seconds * 1000)
  cpu.read()
  const tookMs = performance.now() - fromMs
  isMeasured = false
  isOver = true
  await Promise.all(using)
  return {
    fetchCorePercent: cpu.percent(),
    fetchTokensPerSecond: (pieces * 1000) / tookMs,
    ...errorsOf('fetch', errorsMs),
  }
}

// One long-lived channel to an appliance, and the samples that come out of it. A sample that does not come
// for five seconds ends the sampling, whatever the link looks like: an old value is never shown as a new one.
import type { Privilege, Script } from '../../shared/domain/command.ts'
import type { Connection, RemoteStream } from '../../shared/domain/connection.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import type { Sample } from '../../shared/domain/sample.ts'
import { acceleratorsNow, type HeardTools, hearTools, samplerProbes } from '../../shared/facts/accelerator-samples.ts'
import { type ProcessorCounters, readHost } from '../../shared/facts/host-sample.ts'
import { samplerScript } from '../../shared/facts/sampler-script.ts'
import type { Tick } from '../../shared/facts/ticks.ts'
import { tickReader } from './tick-reader.ts'

export type SamplerOptions = {
  /** The console's clock in milliseconds since 1970. */
  readonly nowMs: () => number
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** 16 to 64 letters and digits, new at every call. */
  readonly nonce: () => string
  readonly nextSequence: () => number
  readonly onSample: (sample: Sample) => void
  /** The appliance's, for failures. */
  readonly place: { readonly host: string; readonly port: number }
  /** Ends the sampling and the process on the appliance. */
  readonly signal: AbortSignal
}

const intervalSeconds = 1
/** For the channel and sudo, whose PAM may take 15 s. */
const startSeconds = 25
const patienceMilliseconds = 5000
/** After a stall many ticks arrive at once: they are not many samples. */
const closestMilliseconds = 250
/** Less than this may be a tick that broke off with the link. */
const nonsenseBytes = 16 * 1024

/**
 * Samples until the signal aborts (then `cancelled`) or no more come: link-lost as the connection says,
 * deadline-passed after five seconds without a sample, facts-unreadable for a script that ended or talked nonsense.
 */
export async function sampleUntilLost(connection: Connection, options: SamplerOptions): Promise<Result<never>> {
  if (options.signal.aborted) return cancelled
  const nonce = options.nonce()
  const asRoot = await start(connection, 'root', nonce)
  const refused = !asRoot.ok && asRoot.failure.kind === 'sudo-refused'
  const stream = refused ? await start(connection, 'login', nonce) : asRoot
  if (!stream.ok) return stream
  const output = stream.value.output[Symbol.asyncIterator]()
  const leave = () => {
    stream.value.close()
    // What still comes is thrown away: a channel whose bytes wait for a reader would never close.
    void output.return?.()
  }
  options.signal.addEventListener('abort', leave)
  try {
    return await readSamples({ output, ended: stream.value.ended }, nonce, options)
  } finally {
    options.signal.removeEventListener('abort', leave)
    leave()
  }
}

function start(connection: Connection, privilege: Privilege, nonce: string): Promise<Result<RemoteStream>> {
  return connection.stream(samplerScriptOf({ nonce, privilege }), { as: privilege, deadlineSeconds: startSeconds })
}

/** The script as it is sent. */
export function samplerScriptOf(asked: { nonce: string; privilege: Privilege }): Script {
  return samplerScript(samplerProbes, { ...asked, intervalSeconds })
}

type Bytes = { readonly output: AsyncIterator<Uint8Array>; readonly ended: RemoteStream['ended'] }

async function readSamples(bytes: Bytes, nonce: string, options: SamplerOptions): Promise<Result<never>> {
  const reader = tickReader(nonce)
  const measure = measurer(options)
  let patientUntil = options.clock() + patienceMilliseconds
  let strayBytes = 0
  while (!options.signal.aborted) {
    const next = await nextWithin(bytes.output, patientUntil - options.clock(), options.pause)
    if (options.signal.aborted) break
    if (next === undefined) return strayBytes > nonsenseBytes ? nonsense(strayBytes) : silence
    if (next.done === true) return ended(await bytes.ended, options)
    const ticks = reader.push(next.value)
    strayBytes = ticks.length > 0 ? 0 : strayBytes + next.value.byteLength
    if (ticks.length === 0) continue
    patientUntil = options.clock() + patienceMilliseconds
    measure(ticks)
  }
  return cancelled
}

/** Undefined when nothing came in time. */
async function nextWithin(
  output: AsyncIterator<Uint8Array>,
  milliseconds: number,
  pause: SamplerOptions['pause'],
): Promise<IteratorResult<Uint8Array> | undefined> {
  if (milliseconds <= 0) return undefined
  const over = new AbortController()
  try {
    const limit = pause(milliseconds, over.signal).then(() => undefined)
    return await Promise.race([output.next(), limit])
  } finally {
    over.abort()
  }
}

/** Turns ticks into samples. Of several at once every answer is heard, but only the newest is a sample. */
function measurer({ nowMs, clock, nextSequence, onSample }: SamplerOptions): (ticks: readonly Tick[]) => void {
  let counters: ProcessorCounters | undefined
  let heard: HeardTools = new Map()
  let measuredAt = Number.NEGATIVE_INFINITY
  return (ticks) => {
    const atMs = nowMs()
    for (const { answers } of ticks) heard = hearTools(heard, { answers, atMs })
    const newest = ticks.at(-1)
    if (newest === undefined || clock() - measuredAt < closestMilliseconds) return
    measuredAt = clock()
    const reading = readHost(newest.hostText, counters)
    counters = reading.counters
    // A copy: pieces of a long text keep the whole text in memory, and samples are kept for minutes.
    const { host } = reading
    onSample(structuredClone({ sequence: nextSequence(), atMs, host, ...acceleratorsNow(heard, atMs, host) }))
  }
}

const cancelled = fail({ kind: 'cancelled', at: 'sampling' })
const silence = fail({ kind: 'deadline-passed', what: 'sampling', seconds: patienceMilliseconds / 1000 })

function nonsense(bytes: number): Result<never> {
  return fail({ kind: 'facts-unreadable', detail: `the sampler printed ${bytes} bytes that are no sample` })
}

function ended(exitCode: number | undefined, { place }: SamplerOptions): Result<never> {
  return exitCode === undefined
    ? fail({ kind: 'link-lost', ...place, during: 'sampling' })
    : fail({ kind: 'facts-unreadable', detail: `the sampler ended, exit ${exitCode}` })
}

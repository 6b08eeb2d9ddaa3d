// One long-lived channel to an appliance, and the samples that come out of it. A sample that does not come
// for three intervals ends the sampling, whatever the link looks like: an old value is never shown as a new one. Where
// another pace is wanted the script begins anew with it, over the same link.
import type { Privilege, Script } from '../../shared/domain/command.ts'
import type { Connection, RemoteStream } from '../../shared/domain/connection.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import type { Sample } from '../../shared/domain/sample.ts'
import { acceleratorsNow, type HeardTools, hearTools, samplerProbes } from '../../shared/facts/accelerator-samples.ts'
import { type HostCounters, readHost } from '../../shared/facts/host-sample.ts'
import { samplerScript } from '../../shared/facts/sampler-script.ts'
import type { Tick } from '../../shared/facts/ticks.ts'
import { tickReader } from './tick-reader.ts'

/** How often samples are taken, until another pace is wanted. */
export type Pace = {
  /** Whole. */
  readonly seconds: number
  /** Aborts when it does not hold any more. */
  readonly over: AbortSignal
}

export type SamplerOptions = {
  /** The one that is wanted now. */
  readonly pace: () => Pace
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

/** For the channel and sudo, whose PAM may take 15 s. */
const startSeconds = 25
/** Three intervals, and at least this: a tool that is asked each second may take some. */
const leastPatienceMilliseconds = 5000
/** After a stall many ticks arrive at once: they are not many samples. */
const closestMilliseconds = 250
/** Less than this may be a tick that broke off with the link. */
const nonsenseBytes = 16 * 1024

/**
 * Samples until the signal aborts (then `cancelled`) or no more come: link-lost as the connection says,
 * deadline-passed after three intervals without a sample, facts-unreadable for a script that ended or talked nonsense.
 */
export async function sampleUntilLost(connection: Connection, options: SamplerOptions): Promise<Result<never>> {
  const measure = measurer(options)
  while (!options.signal.aborted) {
    const end = await sampleAtPace(connection, measure, options)
    if (end !== 'other-pace') return end
  }
  return cancelled
}

type Ended = Result<never> | 'other-pace'

async function sampleAtPace(connection: Connection, measure: Measure, options: SamplerOptions): Promise<Ended> {
  const { signal, pace } = options
  const { seconds, over } = pace()
  const nonce = options.nonce()
  const asRoot = await start(connection, 'root', { nonce, seconds })
  const refused = !asRoot.ok && asRoot.failure.kind === 'sudo-refused'
  const stream = refused ? await start(connection, 'login', { nonce, seconds }) : asRoot
  if (!stream.ok) return stream
  const output = stream.value.output[Symbol.asyncIterator]()
  const leave = () => {
    stream.value.close()
    // What still comes is thrown away: a channel whose bytes wait for a reader would never close.
    void output.return?.()
  }
  for (const one of [signal, over]) one.addEventListener('abort', leave)
  try {
    const bytes = { output, ended: stream.value.ended, isLeft: () => signal.aborted || over.aborted }
    const end = await readSamples(bytes, measure, { ...options, nonce, seconds })
    return end.ok || signal.aborted || !over.aborted ? end : 'other-pace'
  } finally {
    for (const one of [signal, over]) one.removeEventListener('abort', leave)
    leave()
  }
}

type Asked = { readonly nonce: string; readonly seconds: number }

function start(connection: Connection, privilege: Privilege, asked: Asked): Promise<Result<RemoteStream>> {
  return connection.stream(samplerScriptOf({ ...asked, privilege }), { as: privilege, deadlineSeconds: startSeconds })
}

/** The script as it is sent. */
export function samplerScriptOf({ nonce, privilege, seconds }: Asked & { privilege: Privilege }): Script {
  return samplerScript(samplerProbes, { nonce, privilege, intervalSeconds: seconds })
}

type Bytes = {
  readonly output: AsyncIterator<Uint8Array>
  readonly ended: RemoteStream['ended']
  readonly isLeft: () => boolean
}

async function readSamples(
  { output, ended, isLeft }: Bytes,
  measure: Measure,
  options: Omit<SamplerOptions, 'nonce'> & Asked,
): Promise<Result<never>> {
  const reader = tickReader(options.nonce)
  const patienceMilliseconds = Math.max(leastPatienceMilliseconds, 3000 * options.seconds)
  let patientUntil = options.clock() + patienceMilliseconds
  let strayBytes = 0
  while (!isLeft()) {
    const next = await nextWithin(output, patientUntil - options.clock(), options.pause)
    if (isLeft()) break
    if (next === undefined) return strayBytes > nonsenseBytes ? nonsense(strayBytes) : silence(patienceMilliseconds)
    if (next.done === true) return endOf(await ended, options)
    const ticks = reader.push(next.value)
    strayBytes = ticks.length > 0 ? 0 : strayBytes + next.value.byteLength
    if (ticks.length === 0) continue
    patientUntil = options.clock() + patienceMilliseconds
    measure(ticks, options.seconds)
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

type Measure = (ticks: readonly Tick[], everySeconds: number) => void

/** Turns ticks into samples, of one script after the other. Of several at once every answer is heard, but only the newest is a sample. */
function measurer({ nowMs, clock, nextSequence, onSample }: SamplerOptions): Measure {
  let counters: HostCounters | undefined
  let heard: HeardTools = new Map()
  let measuredAt = Number.NEGATIVE_INFINITY
  return (ticks, everySeconds) => {
    const atMs = nowMs()
    for (const { answers } of ticks) heard = hearTools(heard, { answers, atMs })
    const newest = ticks.at(-1)
    if (newest === undefined || clock() - measuredAt < closestMilliseconds) return
    measuredAt = clock()
    const reading = readHost(newest.hostText, counters)
    counters = reading.counters
    // A copy: pieces of a long text keep the whole text in memory, and samples are kept for minutes.
    const { host } = reading
    const pace = everySeconds === 1 ? {} : { everySeconds }
    const accelerators = acceleratorsNow(heard, { atMs, everySeconds }, host)
    onSample(structuredClone({ sequence: nextSequence(), atMs, ...pace, host, ...accelerators }))
  }
}

const cancelled = fail({ kind: 'cancelled', at: 'sampling' })

function silence(milliseconds: number): Result<never> {
  return fail({ kind: 'deadline-passed', what: 'sampling', seconds: milliseconds / 1000 })
}

function nonsense(bytes: number): Result<never> {
  return fail({ kind: 'facts-unreadable', detail: `the sampler printed ${bytes} bytes that are no sample` })
}

function endOf(exitCode: number | undefined, { place }: Pick<SamplerOptions, 'place'>): Result<never> {
  return exitCode === undefined
    ? fail({ kind: 'link-lost', ...place, during: 'sampling' })
    : fail({ kind: 'facts-unreadable', detail: `the sampler ended, exit ${exitCode}` })
}

// A started line on the simulated machine: reads the lease, finds the work by its head, lets it run for as long
// as the lease is held, and ends with its exit code. What is not known is said loudly, never passed over.
import type { ServerChannel } from 'ssh2'
import { unusableExitCode } from '../../../shared/domain/script-exits.ts'
import { readScriptHead } from '../../../shared/domain/script-head.ts'
import type { Work } from '../blocks/work.ts'
import { type InputQueue, inputQueue } from './input-queue.ts'
import { type LeaseOpening, leaseFrames } from './lease-frames.ts'

export type LeasedOptions = {
  /** Resolves with the exit code. Throws on a block that the demo does not know. */
  readonly carryOut: (work: Work) => Promise<number>
  /** Resolves when that many bytes may pass. */
  readonly pace: (bytes: number, signal: AbortSignal) => Promise<void>
  /** Aborts when the machine loses its power or the console ends. */
  readonly power: AbortSignal
}

const unknownBlock = 70
/** After a lease has ended its work has this long to end, then nobody asks any more. */
const endMilliseconds = 2000
/** For the opening; the lease says then how long it may be silent. */
const openingSeconds = 30

export function serveLease(channel: ServerChannel, options: LeasedOptions): void {
  const held = holdLease(options.power)
  const queue = inputQueue(channel)
  let begun = false
  const end = (exitCode: number): void => {
    held.letGo()
    queue.end()
    channel.exit(exitCode)
    channel.end()
  }
  const begin = (opening: LeaseOpening): void => {
    begun = true
    held.mayBeSilent(opening.lease.silenceSeconds)
    void start(opening, { channel, queue, signal: held.signal }, options).then(end)
  }
  const take = leaseFrames({
    onOpening: begin,
    onSign: held.sign,
    onData: queue.push,
    onEndOfData: queue.end,
    onNonsense: held.letGo,
  })
  channel.on('data', take)
  channel.once('end', held.letGo)
  channel.once('close', held.letGo)
  channel.on('error', held.letGo)
  held.signal.addEventListener('abort', () => {
    queue.end()
    // Work that was never begun has nobody else to say that it ended.
    if (!begun) end(unusableExitCode)
  })
}

type HeldLease = {
  readonly signal: AbortSignal
  sign(): void
  mayBeSilent(seconds: number): void
  letGo(): void
}

function holdLease(power: AbortSignal): HeldLease {
  const lease = new AbortController()
  let silence: NodeJS.Timeout | undefined
  let silenceSeconds = openingSeconds
  const letGo = (): void => {
    clearTimeout(silence)
    power.removeEventListener('abort', letGo)
    lease.abort()
  }
  const sign = (): void => {
    clearTimeout(silence)
    if (!lease.signal.aborted) silence = setTimeout(letGo, silenceSeconds * 1000).unref()
  }
  power.addEventListener('abort', letGo)
  sign()
  return {
    signal: lease.signal,
    sign,
    letGo,
    mayBeSilent(seconds) {
      silenceSeconds = seconds
      sign()
    },
  }
}

type Streams = { readonly channel: ServerChannel; readonly queue: InputQueue; readonly signal: AbortSignal }

/** Never rejects. */
async function start({ lease, work }: LeaseOpening, streams: Streams, options: LeasedOptions): Promise<number> {
  const { channel, queue, signal } = streams
  const { marker, input } = lease
  const complain = (line: string) => void channel.stderr.write(`${line}\n`)
  channel.write(`${marker}\n`)
  channel.stderr.write(`${marker}\n`)
  if (input.kind === 'none') queue.end()
  const bytes = input.kind === 'sized' ? firstBytes(queue.bytes, input.bytes) : queue.bytes
  const head = readScriptHead(work)
  if (head === undefined) {
    complain(`the demo does not know this script: ${work.slice(0, 120)}`)
    return unknownBlock
  }
  const write = (text: string | Uint8Array) => written(channel, text, signal)
  const doing = options.carryOut({ head, input: paced(bytes, options, signal), signal, complain, write })
  const loud = doing.catch((error: Error) => {
    complain(`the demo failed in ${head.block}: ${error.message}`)
    return unknownBlock
  })
  return Promise.race([loud, afterEnd(signal)])
}

/** As the wrapper ends a group that does not end by itself. */
function afterEnd(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => setTimeout(() => resolve(143), endMilliseconds).unref(), { once: true })
  })
}

function written(channel: ServerChannel, bytes: string | Uint8Array, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted || channel.destroyed) return Promise.resolve(false)
  if (channel.write(bytes)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const done = (): void => {
      channel.removeListener('drain', done)
      signal.removeEventListener('abort', done)
      resolve(!signal.aborted)
    }
    channel.on('drain', done)
    signal.addEventListener('abort', done)
  })
}

async function* firstBytes(source: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes
  if (left === 0) return
  for await (const piece of source) {
    yield piece.subarray(0, left)
    left -= piece.byteLength
    if (left <= 0) return
  }
}

async function* paced(
  source: AsyncIterable<Uint8Array>,
  { pace }: LeasedOptions,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    await pace(piece.byteLength, signal)
    if (signal.aborted) return
    yield piece
  }
}

// One leased remote process, whatever it is for: sends the wrapper, keeps the heartbeat, frames data
// for the work's input, waits for the start marker and says why it never came.
import type { LeaseInput } from '../../shared/domain/script-head.ts'
import { type InputLane, inputLane } from './input-lane.ts'
import { defaultSilenceSeconds, heartbeatSeconds, type Lease } from './lease.ts'
import type { ProcessChannel } from './link.ts'
import { gateOutput } from './output-gate.ts'

/**
 * After the exit status, so many looks in a row without a byte end the wait for a stream that a leftover may hold open.
 * Not one timer: a console that stood still (a busy processor, a laptop that slept) finds it due before it has read
 * what came meanwhile.
 */
const drainLooks = 10
const drainLookMs = 100

/** A channel with something of ours at its other end, and what that has to hear first to begin. */
export type LeasedChannel = ProcessChannel & { readonly opening: (lease: Lease) => Uint8Array }

export type ProcessEnd = {
  /** undefined: the process went without a status (link lost, killed from outside, closed by us). */
  readonly exitCode: number | undefined
  /** False when the end came before the start marker: then `noise` says why. */
  readonly started: boolean
  readonly noise: string
}

export type ProcessEvents = {
  onStart(): void
  onStdout(bytes: Buffer): void
  onStderr(bytes: Buffer): void
  onEnd(end: ProcessEnd): void
}

export type LeasedProcess = {
  /** Resolves when the bytes have left for the appliance (back-pressure); false when the process is gone. */
  write(bytes: Uint8Array): Promise<boolean>
  /** The same for bytes that come piece by piece. */
  readonly feed: InputLane['feed']
  /** Bytes for the file of a `placed` input. */
  readonly place: InputLane['place']
  endInput(): void
  pauseOutput(): void
  resumeOutput(): void
  /** Ends the lease: the remote group is gone at most a few seconds later. */
  release(): void
}

export type ProcessSpec = {
  readonly work: string
  readonly input: LeaseInput
  /** A word nobody can have printed by accident. */
  readonly nonce: string
  readonly silenceSeconds?: number
  readonly beatSeconds?: number
}

export function startLeased(channel: LeasedChannel, spec: ProcessSpec, events: ProcessEvents): LeasedProcess {
  const marker = `rackside-start ${spec.nonce}`
  const beatSeconds = spec.beatSeconds ?? heartbeatSeconds
  const stdout = gateOutput(
    channel.stdout,
    marker,
    () => events.onStart(),
    (bytes) => events.onStdout(bytes),
  )
  const stderr = gateOutput(
    channel.stderr,
    marker,
    () => undefined,
    (bytes) => events.onStderr(bytes),
  )
  const lane = inputLane(channel)
  lane.open(channel.opening({ ...spec, marker, silenceSeconds: spec.silenceSeconds ?? defaultSilenceSeconds }))
  // Whoever spoke with sudo on it has left both waiting.
  channel.stdout.resume()
  channel.stderr.resume()
  const beat = setInterval(lane.beat, beatSeconds * 1000)
  watchEnd(channel, (exitCode) => {
    clearInterval(beat)
    lane.shut()
    channel.close()
    const noise = `${stderr.noise()}\n${stdout.isOpen() ? '' : stdout.noise()}`.trim()
    events.onEnd({ exitCode, started: stdout.isOpen(), noise })
  })
  return {
    write: (bytes) => lane.feed([bytes], bytes.byteLength),
    feed: lane.feed,
    place: lane.place,
    endInput: lane.end,
    pauseOutput: () => void channel.stdout.pause(),
    resumeOutput: () => void channel.stdout.resume(),
    release: () => {
      clearInterval(beat)
      lane.shut()
      // End of input first: it is what the wrapper understands, whatever becomes of the channel.
      channel.input.end()
      channel.close()
    },
  }
}

/** Reports the end once: at the channel's close, or soon after the exit status when output no longer moves. */
export function watchEnd(channel: ProcessChannel, report: (exitCode: number | undefined) => void): void {
  let exitCode: number | undefined
  let reported = false
  let drain: NodeJS.Timeout | undefined
  let quietLooks = 0
  const finish = (): void => {
    if (reported) return
    reported = true
    clearTimeout(drain)
    report(exitCode)
  }
  const somethingCame = (): void => {
    quietLooks = 0
  }
  const look = (): void => {
    // A reader that holds the stream back is not a leftover: its bytes are still to come.
    quietLooks = channel.stdout.isPaused() ? 0 : quietLooks + 1
    if (quietLooks > drainLooks) finish()
    else drain = setTimeout(look, drainLookMs)
  }
  channel.onExit((code) => {
    exitCode = code
    if (reported || drain !== undefined) return
    for (const stream of [channel.stdout, channel.stderr]) stream.on('data', somethingCame)
    look()
  })
  channel.onClose(finish)
}

// One leased remote process, whatever it is for: sends the wrapper, keeps the heartbeat, frames data
// for the work's input, waits for the start marker and says why it never came.
import { once } from 'node:events'
import type { LeaseInput } from './lease.ts'
import {
  dataFrameHead,
  defaultSilenceSeconds,
  endFrame,
  frameLimitBytes,
  heartbeatFrame,
  heartbeatSeconds,
  leaseOpening,
} from './lease.ts'
import type { ProcessChannel } from './link.ts'
import { gateOutput } from './output-gate.ts'

/** After the exit status, this long without a byte ends the wait for a stream that a leftover may hold open. */
const drainSeconds = 1

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

export function startLeased(channel: ProcessChannel, spec: ProcessSpec, events: ProcessEvents): LeasedProcess {
  const marker = `rackside-start ${spec.nonce}`
  const beatSeconds = spec.beatSeconds ?? heartbeatSeconds
  const stdout = gateOutput(channel.stdout, marker, () => events.onStart(), (bytes) => events.onStdout(bytes))
  const stderr = gateOutput(channel.stderr, marker, () => {}, (bytes) => events.onStderr(bytes))
  const lane = inputLane(channel)
  lane.send(leaseOpening({ ...spec, marker, silenceSeconds: spec.silenceSeconds ?? defaultSilenceSeconds }))
  const beat = setInterval(() => lane.send(heartbeatFrame), beatSeconds * 1000)
  watchEnd(channel, (exitCode) => {
    clearInterval(beat)
    lane.shut()
    channel.close()
    const noise = `${stderr.noise()}\n${stdout.isOpen() ? '' : stdout.noise()}`.trim()
    events.onEnd({ exitCode, started: stdout.isOpen(), noise })
  })
  return {
    write: (bytes) => writeFrames(lane, bytes),
    endInput: () => lane.send(endFrame),
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

type InputLane = { send(bytes: string | Uint8Array): boolean; drained(): Promise<unknown>; open(): boolean; shut(): void }

function inputLane(channel: ProcessChannel): InputLane {
  let open = true
  const closing = new AbortController()
  const shut = (): void => {
    open = false
    closing.abort()
  }
  // The far side may go at any moment; its end is reported through the channel, not through its input.
  channel.input.on('error', shut)
  return {
    send: (bytes) => open && channel.input.writable && channel.input.write(bytes),
    drained: () => once(channel.input, 'drain', { signal: closing.signal }).catch(() => undefined),
    open: () => open && channel.input.writable,
    shut,
  }
}

/** A heartbeat follows every full frame, so that a slow link never lets more than one frame lie between two. */
async function writeFrames(lane: InputLane, bytes: Uint8Array): Promise<boolean> {
  for (let at = 0; at < bytes.byteLength; at += frameLimitBytes) {
    const piece = bytes.subarray(at, at + frameLimitBytes)
    if (!lane.open()) return false
    lane.send(dataFrameHead(piece.byteLength))
    const taken = lane.send(piece)
    if (piece.byteLength === frameLimitBytes) lane.send(heartbeatFrame)
    if (!taken && lane.open()) await lane.drained()
  }
  return lane.open()
}

/** Reports the end once: at the channel's close, or soon after the exit status when output no longer moves. */
function watchEnd(channel: ProcessChannel, report: (exitCode: number | undefined) => void): void {
  let exitCode: number | undefined
  let reported = false
  let drain: NodeJS.Timeout | undefined
  const finish = (): void => {
    if (reported) return
    reported = true
    clearTimeout(drain)
    report(exitCode)
  }
  const restartDrain = (): void => {
    clearTimeout(drain)
    // A reader that holds the stream back is not a leftover: its bytes are still to come.
    drain = setTimeout(() => (channel.stdout.isPaused() ? restartDrain() : finish()), drainSeconds * 1000)
  }
  channel.onExit((code) => {
    exitCode = code
    if (reported) return
    restartDrain()
    channel.stdout.on('data', restartDrain)
  })
  channel.onClose(finish)
}

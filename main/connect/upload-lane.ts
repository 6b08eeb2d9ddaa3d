// One connection's part in an upload: a leased root process over there that is sent bytes for the part file and lines
// to answer, for as long as the upload lasts.
import { randomUUID } from 'node:crypto'
import { StringDecoder } from 'node:string_decoder'
import type { Script } from '../../shared/domain/command.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { withinCall } from './call.ts'
import { frameSizes } from './input-lane.ts'
import { type ProcessEnd, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import { type Pace, unlimited } from './pace.ts'
import type { Sessions } from './sessions.ts'
import type { Segment } from './upload-ledger.ts'

const startDeadlineSeconds = 30
const keptTextLength = 4096
/** The longest line of these scripts is two numbers, or one and a hash. */
const longestLine = 100
/** One heartbeat for several of them, and four on their way within what a cut may cost. */
const largestSegmentBytes = 16 * 1024 * 1024
const pacedBytes = 64 * 1024

export type LaneEnd = { readonly exitCode: number | undefined; readonly complaint: string }

export type UploadLane = {
  /** How many bytes suit the pace of this connection. */
  segmentBytes(): number
  /** Resolves when they have left; false when the lane has ended. Throws as the source does. */
  send(segment: Segment, source: ByteSource, pace: Pace): Promise<boolean>
  /** Not while bytes are being sent. */
  say(line: string): Promise<boolean>
  readonly ended: Promise<LaneEnd>
  release(): void
}

export type LaneEvents = {
  /** A line that is too long for ours is heard as an empty one. */
  onLine(line: string): void
  /** Of the answer, before the lines in them. */
  onHeard?(bytes: number): void
  onSent(bytes: number): void
}

export function openLane(
  sessions: Sessions,
  script: Script,
  { file, onLine, onHeard, onSent }: { readonly file: string } & LaneEvents,
): Promise<Result<UploadLane>> {
  const { link } = sessions
  return withinCall(link, script.name, startDeadlineSeconds, async (call) => {
    const opened = await sessions.open(call, 'root')
    if (!opened.ok) return opened
    return new Promise((resolve) => {
      const hear = linesOf(onLine)
      let complaint = ''
      let handedOver = false
      let settleEnd: (end: LaneEnd) => void = () => undefined
      const ended = new Promise<LaneEnd>((settle) => {
        settleEnd = settle
      })
      const noLongerLost = link.onLost(() => settleEnd({ exitCode: undefined, complaint }))
      const sizes = frameSizes(largestSegmentBytes)
      const lane: UploadLane = {
        segmentBytes: sizes.bytes,
        send: async (segment, source, pace) => {
          const startedAt = performance.now()
          const bytes = paced(source.read(segment.offset, segment.bytes), pace)
          const sent = await process.place(segment, bytes, onSent)
          sizes.took(segment.bytes, performance.now() - startedAt)
          return sent
        },
        say: (line) => process.write(Buffer.from(`${line}\n`)),
        ended,
        release: () => process.release(),
      }
      const process = startLeased(
        opened.value,
        { work: script.text, input: { kind: 'placed', file }, nonce: randomUUID() },
        {
          onStart: () => {
            handedOver = !call.ended()
            resolve(ok(lane))
          },
          onStdout: (bytes) => {
            onHeard?.(bytes.byteLength)
            hear(bytes)
          },
          onStderr: (bytes) => {
            complaint = `${complaint}${bytes.toString('utf8')}`.slice(-keptTextLength)
          },
          onEnd: (end: ProcessEnd) => {
            noLongerLost()
            settleEnd({ exitCode: end.exitCode, complaint })
            if (!end.started) resolve(fail(whyNotStarted(end, sessions, script.name)))
          },
        },
      )
      call.defer(() => {
        if (!handedOver) process.release()
      })
    })
  })
}

function whyNotStarted(end: ProcessEnd, { link }: Sessions, what: string): Failure {
  return end.exitCode === undefined && end.noise === ''
    ? link.lostFailure(what)
    : notStarted(end, 'root', link.address.user)
}

function paced(source: AsyncIterable<Uint8Array>, pace: Pace): AsyncIterable<Uint8Array> {
  return pace === unlimited ? source : inTurn(source, pace)
}

async function* inTurn(source: AsyncIterable<Uint8Array>, pace: Pace): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    for (let at = 0; at < bytes.byteLength; at += pacedBytes) {
      const piece = bytes.subarray(at, at + pacedBytes)
      await pace(piece.byteLength)
      yield piece
    }
  }
}

function linesOf(onLine: LaneEvents['onLine']): (bytes: Buffer) => void {
  const decoder = new StringDecoder('latin1')
  let held = ''
  return (bytes) => {
    const lines = `${held}${decoder.write(bytes)}`.split('\n')
    held = (lines.pop() ?? '').slice(-keptTextLength)
    // A power cut may leave a long row of NULs in a record: that is no reason to fail, and nothing to keep.
    for (const line of lines) onLine(line.length > longestLine ? '' : line)
  }
}

// Finds the ticks in the files of a recorder as they come over a link, wherever the chunks are cut. A torn tick is
// skipped, a file that does not begin as one is too, and of whatever an appliance sends no more is held than a tick.
import { type RecorderClock, readClock } from '../../shared/facts/recorder-look.ts'
import { recorderMark, recorderTimeWord } from '../../shared/facts/recorder-script.ts'
import type { Tick } from '../../shared/facts/ticks.ts'
import { type TickReader, tickReader } from './tick-reader.ts'

/** Times as the recorder noted them: seconds since 1970, hundredths since that start of the machine. */
export type RecordedTick = RecorderClock & { readonly tick: Tick }

export type RingReader = {
  /** The ticks that this chunk completes, in the order of the files. Never throws. */
  push(bytes: Uint8Array): RecordedTick[]
  /** As the appliance said it before the first file. */
  clock(): RecorderClock | undefined
  /** All files have come. */
  ended(): boolean
}

type File = { readonly boot: string; readonly reader: TickReader }

const lineBytes = 200

export function ringReader(nonce: string): RingReader {
  const mark = Buffer.from(`\n${nonce} `)
  let held: Buffer = Buffer.alloc(0)
  let clock: RecorderClock | undefined
  let isOver = false
  /** `head`: of a file whose first line has not come whole. */
  let file: File | { readonly head: Buffer } | undefined

  function take(bytes: Buffer): RecordedTick[] {
    if (file === undefined || bytes.length === 0) return []
    if ('reader' in file) return ticksOf(file, bytes)
    const head = Buffer.concat([file.head, bytes])
    const end = head.indexOf('\n')
    if (end < 0) {
      file = head.length > lineBytes ? undefined : { head }
      return []
    }
    file = fileOf(head.subarray(0, end).toString('latin1'))
    return take(head.subarray(end))
  }

  function follow(line: string): void {
    const [word, rest = ''] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]
    file = word === 'file' ? { head: Buffer.alloc(0) } : undefined
    if (word === 'clock') clock ??= readClock(rest)
    if (word === 'end') isOver = true
  }

  return {
    clock: () => clock,
    ended: () => isOver,
    push(bytes) {
      held = held.length === 0 ? Buffer.from(bytes) : Buffer.concat([held, bytes])
      const ticks: RecordedTick[] = []
      for (;;) {
        const at = held.indexOf(mark)
        // A mark may be cut anywhere; what stands before it is the file's.
        const safe = at < 0 ? Math.max(0, held.length - mark.length) : at
        ticks.push(...take(held.subarray(0, safe)))
        held = held.subarray(safe)
        if (at < 0) return ticks
        const end = held.indexOf('\n', mark.length)
        if (end < 0 && held.length <= mark.length + lineBytes) return ticks
        follow(held.subarray(mark.length, end < 0 ? mark.length + lineBytes : end).toString('latin1'))
        held = held.subarray(end < 0 ? mark.length + lineBytes : end + 1)
      }
    },
  }
}

function fileOf(line: string): File | undefined {
  if (!line.startsWith(recorderMark)) return undefined
  const [, nonce, boot] =
    /^([0-9a-f]{32}) ([0-9a-f-]{1,40}|unknown) [0-9]{1,4}$/.exec(line.slice(recorderMark.length)) ?? []
  return nonce === undefined || boot === undefined ? undefined : { boot, reader: tickReader(nonce) }
}

/** A tick that does not say when it was is none. */
function ticksOf({ boot, reader }: File, bytes: Buffer): RecordedTick[] {
  return reader.push(bytes).flatMap((tick): RecordedTick[] => {
    const line = tick.hostText.slice(0, tick.hostText.indexOf('\n'))
    const clock = line.startsWith(recorderTimeWord)
      ? readClock(`${line.slice(recorderTimeWord.length)} ${boot}`)
      : undefined
    return clock === undefined ? [] : [{ ...clock, tick }]
  })
}

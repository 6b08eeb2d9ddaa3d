// The samples of the last minutes of one appliance, as far as somebody was watching. Sequence numbers go on
// over lost links and pauses, so that a gap is a gap in time and never in numbers. All but the newest are kept packed: one
// is much like the one before it, and two hundred appliances of eight cards would fill the memory with them.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Sample } from '../../shared/domain/sample.ts'

const keptMilliseconds = 10 * 60 * 1000
/** One a second; the time alone would not bound a clock that is set back. */
const keptSamples = 600
const packedTogether = 30

export type Series = {
  nextSequence(): number
  add(sample: Sample): void
  /** Oldest first. Drops what has become too old. */
  recent(nowMs: number): Sample[]
  /** Whether there is one of the last minutes. */
  isRecent(nowMs: number): boolean
}

type Packed = { readonly newestMs: number; readonly bytes: Buffer }

export function emptySeries(): Series {
  let packed: Packed[] = []
  let newest: Sample[] = []
  let sequence = 0
  const isYoung = (nowMs: number) => (atMs: number) => atMs > nowMs - keptMilliseconds
  const drop = (nowMs: number) => {
    packed = packed.filter(({ newestMs }) => isYoung(nowMs)(newestMs))
  }
  return {
    nextSequence: () => sequence++,
    add(sample) {
      newest.push(sample)
      if (newest.length < packedTogether) return
      drop(sample.atMs)
      packed.push(pack(newest))
      newest = []
      const mostPacked = Math.ceil(keptSamples / packedTogether)
      if (packed.length > mostPacked) packed = packed.slice(-mostPacked)
    },
    recent(nowMs) {
      drop(nowMs)
      const all = [...packed.flatMap(unpack), ...newest]
      return all.filter(({ atMs }) => isYoung(nowMs)(atMs)).slice(-keptSamples)
    },
    isRecent: (nowMs) =>
      [...packed.map(({ newestMs }) => newestMs), ...newest.map(({ atMs }) => atMs)].some(isYoung(nowMs)),
  }
}

/** Level 1: half of the time for a tenth more bytes. */
function pack(samples: readonly Sample[]): Packed {
  const bytes = deflateRawSync(JSON.stringify(samples), { level: 1 })
  return { newestMs: Math.max(...samples.map(({ atMs }) => atMs)), bytes }
}

function unpack({ bytes }: Packed): Sample[] {
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as Sample[]
}

// The samples of the last minutes of one appliance, as far as somebody was watching. Sequence numbers go on
// over lost links and pauses, so that a gap is a gap in time and never in numbers.
import type { Sample } from '../../shared/domain/sample.ts'
import { shareWith } from './share-with.ts'

const keptMilliseconds = 10 * 60 * 1000
/** One a second; the time alone would not bound a clock that is set back. */
const keptSamples = 600

export type Series = {
  nextSequence(): number
  /** The sample is the series' own from then on. */
  add(sample: Sample): void
  /** Oldest first. Drops what has become too old. */
  recent(nowMs: number): Sample[]
}

export function emptySeries(): Series {
  let samples: Sample[] = []
  let sequence = 0
  return {
    nextSequence: () => sequence++,
    add(sample) {
      samples.push(shareWith(sample, samples.at(-1)))
      if (samples.length > keptSamples) samples.shift()
    },
    recent(nowMs) {
      samples = samples.filter(({ atMs }) => atMs > nowMs - keptMilliseconds)
      return [...samples]
    },
  }
}

// Whether a row of measurements grew: medians of its beginning and its end, since a garbage collector makes single ones
// jump.
import { median } from '../bench/frame.ts'

export type Growth = {
  readonly fromBytes: number
  readonly toBytes: number
  /** 0.05: five in a hundred more at the end. */
  readonly part: number
}

/** One measurement a minute; the first `warmUp` of them are left out, and at least one more must follow. */
export function growthOf(bytes: readonly number[], warmUp: number): Growth {
  const warm = bytes.slice(Math.floor(warmUp))
  if (warm.length === 0) throw new Error('nothing was measured after warming up')
  const window = Math.max(1, Math.floor(warm.length / 4))
  const fromBytes = median(warm.slice(0, window))
  const toBytes = median(warm.slice(-window))
  return { fromBytes, toBytes, part: toBytes / fromBytes - 1 }
}

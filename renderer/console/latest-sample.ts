// The newest sample of an appliance while a screen shows it, for figures that need no history: a strip of
// cells, a memory bar. Watching costs the appliance a sample a second, so it ends with the screen.
import { useState } from 'react'
import type { Target } from '../../shared/contract/contract.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import type { Sample } from '../../shared/domain/sample.ts'
import { useConsole } from './console-context.tsx'
import { useStream } from './use-stream.ts'

export type LatestSample = {
  /** The newest one that arrived, also while the link to the appliance is lost: then it is old. */
  readonly sample: Sample | undefined
  /** Why no sample comes now. */
  readonly lost: Failure | undefined
}

const nothing: LatestSample = { sample: undefined, lost: undefined }

export function useLatestSample(target: Target, watching = true): LatestSample {
  const { product } = useConsole()
  const [latest, setLatest] = useState(nothing)
  useStream({
    name: watching ? `observe.watch ${JSON.stringify(target)}` : undefined,
    open: (signal) => product.observe.watch({ target }, { signal }),
    onItem: (item) =>
      setLatest(({ sample }) =>
        item.link === 'up' ? { sample: item.sample, lost: undefined } : { sample, lost: item.failure },
      ),
    onEnd: (lost) => setLatest(({ sample }) => ({ sample, lost: lost ?? { kind: 'console-lost' } })),
  })
  return latest
}

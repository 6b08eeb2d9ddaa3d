// Sampling that outlives its link: what was lost is said at once, and tried again at growing distances until
// samples come. A failure that only a person can mend is not tried again by itself: a watch with an old
// password must never lock anybody out.
import type { Connection } from '../../shared/domain/connection.ts'
import type { FailureKind, Result } from '../../shared/domain/failure.ts'
import { backOffMilliseconds, mayMendItself } from '../../shared/domain/passing-failure.ts'
import type { WatchItem } from '../../shared/domain/sample.ts'
import { type SamplerOptions, sampleUntilLost } from './sampler.ts'

export type KeepSamplingOptions = Omit<SamplerOptions, 'onSample'> & {
  /** Runs `use` on a connection, dialling where there is none; one that was lost is not used again. */
  readonly withConnection: (use: (connection: Connection) => Promise<Result<never>>) => Promise<Result<never>>
  readonly onItem: (item: WatchItem) => void
  /** From 0 to 1: fifty appliances behind one switch are not dialled all at once. */
  readonly random: () => number
  /** Resolves when somebody asks anew, or when the signal aborts. */
  readonly askedAgain: () => Promise<void>
}

/** A link that is back is found again well within half a minute. */
const longestPauseMilliseconds = 10_000

/** Only a sampling that lasted takes the pauses back: a link that breaks every second is not dialled every second. */
const steadyMilliseconds = 10_000

/** An appliance that is starting or shutting down says these too. */
const ofItsStart: ReadonlySet<FailureKind> = new Set(['shell-unusable', 'facts-unreadable'])

/** Resolves when the signal aborts. */
export async function keepSampling(options: KeepSamplingOptions): Promise<void> {
  const { signal, onItem } = options
  let lastHeardMs = options.nowMs()
  let failures = 0
  while (!signal.aborted) {
    let firstAt: number | undefined
    const end = await options.withConnection(async (connection) =>
      sampleUntilLost(connection, {
        ...options,
        onSample: (sample) => {
          lastHeardMs = sample.atMs
          firstAt ??= options.clock()
          if (options.clock() - firstAt >= steadyMilliseconds) failures = 0
          onItem({ link: 'up', sample })
        },
      }),
    )
    if (signal.aborted || end.ok) return
    onItem({ link: 'lost', sinceMs: lastHeardMs, failure: end.failure })
    const isPassing = mayMendItself(end.failure) || ofItsStart.has(end.failure.kind)
    if (!isPassing) await options.askedAgain()
    else await options.pause(backOffMilliseconds(failures, longestPauseMilliseconds, options.random()), signal)
    failures += 1
  }
}

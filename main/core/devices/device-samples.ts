// Samples of the devices around a moment: those that come next, and those that come while something goes on. They are the
// ones that a page of this appliance sees too: nobody is measured twice.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { bellOf } from '../bell.ts'
import type { Core } from '../context.ts'
import { watchAppliance } from '../observe.ts'
import { failureOf } from '../refusal.ts'

export type DeviceSamples = {
  /** The next `count`, or as many as come within the time. */
  next(count: number, milliseconds: number): Promise<Sample[]>
  /** Those that come while the work is at work. */
  during<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly samples: Sample[] }>
  /** Throws the bug that ended them before. */
  end(): Promise<void>
}

export function deviceSamples(core: Core, target: Target): DeviceSamples {
  const stop = new AbortController()
  const heard: Sample[] = []
  const bell = bellOf()
  let bug: { readonly thrown: unknown } | undefined
  const watching = (async () => {
    for await (const item of watchAppliance(core, target, stop.signal)) {
      if (item.link === 'up') heard.push(item.sample)
      bell.ring()
    }
  })().catch((error: unknown) => {
    // A link that is lost for good is the end of the samples; what is missing is seen by who reads them.
    if (failureOf('observe.watch', error) === undefined) bug = { thrown: error }
  })
  return {
    async next(count, milliseconds) {
      const from = heard.length
      const over = new AbortController()
      let isOver = false
      void core.tools.pause(milliseconds, over.signal).then(() => {
        isOver = true
        bell.ring()
      })
      while (!isOver && heard.length - from < count) await bell.rung()
      over.abort()
      return heard.slice(from, from + count)
    },
    async during(work) {
      const from = heard.length
      const value = await work()
      return { value, samples: heard.slice(from) }
    },
    async end() {
      stop.abort()
      await watching
      if (bug !== undefined) throw bug.thrown
    },
  }
}

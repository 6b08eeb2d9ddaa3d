// Watches an appliance for a while and counts what came, as somebody in front of the charts would.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import { acceleratorKey, type WatchItem } from '../../../shared/domain/sample.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { received } from '../../core/refusal.ts'

type Seen = {
  readonly samples: number
  readonly devices: number
  /** Of any accelerator in any sample; undefined where no utilization could be read. */
  readonly highestPercent: number | undefined
}

type Span = { readonly milliseconds: number; readonly signal: AbortSignal }

/** Ends early when the signal aborts. */
export async function watchFor(client: ConsoleClient, target: Target, span: Span): Promise<Result<Seen>> {
  const enough = new AbortController()
  const end = () => enough.abort()
  const timer = setTimeout(end, span.milliseconds)
  span.signal.addEventListener('abort', end)
  try {
    const items = await received('observe.watch', client.product.observe.watch({ target }, { signal: enough.signal }))
    if (!items.ok) return items
    return await received('observe.watch', count(items.value, enough.signal))
  } finally {
    clearTimeout(timer)
    span.signal.removeEventListener('abort', end)
  }
}

async function count(items: AsyncIterable<WatchItem>, enough: AbortSignal): Promise<Seen> {
  const devices = new Set<string>()
  const percents: number[] = []
  let samples = 0
  try {
    for await (const item of items) {
      if (item.link !== 'up') continue
      samples += 1
      for (const one of item.sample.accelerators) {
        devices.add(acceleratorKey(one))
        if (one.utilizationPercent.state === 'known') percents.push(one.utilizationPercent.value)
      }
    }
  } catch (error) {
    // Over a socket our own end of it comes back as an error.
    if (!enough.aborted) throw error
  }
  return { samples, devices: devices.size, highestPercent: percents.length === 0 ? undefined : Math.max(...percents) }
}

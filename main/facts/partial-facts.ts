// This computer where it runs macOS or Windows: systeminformation is asked, each call by itself, so that one that fails
// or hangs costs its own readings and no others. The only importer of systeminformation besides the console's host.
import type { Facts } from '../../shared/domain/facts.ts'
import { evidence } from '../../shared/domain/failure.ts'
import type { PartialPlatform } from '../../shared/domain/partial-platform.ts'
import { known, type Reading, unreadable } from '../../shared/domain/reading.ts'
import { partialFacts, type SystemCall, systemCallsOn } from '../../shared/facts/partial.ts'

export type SystemSources = { readonly [C in SystemCall]: () => Promise<unknown> }

export type PartialTools = {
  readonly platform: PartialPlatform
  readonly now: () => Date
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** A PowerShell starts for most of what Windows is asked, and all of them at once. */
const callSeconds = 20

/** Loaded here only: it is a large package, and most computers never need it for this. */
export async function systemInformation(): Promise<SystemSources> {
  const { osInfo, uuid, cpu, mem, fsSize, networkConnections, graphics } = await import('systeminformation')
  return { osInfo, uuid, cpu, mem, fsSize, networkConnections, graphics }
}

/** Never fails: what does not answer is unreadable. */
export async function gatherPartialFacts(sources: SystemSources, tools: PartialTools): Promise<Facts> {
  const { platform, now, pause } = tools
  const asked = systemCallsOn(platform).map(async (call) => [call, await ask(call, sources[call], pause)] as const)
  const answers = Object.fromEntries(await Promise.all(asked))
  return partialFacts(answers, { platform, takenAt: now().toISOString() })
}

async function ask(
  call: SystemCall,
  source: () => Promise<unknown>,
  pause: PartialTools['pause'],
): Promise<Reading<unknown>> {
  const over = new AbortController()
  const late = unreadable(`${call}: no answer within ${callSeconds} s`)
  try {
    return await Promise.race([answerOf(call, source), pause(callSeconds * 1000, over.signal).then(() => late)])
  } finally {
    over.abort()
  }
}

async function answerOf(call: SystemCall, source: () => Promise<unknown>): Promise<Reading<unknown>> {
  try {
    return known(await source())
  } catch (error) {
    return unreadable(evidence(`${call}: ${String(error)}`, 300))
  }
}

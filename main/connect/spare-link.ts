// For an sshd that allows one or two sessions a connection (MaxSessions): a sampler, a run's lock and its work need
// three at once, and would wait for each other for ever. Channels that the first link refuses go to a further one,
// dialled one at a time and given back when nothing uses it. To everybody else it is one link, lost as a whole.
import type { Failure, Result } from '../../shared/domain/failure.ts'
import { backOffMilliseconds, mayMendItself } from '../../shared/domain/passing-failure.ts'
import type { ChannelOpening, Link } from './link.ts'

/** With one session a link: the sampler, the lock of a run, and work and engine in turns. */
export const sparesAtMost = 2
const idleSeconds = 30
/** Short commands make room for each other sooner than that; a sampler never does. */
const patienceMilliseconds = 600
const longestPauseMilliseconds = 30_000

export type SpareTools = {
  readonly dial: () => Promise<Result<Link>>
  /** From 0 to 1: consoles that were refused together do not come back together. */
  readonly random: () => number
}

type Spare = { readonly link: Link; users: number; idle: NodeJS.Timeout | undefined }

export function withSpares(main: Link, tools: SpareTools): Link {
  const spares: Spare[] = []
  const listeners = new Set<() => void>()
  const nextDial = dialRhythm(tools.random)
  let dialling: Promise<Spare | undefined> | undefined
  let busySince: number | undefined
  let state: 'up' | 'closed' | 'lost' = 'up'

  function lose(): void {
    if (state === 'lost') return
    state = 'lost'
    for (const listener of [...listeners]) listener()
    listeners.clear()
    void shut()
  }

  async function shut(): Promise<void> {
    const links = spares.splice(0).map((spare) => {
      clearTimeout(spare.idle)
      return spare.link
    })
    await Promise.all([main, ...links].map((link) => link.close()))
  }

  async function dialSpare(): Promise<Spare | undefined> {
    const link = await tools.dial()
    if (!link.ok) {
      nextDial.failed(link.failure)
      return undefined
    }
    if (state !== 'up') {
      await link.value.close()
      return undefined
    }
    nextDial.worked()
    const spare: Spare = { link: link.value, users: 0, idle: undefined }
    spares.push(spare)
    // Its calls must hear of a lost link, not of processes that ended: so it takes everything with it.
    link.value.onLost(() => spares.includes(spare) && lose())
    restWhenIdle(spare)
    return spare
  }

  function restWhenIdle(spare: Spare): void {
    clearTimeout(spare.idle)
    if (spare.users > 0 || !spares.includes(spare)) return
    spare.idle = setTimeout(() => {
      spares.splice(spares.indexOf(spare), 1)
      void spare.link.close()
    }, idleSeconds * 1000)
  }

  async function openOn(spare: Spare, line: string): Promise<ChannelOpening> {
    clearTimeout(spare.idle)
    spare.users += 1
    const release = (): void => {
      spare.users -= 1
      restWhenIdle(spare)
    }
    const opening = await spare.link.openProcess(line)
    if (opening.kind === 'open') {
      busySince = undefined
      opening.channel.onClose(release)
    } else release()
    return opening
  }

  function furtherSpare(): Promise<Spare | undefined> {
    if (dialling !== undefined) return dialling
    if (state !== 'up' || spares.length >= sparesAtMost || !nextDial.isDue()) return Promise.resolve(undefined)
    dialling = dialSpare().finally(() => {
      dialling = undefined
    })
    return dialling
  }

  main.onLost(lose)
  return {
    address: main.address,
    lostFailure: main.lostFailure,
    // Never on a spare: those are for what plans need.
    ...(main.openShell && { openShell: main.openShell }),
    openForward: main.openForward,
    onLost: (listener) => {
      if (state === 'lost') listener()
      else listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    openProcess: async (line) => {
      const first = await main.openProcess(line)
      if (first.kind !== 'busy') {
        busySince = undefined
        return first
      }
      for (const spare of [...spares]) {
        const opening = await openOn(spare, line)
        if (opening.kind !== 'busy') return opening
      }
      busySince ??= performance.now()
      if (performance.now() - busySince < patienceMilliseconds) return first
      const spare = await furtherSpare()
      return spare === undefined || state !== 'up' ? first : openOn(spare, line)
    },
    close: () => {
      if (state === 'up') state = 'closed'
      return shut()
    },
  }
}

/** Exponential and jittered; a refusal that a person has to mend ends it. */
function dialRhythm(random: () => number) {
  let failures = 0
  let notBefore = 0
  return {
    isDue: () => performance.now() >= notBefore,
    worked: () => {
      failures = 0
    },
    failed: (failure: Failure) => {
      const pause = backOffMilliseconds(failures, longestPauseMilliseconds, random())
      failures += 1
      notBefore = mayMendItself(failure) ? performance.now() + pause : Number.POSITIVE_INFINITY
    },
  }
}

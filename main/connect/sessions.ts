// The channel budget of one link: sshd allows ten sessions by default (MaxSessions), so at most eight
// of ours are open, the rest wait their turn inside their own deadline. An sshd with a smaller limit
// refuses the opening; that is asked again until the deadline.
import type { Privilege } from '../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type Call, pause } from './call.ts'
import { leaseLine, leaseOpening } from './lease.ts'
import type { LeasedChannel } from './leased-process.ts'
import type { Link, ProcessChannel } from './link.ts'
import { askingLine, passSudo, type SudoPassword, sudoNonce } from './sudo.ts'
import type { WatchHelper } from './watch-program.ts'

const channelLimit = 8
const retryMilliseconds = 200
const longestRetryMilliseconds = 1000

/** How a login that is not root becomes it: by sudo without a password, with this one, or for the watch helper only. */
export type RootBy = 'sudo' | SudoPassword | WatchHelper

export function isWatchHelper(rootBy: RootBy): rootBy is WatchHelper {
  return typeof rootBy === 'object' && 'version' in rootBy
}

export type Sessions = {
  readonly link: Link
  /** A channel that waits for a lease's opening. It is closed with the call unless the caller keeps it. */
  open(call: Call, as: Privilege): Promise<Result<LeasedChannel>>
  /** A channel with this line running in it. */
  openLine(call: Call, line: string): Promise<Result<ProcessChannel>>
}

/** `onCrowded`: somebody waits for a channel that the appliance does not give; what only rests may be given back. */
export function sessionsOver(link: Link, rootBy: RootBy = 'sudo', onCrowded: () => void = () => undefined): Sessions {
  const slots = slotsOf(channelLimit)
  const { user } = link.address
  const openLine = async (call: Call, line: string): Promise<Result<ProcessChannel>> => {
    let retry = retryMilliseconds
    while (!call.ended()) {
      const release = await slots.take(call)
      const opening = call.ended() ? undefined : await link.openProcess(line)
      if (opening?.kind !== 'open') {
        release()
        if (opening?.kind === 'refused') return fail({ kind: 'shell-unusable', detail: opening.detail })
        if (opening !== undefined) onCrowded()
        await pause(call, retry)
        // sshd writes a line into its log for every channel that it refuses.
        retry = Math.min(retry * 1.5, longestRetryMilliseconds)
        continue
      }
      opening.channel.onClose(release)
      if (!call.ended()) return ok(opening.channel)
      opening.channel.close()
    }
    return fail(link.lostFailure(call.what))
  }
  const openAsked = async (call: Call, sudo: SudoPassword): Promise<Result<ProcessChannel>> => {
    const known = sudo.refusals.refusalOf(link.address, sudo.password)
    if (known !== undefined) return fail(known)
    const nonce = sudoNonce()
    const opened = await openLine(call, askingLine(nonce))
    if (!opened.ok) return opened
    const passed = await passSudo(call, link, opened.value, { ...sudo, nonce })
    return passed.ok ? opened : passed
  }
  return {
    link,
    openLine,
    open: async (call, as) => {
      if (as === 'root' && isWatchHelper(rootBy)) return fail({ kind: 'watch-only' })
      const asks = as === 'root' && user !== 'root' && typeof rootBy === 'object' && !isWatchHelper(rootBy)
      const opened = await (asks ? openAsked(call, rootBy) : openLine(call, leaseLine(as, user)))
      return opened.ok ? ok({ ...opened.value, opening: leaseOpening }) : opened
    },
  }
}

type Slots = { take(call: Call): Promise<() => void> }

function slotsOf(limit: number): Slots {
  let free = limit
  const waiting: (() => void)[] = []
  const releaseOnce = (): (() => void) => {
    let held = true
    return () => {
      if (!held) return
      held = false
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
  return {
    take: (call) =>
      new Promise((resolve) => {
        if (free > 0) {
          free -= 1
          resolve(releaseOnce())
          return
        }
        const turn = (): void => resolve(releaseOnce())
        waiting.push(turn)
        call.defer(() => {
          const at = waiting.indexOf(turn)
          if (at < 0) return
          waiting.splice(at, 1)
          resolve(() => undefined)
        })
      }),
  }
}

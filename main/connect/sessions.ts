// The channel budget of one link: sshd allows ten sessions by default (MaxSessions), so at most eight
// of ours are open, the rest wait their turn inside their own deadline. An sshd with a smaller limit
// refuses the opening; that is asked again until the deadline.
import type { Privilege } from '../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type Call, pause } from './call.ts'
import { leaseLine } from './lease.ts'
import type { Link, ProcessChannel } from './link.ts'

const channelLimit = 8
const retryMilliseconds = 200
const longestRetryMilliseconds = 1000

export type Sessions = {
  readonly link: Link
  /** A channel with the lease line running in it. It is closed with the call unless the caller keeps it. */
  open(call: Call, as: Privilege): Promise<Result<ProcessChannel>>
}

/** `onCrowded`: somebody waits for a channel that the appliance does not give; what only rests may be given back. */
export function sessionsOver(link: Link, onCrowded: () => void = () => undefined): Sessions {
  const slots = slotsOf(channelLimit)
  return {
    link,
    open: async (call, as) => {
      const line = leaseLine(as, link.address.user)
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

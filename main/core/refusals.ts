// What servers said to us lately, so that a page that polls with an old password locks nobody out. A refusal
// stands until a person acts: it never ends by itself. A server that drops us before the login (sshd does so to
// sources it is angry with) is dialled again at growing distances.
import type { Address } from '../../shared/domain/appliance.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { backOffMilliseconds } from '../../shared/domain/passing-failure.ts'
import { needsPerson } from '../../shared/domain/standing-failure.ts'
import { samePlace } from '../connect/known-hosts.ts'
import type { Opening } from './sessions.ts'

/** An absent word means every one. */
export type Asked = { readonly address?: Pick<Address, 'host' | 'port'>; readonly credentialId?: string }

export type Refusals = {
  /** Why this opening is not dialled now. */
  standing(key: string): Failure | undefined
  heard(key: string, opening: Opening, failure: Failure | undefined): void
  /** A person asks: what is remembered for this place, on the way there too, and this login counts no more. */
  askAnew(asked: Asked): void
}

export type RefusalTools = {
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  /** Eight random lower-case hex digits. */
  readonly randomId: () => string
}

const longestPauseMilliseconds = 60_000

type Refusal = {
  readonly opening: Opening
  readonly failure: Failure
  readonly untilMilliseconds: number
  readonly drops: number
}

export function rememberRefusals({ clock, randomId }: RefusalTools): Refusals {
  const refusals = new Map<string, Refusal>()
  const pauseAfter = (drops: number): number =>
    backOffMilliseconds(drops - 1, longestPauseMilliseconds, Number.parseInt(randomId(), 16) / 2 ** 32)
  return {
    standing: (key) => {
      const refusal = refusals.get(key)
      return refusal !== undefined && clock() < refusal.untilMilliseconds ? refusal.failure : undefined
    },
    heard: (key, opening, failure) => {
      const drops = (refusals.get(key)?.drops ?? 0) + 1
      if (failure === undefined) refusals.delete(key)
      else if (needsPerson(failure)) {
        refusals.set(key, { opening, failure, untilMilliseconds: Number.POSITIVE_INFINITY, drops: 0 })
      } else if (isDrop(failure)) {
        refusals.set(key, { opening, failure, untilMilliseconds: clock() + pauseAfter(drops), drops })
      }
    },
    askAnew: (asked) => {
      for (const [key, { opening }] of refusals) if (concerns(opening, asked)) refusals.delete(key)
    },
  }
}

/** It was there, and closed the connection or fell silent before anybody was logged in. */
function isDrop(failure: Failure): boolean {
  if (failure.kind === 'host-unreachable') return failure.reason === 'reset'
  return failure.kind === 'deadline-passed'
}

function concerns(opening: Opening, { address, credentialId }: Asked): boolean {
  const stops = [opening, ...(opening.via ?? [])]
  return stops.some(
    (stop) =>
      (address === undefined || samePlace(stop.address, address)) &&
      (credentialId === undefined || stop.credentialId === credentialId),
  )
}

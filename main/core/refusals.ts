// What servers said to us lately, so that a page that polls with an old password locks nobody out. A refusal
// stands until a person acts: it never ends by itself. A login that was refused somewhere is not tried there by any
// other appliance either: many may lie behind one jump host. A server that drops us before the login (sshd does so to
// sources it is angry with) is dialled again at growing distances.
import type { Address } from '../../shared/domain/appliance.ts'
import type { Failure, FailureKind } from '../../shared/domain/failure.ts'
import { backOffMilliseconds } from '../../shared/domain/passing-failure.ts'
import { needsPerson } from '../../shared/domain/standing-failure.ts'
import { samePlace } from '../connect/known-hosts.ts'
import { type Opening, openingKey, type Stop, stopsOf } from './access/opening.ts'

/** An absent word means every one. */
export type Asked = {
  readonly address?: Pick<Address, 'host' | 'port'>
  readonly credentialId?: string
  readonly only?: FailureKind
}

export type Refusals = {
  /** Why this opening is not dialled now. */
  standing(opening: Opening): Failure | undefined
  heard(opening: Opening, failure: Failure | undefined): void
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
  readonly stops: readonly Stop[]
  readonly failure: Failure
  readonly untilMilliseconds: number
  readonly drops: number
}

export function rememberRefusals({ clock, randomId }: RefusalTools): Refusals {
  const refusals = new Map<string, Refusal>()
  const pauseAfter = (drops: number): number =>
    backOffMilliseconds(drops - 1, longestPauseMilliseconds, Number.parseInt(randomId(), 16) / 2 ** 32)
  return {
    standing: (opening) => {
      const keys = [openingKey(opening), ...stopsOf(opening).map(loginKey)]
      return keys.map((key) => refusals.get(key)).find((one) => one !== undefined && clock() < one.untilMilliseconds)
        ?.failure
    },
    heard: (opening, failure) => {
      const key = openingKey(opening)
      const stops = stopsOf(opening)
      const drops = (refusals.get(key)?.drops ?? 0) + 1
      if (failure === undefined) for (const one of [key, ...stops.map(loginKey)]) refusals.delete(one)
      else if (needsPerson(failure)) {
        const stop = refusedStop(opening, failure)
        const forEver = { untilMilliseconds: Number.POSITIVE_INFINITY, drops: 0 }
        refusals.set(stop === undefined ? key : loginKey(stop), { stops, failure, ...forEver })
      } else if (isDrop(failure)) {
        refusals.set(key, { stops, failure, untilMilliseconds: clock() + pauseAfter(drops), drops })
      }
    },
    askAnew: (asked) => {
      for (const [key, refusal] of refusals) if (concerns(refusal, asked)) refusals.delete(key)
    },
  }
}

/** Whose login was refused, or asked for more; undefined where the failure is about something else. */
export function refusedStop(opening: Opening, failure: Failure): Stop | undefined {
  if (failure.kind !== 'login-refused' && failure.kind !== 'login-questions') return undefined
  return stopsOf(opening).find(({ address }) => samePlace(address, failure) && address.user === failure.user)
}

function loginKey({ address: { user, host, port }, credentialId }: Stop): string {
  return `login ${user}@${host.toLowerCase()}:${port} ${credentialId}`
}

/** It was there, and closed the connection or fell silent before anybody was logged in. */
function isDrop(failure: Failure): boolean {
  if (failure.kind === 'host-unreachable') return failure.reason === 'reset'
  return failure.kind === 'deadline-passed'
}

function concerns({ stops, failure }: Refusal, { address, credentialId, only }: Asked): boolean {
  if (only !== undefined && failure.kind !== only) return false
  return stops.some(
    (stop) =>
      (address === undefined || samePlace(stop.address, address)) &&
      (credentialId === undefined || stop.credentialId === credentialId),
  )
}

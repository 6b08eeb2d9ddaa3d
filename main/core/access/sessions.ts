// The open connections of this console, one per address and login, shared by all calls. A connection
// that was lost is forgotten, so that the next call opens a new one through the same verifier. A server that
// refused us is not dialled again by itself (refusals.ts).
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { samePlace } from '../../connect/known-hosts.ts'
import type { ConnectStage } from '../../connect/ssh.ts'
import { type Asked, type RefusalTools, rememberRefusals } from '../refusals.ts'
import { credentialsOf, type Opening, openingKey } from './opening.ts'

export type Sessions = {
  /** Runs `use` on the shared connection; opens it when there is none. */
  withConnection<T>(opening: Opening, use: (connection: Connection) => Promise<Result<T>>): Promise<Result<T>>
  /** For streams, which outlive one call of `use`. */
  open(opening: Opening): Promise<Result<Connection>>
  /**
   * Dials beside the shared connection, for a test of the way itself; the caller closes what comes of it. A refusal
   * counts for every call.
   */
  dialBeside(opening: Opening, onStage: (stage: ConnectStage) => void): Promise<Result<Connection>>
  /** What came of a dial that was made elsewhere: a refusal counts for every call. */
  noteDial(opening: Opening, dialled: Result<unknown>): void
  /** Keeps a connection that was opened elsewhere, so that the next call does not dial again. */
  adopt(opening: Opening, connection: Connection): Promise<void>
  forget(opening: Opening): Promise<void>
  /** Closes every connection that was opened with this login, or would give it to sudo. */
  forgetCredential(credentialId: string): Promise<void>
  /** Closes every connection to this place, or through it: what was known about it does not count any more. */
  forgetPlace(place: Pick<Address, 'host' | 'port'>): Promise<void>
  /** A person asks: a refusal that is remembered for this place, this login or both counts no more. */
  askAnew(asked: Asked): void
  /** For the end of the console: nothing is opened any more, and what is still coming up is closed once it is. */
  closeAll(): Promise<void>
}

export type SessionTools = RefusalTools & {
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** A dial that nobody needs any more may take its whole deadline; the end of the console does not wait for it. */
const closeMilliseconds = 1000

const ending: Failure = { kind: 'cancelled', at: 'the end of the console' }

export function sessionsOver(
  connect: (opening: Opening, onStage?: (stage: ConnectStage) => void) => Promise<Result<Connection>>,
  { clock, pause, randomId }: SessionTools,
): Sessions {
  const opened = new Map<string, Promise<Result<Connection>>>()
  const openings = new Map<string, Opening>()
  const refusals = rememberRefusals({ clock, randomId })
  let closed = false

  function noteDial(opening: Opening, dialled: Result<unknown>): void {
    refusals.heard(opening, dialled.ok ? undefined : dialled.failure)
  }

  function dial(opening: Opening): Promise<Result<Connection>> {
    const key = openingKey(opening)
    const dialling = connect(opening)
    opened.set(key, dialling)
    openings.set(key, opening)
    const letGo = () => {
      if (opened.get(key) !== dialling) return
      opened.delete(key)
      openings.delete(key)
    }
    dialling.then((connection) => {
      noteDial(opening, connection)
      if (!connection.ok) letGo()
    }, letGo)
    return dialling
  }

  async function open(opening: Opening): Promise<Result<Connection>> {
    if (closed) return fail(ending)
    const key = openingKey(opening)
    const pending = opened.get(key)
    if (pending !== undefined) return pending
    const refusal = refusals.standing(opening)
    return refusal === undefined ? dial(opening) : fail(refusal)
  }

  async function forget(opening: Opening): Promise<void> {
    const key = openingKey(opening)
    const connection = await opened.get(key)
    opened.delete(key)
    openings.delete(key)
    if (connection?.ok) await connection.value.close()
  }

  return {
    open,
    forget,
    noteDial,
    async dialBeside(opening, onStage) {
      if (closed) return fail(ending)
      const connection = await connect(opening, onStage)
      noteDial(opening, connection)
      return connection
    },
    async adopt(opening, connection) {
      await forget(opening)
      if (closed) return connection.close()
      opened.set(openingKey(opening), Promise.resolve(ok(connection)))
      openings.set(openingKey(opening), opening)
    },
    async forgetCredential(credentialId) {
      const holdsIt = (opening: Opening) => credentialsOf(opening).includes(credentialId)
      await Promise.all([...openings.values()].filter(holdsIt).map(forget))
    },
    async forgetPlace(place) {
      const leadsThere = ({ address, via = [] }: Opening) =>
        [address, ...via.map((hop) => hop.address)].some((one) => samePlace(one, place))
      await Promise.all([...openings.values()].filter(leadsThere).map(forget))
    },
    async withConnection(opening, use) {
      const connection = await open(opening)
      if (!connection.ok) return connection
      const result = await use(connection.value)
      const lost = !result.ok && result.failure.kind === 'link-lost'
      // Another call may have dialled again already: that connection is not the one that was lost.
      if (lost && (await opened.get(openingKey(opening))) === connection) await forget(opening)
      return result
    },
    askAnew: refusals.askAnew,
    async closeAll() {
      closed = true
      const all = [...opened.values()].map(closeOnceUp)
      opened.clear()
      const enough = new AbortController()
      await Promise.race([Promise.allSettled(all), pause(closeMilliseconds, enough.signal)])
      enough.abort()
    },
  }
}

async function closeOnceUp(pending: Promise<Result<Connection>>): Promise<void> {
  const connection = await pending
  if (connection.ok) await connection.value.close()
}

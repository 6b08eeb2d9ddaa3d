// The open connections of this console, one per address and login, shared by all calls. A connection
// that was lost is forgotten, so that the next call opens a new one through the same verifier.
import type { Address } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'

export type Opening = { readonly address: Address; readonly credentialId: string }

/** Stands for "no login needed": this machine itself. No key file or password ever gets this id. */
const thisMachine = 'this-machine'

export function localOpening(user: string): Opening {
  return { address: { host: 'localhost', port: 22, user }, credentialId: thisMachine }
}

export function isLocal(opening: Opening): boolean {
  return opening.credentialId === thisMachine
}

export type Sessions = {
  /** Runs `use` on the shared connection; opens it when there is none. */
  withConnection<T>(opening: Opening, use: (connection: Connection) => Promise<Result<T>>): Promise<Result<T>>
  /** For streams, which outlive one call of `use`. */
  open(opening: Opening): Promise<Result<Connection>>
  /** Keeps a connection that was opened elsewhere, so that the next call does not dial again. */
  adopt(opening: Opening, connection: Connection): Promise<void>
  forget(opening: Opening): Promise<void>
  closeAll(): Promise<void>
}

export function sessionsOver(connect: (opening: Opening) => Promise<Result<Connection>>): Sessions {
  const opened = new Map<string, Promise<Result<Connection>>>()
  const keyOf = ({ address, credentialId }: Opening) =>
    `${address.user}@${address.host}:${address.port} ${credentialId}`

  async function open(opening: Opening): Promise<Result<Connection>> {
    const key = keyOf(opening)
    const pending = opened.get(key) ?? connect(opening)
    opened.set(key, pending)
    const connection = await pending
    if (!connection.ok) opened.delete(key)
    return connection
  }

  async function forget(opening: Opening): Promise<void> {
    const key = keyOf(opening)
    const connection = await opened.get(key)
    opened.delete(key)
    if (connection?.ok) await connection.value.close()
  }

  return {
    open,
    forget,
    async adopt(opening, connection) {
      await forget(opening)
      opened.set(keyOf(opening), Promise.resolve(ok(connection)))
    },
    async withConnection(opening, use) {
      const connection = await open(opening)
      if (!connection.ok) return connection
      const result = await use(connection.value)
      const lost = !result.ok && result.failure.kind === 'link-lost'
      // Another call may have dialled again already: that connection is not the one that was lost.
      if (lost && (await opened.get(keyOf(opening))) === connection) await forget(opening)
      return result
    },
    async closeAll() {
      const all = [...opened.values()]
      opened.clear()
      for (const pending of all) {
        const connection = await pending
        if (connection.ok) await connection.value.close()
      }
    },
  }
}

// The console of another process, as this process holds it: calls over an open socket, streams with credit.
// What breaks because the owner is gone is a failure of its own kind, not a bug.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import { WebSocket } from 'ws'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { desk } from '../../../shared/contract/desk.ts'
import {
  creditedLink,
  type flowContract,
  isIterator,
  type StreamContext,
  streamHeaders,
} from '../../../shared/contract/flow.ts'
import { sessionKey } from '../../../shared/domain/operator.ts'
import { refuse } from '../refusal.ts'
import { watchPulse } from './carriers.ts'
import type { As, ConsoleClient, ConsoleClients } from './console-client.ts'

type GuestContract = { product: Contract; desk: typeof desk; flow: typeof flowContract }

export type GuestLink = { readonly clients: ConsoleClients; close(): void; readonly lost: Promise<void> }

/** An owner that has been told closes its side at once; one that is stopped does not. */
const farewellMilliseconds = 1000

export function guestLink(socket: WebSocket): GuestLink {
  // An owner that is stopped keeps its socket open: calls to it would wait for ever.
  watchPulse(socket)
  const lost = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  // The types of ws and of the browser differ in what we do not use.
  const wire = new RPCLink<StreamContext>({ websocket: socket as never, headers: streamHeaders })
  const told: Pick<typeof wire, 'call'> = {
    call: async (path, input, options) => {
      const answer = await orOwnerGone(socket, wire.call(path, input, options))
      return isIterator(answer) ? tellingLoss(answer, socket) : answer
    },
  }
  const plain: ContractRouterClient<GuestContract> = createORPCClient(told)
  const link = creditedLink(told, (credit) => plain.flow.more(credit))
  const clients = (as: As): ConsoleClient => {
    const session = tellAs(as)
    const named: Pick<typeof wire, 'call'> = {
      call: (path, input, options) => link.call(path, input, { ...options, context: { ...options.context, session } }),
    }
    const client: ContractRouterClient<GuestContract> = createORPCClient(named)
    return { product: client.product, desk: client.desk }
  }
  return { clients, lost, close: () => leave(socket) }
}

/** Whoever reaches the owner's socket is its user, and says itself whether a call is a person's. */
const ownCall = 'console'
/** Where a window came from that had no key of its computer, and behind it who is signed in there. */
const cameFrom = /^from:([0-9a-f.:]{0,45})\/(.*)$/

export function tellAs(as: As): string | undefined {
  if (as === 'console') return ownCall
  return as.comesFrom === undefined ? as.sessionKey : `from:${as.comesFrom}/${as.sessionKey ?? ''}`
}

/** How the owner understands it. What is none of these is a person nobody knows. */
export function asTold(session: string | undefined): As {
  if (session === ownCall) return 'console'
  const [, comesFrom, key = session] = cameFrom.exec(session ?? '') ?? []
  return { sessionKey: sessionKey.safeParse(key).data, ...(comesFrom !== undefined && { comesFrom }) }
}

function leave(socket: WebSocket): void {
  socket.close()
  const patience = setTimeout(() => socket.terminate(), farewellMilliseconds)
  socket.once('close', () => clearTimeout(patience))
}

async function orOwnerGone<T>(socket: WebSocket, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ORPCError || socket.readyState === WebSocket.OPEN) throw error
    throw refuse({ kind: 'owner-gone', detail: 'while its console was being used' })
  }
}

function tellingLoss<T>(items: AsyncIterator<T>, socket: WebSocket): AsyncIterableIterator<T> {
  return {
    next: () => orOwnerGone(socket, items.next()),
    return: async (value) => (await items.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

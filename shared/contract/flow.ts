// Back-pressure for streams over a link. oRPC has none over a WebSocket or a message port: a server sends
// what its source yields, and a page that stops reading fills somebody's memory. So every stream has a
// window: the server sends that many items, and one more for each that the reader has consumed.
//
// For whoever makes a link in a page (no Node needed), `LinkContract` = { product, window, flow }:
//   const link = new RPCLink<StreamContext>({ websocket, headers: streamHeaders })      // or { port }
//   const client: ContractRouterClient<LinkContract> =
//     createORPCClient(creditedLink(link, (given) => client.flow.more(given)))
// After that streams are read as always: `for await (const item of await client.product.setup.follow(...))`.
import * as z from 'zod'
import { call, type StreamKind } from './call.ts'
import type { Contract } from './contract.ts'
import type { WindowContract } from './window.ts'

/** Names the stream that a call opens, so that credit can be given to it. Unique within its link. */
export const streamHeader = 'x-rackside-stream'
/** Whose call it is: the key that was given at the sign-in. Missing: nobody's. */
export const sessionHeader = 'x-rackside-session'

export const streamId = z.string().regex(/^[0-9]{1,15}$/)

/** How many items a reader may leave unread. Of `latest` only the newest counts: none is sent ahead. */
export const windowItems: Readonly<Record<StreamKind, number>> = { log: 16, latest: 1 }

export const flowContract = {
  /** So many items were consumed. A stream that has ended does not mind. */
  more: call(
    { effect: 'read', right: 'anybody', audit: 'none' },
    z.strictObject({ stream: streamId, items: z.int().min(1).max(windowItems.log) }),
    z.strictObject({}),
  ),
}

/** What a page's link serves. */
export type LinkContract = {
  readonly product: Contract
  readonly window: WindowContract
  readonly flow: typeof flowContract
}

export type Credit = { readonly stream: string; readonly items: number }
export type GiveCredit = (credit: Credit) => Promise<unknown>

/** What travels from `creditedLink` to the headers of the call. */
export type StreamContext = { readonly stream?: string; readonly session?: string | undefined }

type StreamLink<Options> = {
  call(path: readonly string[], input: unknown, options: Options): Promise<unknown>
}

export function streamHeaders({ context }: { readonly context: StreamContext }): Record<string, string> {
  const { stream, session } = context
  return { ...(stream && { [streamHeader]: stream }), ...(session && { [sessionHeader]: session }) }
}

/** A link whose streams give credit for what was consumed. */
export function creditedLink<Options extends { readonly context: StreamContext }>(
  link: StreamLink<Options>,
  give: GiveCredit,
): StreamLink<Options> {
  let opened = 0
  return {
    async call(path, input, options) {
      opened += 1
      const stream = String(opened)
      const answer = await link.call(path, input, { ...options, context: { ...options.context, stream } })
      return isIterator(answer) ? withCredit(answer, (items) => give({ stream, items })) : answer
    },
  }
}

/** Whether a call answered with a stream. */
export function isIterator(answer: unknown): answer is AsyncIterator<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer && 'next' in answer
}

/** The same items; each counts as consumed when the next one is asked for. */
export function withCredit<T>(
  items: AsyncIterator<T>,
  give: (items: number) => Promise<unknown>,
): AsyncIterableIterator<T> {
  const consumed = creditSender(give)
  let holding = false
  return {
    async next() {
      if (holding) consumed()
      const next = await items.next()
      holding = next.done !== true
      return next
    },
    async return(value) {
      holding = false
      return (await items.return?.(value)) ?? { done: true, value }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

/** One message at a time: what is consumed while it is on its way goes with the next. */
function creditSender(give: (items: number) => Promise<unknown>): () => void {
  let owed = 0
  let sending = false
  const send = async () => {
    sending = true
    try {
      while (owed > 0) {
        const items = owed
        owed = 0
        await give(items)
      }
    } catch {
      // The link is gone: the stream itself says so to its reader.
    } finally {
      sending = false
    }
  }
  return () => {
    owed += 1
    if (!sending) void send()
  }
}

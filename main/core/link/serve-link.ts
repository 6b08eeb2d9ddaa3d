// Serves a router over one link, whatever carries it: text in, text out, and the end. Streams go through
// their window. What does not look like a call ends the link: whoever sends it does not speak this language.

import type { AnyContractRouter } from '@orpc/contract'
import { implement, type Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import * as z from 'zod'
import type { ContractMeta } from '../../../shared/contract/call.ts'
import { flowContract, sessionHeader, streamHeader, streamId } from '../../../shared/contract/flow.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { jsonIn } from '../../../shared/domain/json-text.ts'
import { refuse } from '../refusal.ts'
import { type Credits, inWindow, linkCredits } from './stream-window.ts'

/** What carries one link. */
export type Carrier = {
  /** Resolves when it has left this process, so that whoever waits is as slow as the link. */
  send(text: string): Promise<void>
  /** `undefined`: something that is no text came in. */
  onText(listener: (text: string | undefined) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** What every link adds to the context of its calls. */
export type FlowContext = {
  readonly credits: Credits
  readonly stream?: string | undefined
  /** As it came: who the link belongs to decides what it may be. */
  readonly session?: string | undefined
}

export const flowRouter: Router<typeof flowContract, FlowContext> = {
  more: implement(flowContract.more)
    .$context<FlowContext>()
    .handler(({ context, input }) => {
      context.credits.give(input.stream, input.items)
      return ok({})
    }),
}

export type LinkHandler = (carrier: Carrier) => void

export function linkHandler(router: Router<AnyContractRouter, FlowContext>): LinkHandler {
  const handler = new RPCHandler<FlowContext>(router, {
    interceptors: [
      ({ next, ...options }) => {
        const named = streamId.safeParse(options.request.headers[streamHeader])
        const session = sessionText.safeParse(options.request.headers[sessionHeader]).data
        return next({ ...options, context: { ...options.context, stream: named.data, session } })
      },
    ],
    clientInterceptors: [
      async ({ next, procedure, context, signal }) => {
        const { stream: kind }: ContractMeta = procedure['~orpc'].meta
        if (kind === undefined) return next()
        if (context.stream === undefined || signal === undefined) {
          throw refuse({ kind: 'input-invalid', call: 'flow', problem: `a stream needs the header ${streamHeader}` })
        }
        const credit = context.credits.open(context.stream, kind)
        try {
          const source = await next()
          return inWindow(source as AsyncIterator<unknown>, { kind, credit, signal })
        } catch (error) {
          credit.end()
          throw error
        }
      },
    ],
  })
  return (carrier) => {
    const listeners = { message: new Set<Listener>(), close: new Set<Listener>() }
    carrier.onText((text) => {
      if (text === undefined || !looksLikeCall(text)) return carrier.close()
      for (const listener of listeners.message) listener({ data: text })
    })
    carrier.onClose(() => {
      for (const listener of listeners.close) listener({})
    })
    const socket = {
      send: (text: string) => carrier.send(text),
      addEventListener: (name: 'message' | 'close', listener: Listener) => void listeners[name].add(listener),
    }
    // It uses nothing else of a socket, and waits for what `send` returns.
    void handler.upgrade(socket as never, { context: { credits: linkCredits() } })
  }
}

type Listener = (event: { data?: unknown }) => void

const sessionText = z.string().min(1).max(120)

/** The envelope of oRPC's peers, as far as our clients use it: a call, and the end of one. */
const callId = z.string().max(40)
const envelope = z.union([
  z.strictObject({
    i: callId,
    t: z.literal(1).optional(),
    p: z.strictObject({
      u: z.string().startsWith('/').max(200),
      b: z.unknown().optional(),
      h: z
        .strictObject({ [streamHeader]: z.string().max(20), [sessionHeader]: sessionText })
        .partial()
        .optional(),
    }),
  }),
  z.strictObject({ i: callId, t: z.literal(4) }),
])

/** What is in the call is checked by the contract. */
function looksLikeCall(text: string): boolean {
  return envelope.safeParse(jsonIn(text)).success
}

// A contract served by handing every call on to a client that has it: links are the same whether the core
// runs in this process or in another one. Refusals, streams and their end pass through unchanged.
import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import { implement, type Router } from '@orpc/server'
import type { FlowContext } from './serve-link.ts'

/** Makes one call of the contract, named by its path. */
export type MakeCall = (path: readonly string[], input: unknown, further: Further) => Promise<unknown>
/** `session`: as the link carried it. */
export type Further = { readonly signal: AbortSignal | undefined; readonly session: string | undefined }

export type ProxyRouter = Router<AnyContractRouter, FlowContext>

export function proxyRouter(contract: AnyContractRouter, make: MakeCall, path: readonly string[] = []): ProxyRouter {
  if (isContractProcedure(contract)) {
    return implement(contract)
      .$context<FlowContext>()
      .handler(({ input, signal, context: { session } }) => make(path, input, { signal, session }))
  }
  const entries = Object.entries(contract).map(([name, part]) => [name, proxyRouter(part, make, [...path, name])])
  return Object.fromEntries(entries)
}

/** On a client that has the contract's own shape. */
export function callOn(client: object): MakeCall {
  return async (path, input, { signal }) => {
    const found = path.reduce<unknown>((at, name) => Reflect.get(Object(at), name), client)
    if (typeof found !== 'function') throw new Error(`no call ${path.join('.')}`)
    return found(input, { signal })
  }
}

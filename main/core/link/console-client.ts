// What a shell holds in its hands: the contract as functions, the same in-process and over a socket.
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { desk } from '../../../shared/contract/desk.ts'
import type { CallContext } from '../context.ts'
import { deskRouter, router } from '../router.ts'

export type ConsoleClient = {
  readonly product: ContractRouterClient<Contract>
  readonly desk: ContractRouterClient<typeof desk>
}

/** In-process callers go through the same validation and the same gate as every other link. */
export function clientInProcess(context: CallContext): ConsoleClient {
  return {
    product: createRouterClient(router, { context }),
    desk: createRouterClient(deskRouter, { context }),
  }
}

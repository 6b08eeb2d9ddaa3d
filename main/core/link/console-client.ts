// What a shell holds in its hands: the contract as functions, the same in-process and over a socket.
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { desk } from '../../../shared/contract/desk.ts'
import type { SessionKey } from '../../../shared/domain/operator.ts'
import type { CallSource, Core } from '../context.ts'
import { deskRouter } from '../desk-router.ts'
import { router } from '../router.ts'

export type ConsoleClient = {
  readonly product: ContractRouterClient<Contract>
  readonly desk: ContractRouterClient<typeof desk>
}

/** Whose calls they are: this process's own, or a person's, with the key of their sign-in if they have one. */
export type As = 'console' | AsPerson
export type AsPerson = {
  readonly sessionKey: SessionKey | undefined
  /** The address that their window came from without the key of this computer's user: they are a named operator, or nobody. */
  readonly comesFrom?: string
}
export type ConsoleClients = (as: As) => ConsoleClient

/** `operator`: the name of this computer's user, who everybody is where no operators are named. */
export function clientsInProcess(core: Core, operator: string): ConsoleClients {
  return (as) => {
    if (as === 'console') return clientInProcess({ core, caller: { by: 'console', operator } })
    return clientInProcess({ core, caller: { by: 'person', operator, ...as } })
  }
}

/** In-process callers go through the same validation and the same gate as every other link. */
export function clientInProcess(context: CallSource): ConsoleClient {
  return {
    product: createRouterClient(router, { context }),
    desk: createRouterClient(deskRouter, { context }),
  }
}

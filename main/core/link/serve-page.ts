// What a page of a graphical shell is served: { product, window, flow } (`LinkContract`). For a shell:
//   const kept = await keepConsole(environment, options)              // main/console-host/keep-console.ts
//   const calls = (client) => ({ ...sharedWindowCalls(client, about), chooseBundle, chooseBundleFile, chooseKeyFile, openWindow })
//   const page = pageServer(kept.clientAs, calls)
//   page.overSocket(socket)   // one open WebSocket of a page; use `largestMessageBytes` as its maxPayload
//   page.overPort(port)       // one MessagePortMain; it is started here
// Each call looks up the client anew, so a page outlives a change of the process that runs the core.
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { WebSocket } from 'ws'
import { contract } from '../../../shared/contract/contract.ts'
import { windowContract } from '../../../shared/contract/window.ts'
import { sessionKey } from '../../../shared/domain/operator.ts'
import { refuse } from '../refusal.ts'
import { type LinkPort, overPort, overSocket } from './carriers.ts'
import type { As, ConsoleClient } from './console-client.ts'
import { callOn, proxyRouter } from './proxy-router.ts'
import { flowRouter, linkHandler } from './serve-link.ts'

/** The client that is current now; a shell that has lost its console answers when it has found one again. */
export type ClientOf = () => Promise<ConsoleClient>
export type ClientAs = (as: As) => Promise<ConsoleClient>

type Inputs = InferContractRouterInputs<typeof windowContract>
type Outputs = InferContractRouterOutputs<typeof windowContract>

/** What the shell does for the person in front of its page. Throws a `refuse(...)`, or answers with a Result. */
export type WindowCalls = { readonly [K in keyof Inputs & keyof Outputs]: (input: Inputs[K]) => Promise<Outputs[K]> }

export type Guest = {
  /** The address that the window comes from. */
  readonly address: string
  /** Whether somebody is signed in there, as often as the page asks. */
  readonly isSignedIn: (is: boolean) => void
}

/** `guest`: see `overSocket`. */
type WindowFor = (clientOf: ClientOf, guest: Guest | undefined) => WindowCalls

export type PageServer = {
  /** `guest`: it came without the key of this run, and nobody in it is this computer's user. */
  overSocket(socket: WebSocket, guest?: Guest): void
  overPort(port: LinkPort): void
}

/** A page's calls are a person's, and never this process's own. `windowFor`: what the shell does in the name of whoever calls. */
export function pageServer(clientAs: ClientAs, windowFor: WindowFor): PageServer {
  const serve = handlerFor(clientAs, windowFor, undefined)
  return {
    overSocket: (socket, guest) =>
      (guest === undefined ? serve : handlerFor(clientAs, windowFor, guest))(overSocket(socket)),
    overPort: (port) => serve(overPort(port)),
  }
}

function handlerFor(clientAs: ClientAs, windowFor: WindowFor, guest: Guest | undefined) {
  const of = (session: string | undefined) =>
    clientAs({ sessionKey: sessionKey.safeParse(session).data, ...(guest && { comesFrom: guest.address }) })
  return linkHandler({
    product: proxyRouter(contract, async (path, input, further) => {
      const answer = await callOn((await of(further.session)).product)(path, input, further)
      if (path.join('.') === 'operators.state') guest?.isSignedIn(isAnswerOfSignedIn(answer))
      return answer
    }),
    window: proxyRouter(windowContract, async (path, input, further) => {
      const mine = () => of(further.session)
      if (!isForAnybody(path)) await signedInOnly(mine, guest !== undefined)
      return callOn(windowFor(mine, guest))(path, input, further)
    }),
    flow: flowRouter,
  })
}

/** The page asks it again and again, whoever is in front of it. */
function isAnswerOfSignedIn(answer: unknown): boolean {
  const { value } = (answer as { readonly value?: { readonly signedIn?: unknown } } | null) ?? {}
  return value?.signedIn !== undefined && value.signedIn !== null
}

/** What the shell does itself passes no gate of the core: so whoever is not signed in, where they have to be, gets none of it. */
async function signedInOnly(clientOf: ClientOf, always: boolean): Promise<void> {
  const state = await (await clientOf()).product.operators.state({})
  if (!state.ok) throw refuse(state.failure)
  const { named, signedIn, why = 'never' } = state.value
  if ((named || always) && signedIn === null) throw refuse({ kind: 'sign-in-needed', why })
}

/** Those that are handed on to the desk are asked there. */
function isForAnybody([name = '']: readonly string[]): boolean {
  const call = windowContract[name as keyof typeof windowContract]['~orpc'].meta.call
  return call?.right === 'anybody'
}

// Lets a screen that stops reading a stream stop its source: credit for more items travels back as they are
// taken, since neither a WebSocket nor a message port holds a fast sender back by itself.
import { type ClientLink, createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { creditedLink, type flowContract, type StreamContext } from '../../../shared/contract/flow.ts'
import type { Wire } from './reconnecting-link.ts'

/** The link must send `streamHeaders` with its calls. */
export function withFlow(link: ClientLink<StreamContext>): Wire {
  const { flow } = createORPCClient<{ flow: ContractRouterClient<typeof flowContract, StreamContext> }>(link)
  return creditedLink(link, (credit) => flow.more(credit))
}

// What goes with every call of this page: the stream that it opens, and whoever is signed in.
import { type StreamContext, streamHeaders } from '../../../shared/contract/flow.ts'
import { ownSession } from './session-key.ts'

export function pageHeaders({ context }: { readonly context: StreamContext }): Record<string, string> {
  return streamHeaders({ context: { ...context, session: ownSession() } })
}

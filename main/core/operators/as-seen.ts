// What leaves the core again, by who asked: of lists a vendor sees its part, and a stream ends with the sign-in of whoever
// began it. Where nobody had to sign in, everything leaves as it is.
import { isIterator } from '../../../shared/contract/flow.ts'
import type { CallContext, CallSource } from '../context.ts'
import { heldGrant, type Passing } from '../gate.ts'
import { refuse } from '../refusal.ts'
import { whoIs } from './caller.ts'
import { seenPart } from './seen.ts'
import { touch } from './sessions.ts'

export function asSeen({ context, path, procedure }: Passing, { core, who }: CallContext, output: unknown): unknown {
  if (who.session === undefined) return output
  if (isIterator(output)) return whileSignedIn(context, output)
  const { call } = procedure['~orpc'].meta
  const grant = call === undefined ? undefined : heldGrant(who, call)
  if (grant === undefined || !isAnswer(output)) return output
  return { ...output, value: seenPart(path.join('.'), output.value, { grant, core }) }
}

function isAnswer(output: unknown): output is { readonly ok: true; readonly value: unknown } {
  return typeof output === 'object' && output !== null && 'value' in output
}

/** A stream that was begun by somebody ends with their sign-in; what it told of goes on. */
async function* whileSignedIn<T>(
  { core, caller }: CallSource,
  items: AsyncIterator<T, unknown>,
): AsyncGenerator<T, unknown> {
  try {
    while (true) {
      const next = await items.next()
      if (next.done === true) return next.value
      const known = whoIs(core.operators, caller)
      if (!known.ok) throw refuse(known.failure)
      if (known.value.session?.session.kind === 'command') touch(core.operators, known.value.session)
      yield next.value
    }
  } finally {
    await items.return?.()
  }
}

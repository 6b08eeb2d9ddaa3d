// What surrounds every use case of both contracts: the gate before it, who sees what of its answer, and how it ended.
import { endNoted } from './audit/note-end.ts'
import type { CallContext } from './context.ts'
import { type Passing, passGate } from './gate.ts'
import { asSeen } from './operators/as-seen.ts'

type Answered = { readonly output: unknown }

export async function throughGate<A extends Answered>(
  passing: Passing,
  input: unknown,
  proceed: (context: CallContext) => PromiseLike<A> | A,
): Promise<A> {
  const { context, begun } = await passGate(passing, input)
  const work = async () => {
    const answer = await proceed(context)
    return { ...answer, output: asSeen(passing, context, answer.output) }
  }
  return begun === undefined ? work() : endNoted(context, begun, work)
}

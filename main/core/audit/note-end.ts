// How an act ended, in the audit, whatever call it was: the record names the one of its beginning. An act without such a
// record was cut off with its process, and nobody knows what came of it.
import type { AuditedEnd } from '../../../shared/domain/audit-record.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { AuditLine } from '../../store/audit/audit.ts'
import type { CallContext } from '../context.ts'
import { failureOf, refuse } from '../refusal.ts'

/** The line of its beginning, and the number of its record. */
export type Begun = { readonly line: AuditLine; readonly number: number }

type Came = Pick<AuditedEnd, 'result' | 'failure'>

/** Its own answer comes first: one whose end cannot be written has happened, and the failure says only that. */
export async function endNoted<T extends { readonly output: unknown }>(
  context: CallContext,
  begun: Begun,
  work: () => Promise<T>,
): Promise<T> {
  let answered: T
  try {
    answered = await work()
  } catch (error) {
    noteEnd(context, begun, thrown(error))
    throw error
  }
  const { output } = answered
  if (isStream(output)) return { ...answered, output: streamNoted(context, begun, output) }
  must(noteEnd(context, begun, cameOf(output)))
  return answered
}

async function* streamNoted(context: CallContext, begun: Begun, stream: AsyncIterable<unknown>): AsyncGenerator {
  let came: Came | undefined
  let isOver = false
  try {
    for await (const item of stream) {
      came = cameOf(item)
      yield item
    }
    came ??= { result: 'ok' }
    isOver = true
  } catch (error) {
    came = thrown(error)
    throw error
  } finally {
    const last = came?.result === 'failed' ? came : { result: 'left' as const }
    if (!isOver) noteEnd(context, begun, last)
  }
  must(noteEnd(context, begun, came))
}

export function noteEnd({ core }: Pick<CallContext, 'core'>, { line, number }: Begun, came: Came) {
  const { who, role, act, demo } = line
  const same = { who, act, ...(role !== undefined && { role }), ...(demo !== undefined && { demo }) }
  return core.audit.append({ at: core.tools.now(), ...same, ends: { number, ...came }, input: {} })
}

function must(noted: ReturnType<typeof noteEnd>): void {
  if (!noted.ok) throw refuse(endUnwritten(noted.failure))
}

/** It is not the act that was refused. */
function endUnwritten(failure: Failure): Failure {
  return failure.kind === 'audit-unwritable' ? { kind: 'audit-end-unwritten', detail: failure.detail } : failure
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** Of a Result, and of an event that ends a stream with a failure. */
function cameOf(value: unknown): Came {
  const { failure } = (value ?? {}) as { readonly failure?: { readonly kind?: unknown } }
  return typeof failure?.kind === 'string' ? { result: 'failed', failure: failure.kind } : { result: 'ok' }
}

/** The kind alone: what a bug says may hold anything. */
function thrown(error: unknown): Came {
  return { result: 'failed', failure: failureOf('', error)?.kind ?? 'bug' }
}

// How a failure leaves a call that has no Result to carry it (streams, the gate): as one typed error
// that every link carries unchanged and `received` turns back into a Result.
import { ORPCError } from '@orpc/server'
import { evidence, type Failure, fail, failure, ok, type Result } from '../../shared/domain/failure.ts'

export function refuse(reason: Failure): ORPCError<'REFUSED', Failure> {
  return new ORPCError('REFUSED', { message: reason.kind, data: reason })
}

/** Awaits a call; expected errors come back as a failure, bugs stay thrown. */
export async function received<T>(call: string, answer: Promise<T>): Promise<Result<T>> {
  try {
    return ok(await answer)
  } catch (error) {
    const expected = failureOf(call, error)
    if (expected === undefined) throw error
    return fail(expected)
  }
}

/** Undefined where it is a bug. */
export function failureOf(call: string, error: unknown): Failure | undefined {
  if (!(error instanceof ORPCError)) return undefined
  const carried = failure.safeParse(error.data)
  if (carried.success) return carried.data
  if (error.code !== 'BAD_REQUEST') return undefined
  const issues = (error.data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? []
  const problem = issues.map((i) => `${(i.path ?? []).join('.')} ${i.message ?? ''}`.trim()).join('; ')
  return { kind: 'input-invalid', call, problem: evidence(problem || error.message, 1000) }
}

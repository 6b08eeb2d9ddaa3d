// Turns what a call gives, or throws, into one Result: refusals and refused input are failures of the
// product's own vocabulary, a broken link is `console-lost`, everything else is a bug and named as one.
import { ORPCError } from '@orpc/client'
import { evidence, type Failure, fail, failure, type Result } from '../../shared/domain/failure.ts'

export async function received<T>(call: string, answer: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await answer
  } catch (error) {
    return fail(failureOfError(call, error))
  }
}

export function failureOfError(call: string, error: unknown): Failure {
  if (!(error instanceof ORPCError)) return { kind: 'console-lost' }
  const carried = failure.safeParse(error.data)
  if (carried.success) return carried.data
  if (error.code === 'BAD_REQUEST') return { kind: 'input-invalid', call, problem: evidence(error.message, 1000) }
  return { kind: 'internal', detail: evidence(`${call}: ${error.message}`) }
}

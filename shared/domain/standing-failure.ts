// What a server said and goes on saying until a person acts: nobody asks it again by itself, so that a page that polls
// with an old password locks nobody out. What is found out without dialling is not among it.
import type { Failure, FailureKind } from './failure.ts'

const standing: ReadonlySet<FailureKind> = new Set([
  'login-refused',
  'login-questions',
  'host-key-unknown',
  'host-key-changed',
  'host-key-mismatch',
  'host-key-revoked',
  'other-machine',
])

export function needsPerson({ kind }: Failure): boolean {
  return standing.has(kind)
}

// How a command ends that did not do what it should: what happened and what next on standard error, the same
// as the JSON result, and the exit code.
import { evidence, type Failure } from '../../shared/domain/failure.ts'
import { failureText } from '../../shared/words/language.ts'
import type { Words } from '../../shared/words/words.ts'
import { exitCodes } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** Returns the exit code it told. */
export function endWith(
  failure: Failure,
  terminal: Terminal,
  words: Words,
  exitCode = exitCodes[failure.kind],
): number {
  const { what, next } = failureText(failure, words)
  terminal.complain(what)
  terminal.complain(next)
  terminal.result({ failure, what, next, exitCode })
  return exitCode
}

/** A bug as a failure: enough to find it by, without the data it happened on. */
export function internal(error: unknown): Failure {
  if (!(error instanceof Error)) return { kind: 'internal', detail: evidence(String(error)) }
  const cause = error.cause instanceof Error ? ` (${error.cause.name}: ${error.cause.message})` : ''
  const frame = /([^/\\( ]+:\d+):\d+\)?$/m.exec(error.stack?.slice(error.stack.indexOf('\n    at ')) ?? '')?.[1]
  const place = frame === undefined ? '' : ` in ${frame}`
  // The place first: a long message is cut.
  return { kind: 'internal', detail: evidence(`${error.name}${place}: ${error.message}${cause}`) }
}

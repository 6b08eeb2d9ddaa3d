// What every verb works with.
import type { Result } from '../../../shared/domain/failure.ts'
import type { Words } from '../../../shared/words/words.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { received } from '../../core/refusal.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { Invocation } from './arguments.ts'

export type Work = {
  readonly client: ConsoleClient
  readonly invocation: Invocation
  readonly terminal: Terminal
  readonly words: Words
}

/** A call's own Result, with refusals and invalid input folded in. */
export async function flat<T>(call: string, answer: Promise<Result<T>>): Promise<Result<T>> {
  const got = await received(call, answer)
  return got.ok ? got.value : got
}

// What every command works with.
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Words } from '../../../shared/words/words.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { received } from '../../core/refusal.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { Invocation } from './verb-arguments.ts'

export type Work = {
  readonly client: ConsoleClient
  readonly terminal: Terminal
  readonly words: Words
}

/** Of a command about one appliance. `saved`: what its name can mean; empty where it is not given by name. */
export type VerbWork = Work & { readonly invocation: Invocation; readonly saved: readonly ListedAppliance[] }

/** A call's own Result, with refusals and invalid input folded in. */
export async function flat<T>(call: string, answer: Promise<Result<T>>): Promise<Result<T>> {
  const got = await received(call, answer)
  return got.ok ? got.value : got
}

/** Says that it was done; its answer is the result. */
export async function told(work: Work, answer: Promise<Result<unknown>>, text: string): Promise<Result<number>> {
  const done = await answer
  if (!done.ok) return done
  work.terminal.say(text)
  work.terminal.result(done.value as object)
  return ok(0)
}

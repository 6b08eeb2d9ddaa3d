// Calls one of both contracts by its path, whatever it answers with.
import type { ConsoleClient } from '../../main/core/link/console-client.ts'
import { received } from '../../main/core/refusal.ts'
import { type Failure, ok, type Result } from '../../shared/domain/failure.ts'

/** More than any stream yields that ends by itself. */
const someItems = 20

/** Calls it and, where it answers with a stream, reads that to its end; of one that has none, some items. */
export async function callByPath(client: ConsoleClient, path: string, input: object): Promise<Failure | undefined> {
  const found = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], client)
  const whole = async (): Promise<Result<unknown>> => {
    const answer = await (found as (input: object) => Promise<object>)(input)
    if (!(Symbol.asyncIterator in answer)) return answer as Result<unknown>
    let items = 0
    for await (const _ of answer as AsyncIterable<unknown>) if (++items === someItems) break
    return ok(undefined)
  }
  const got = await received(path, whole())
  if (!got.ok) return got.failure
  return got.value.ok ? undefined : got.value.failure
}

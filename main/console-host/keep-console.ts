// The console of a process that lives long, such as a graphical shell: when the owner whose guest it is ends, it opens the
// console again, as its owner or as guest of the next one.
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Watchfulness } from '../core/background/watched-over.ts'
import type { CoreTools } from '../core/core-tools.ts'
import type { As, ConsoleClient } from '../core/link/console-client.ts'
import { received, refuse } from '../core/refusal.ts'
import { type Closing, type Console, openConsole } from './open-console.ts'

export type KeptConsole = {
  /** The client that is current now. Throws a refusal while no console can be had. */
  client(): Promise<ConsoleClient>
  /** The same for a person's calls. */
  clientAs(as: As): Promise<ConsoleClient>
  /** Whether the core runs in this process, as far as is known now. */
  owner(): boolean
  close(onWait: (guests: number) => void, how?: Closing): Promise<void>
}

type Keeping = {
  readonly keychain?: CoreTools['keychain']
  readonly watches?: Watchfulness
}

/**
 * `prepare` gets every client before anybody else does, to tell it what only this process knows (the import folder).
 */
export async function keepConsole(
  environment: NodeJS.ProcessEnv,
  prepare: (client: ConsoleClient) => Promise<Result<unknown>> = async () => ok(undefined),
  { keychain, watches = 'while-open' }: Keeping = {},
): Promise<Result<KeptConsole>> {
  const closing = new AbortController()
  const { signal } = closing
  let owner = false
  // Never rejects: nobody may be waiting for it when it opens again.
  const open = async (): Promise<Result<Console>> => {
    const opened = await orFailure(() =>
      openConsole(environment, { lasting: true, signal, watches, ...(keychain && { keychain }) }),
    )
    if (!opened.ok) return opened
    owner = opened.value.owner
    const prepared = await orFailure(() => prepare(opened.value.client))
    if (!prepared.ok) {
      await opened.value.close(() => undefined)
      return prepared
    }
    // Only now: one that was let go because it could not be prepared is not opened again by itself.
    void opened.value.ownerGone.then(() => {
      if (!signal.aborted) current = open()
    })
    return opened
  }
  let current = open()
  const first = await current
  if (!first.ok) return first
  return ok({
    owner: () => owner,
    client: () => clientAs('console'),
    clientAs,
    async close(onWait, how) {
      closing.abort()
      const last = await current
      if (last.ok) await last.value.close(onWait, how)
    },
  })

  async function clientAs(as: As): Promise<ConsoleClient> {
    const tried = current
    const before = await tried
    // What failed a while ago is tried again, once for all who ask now.
    if (!before.ok && current === tried && !signal.aborted) current = open()
    const now = await current
    if (!now.ok) throw refuse(now.failure)
    return now.value.clients(as)
  }
}

/** A throw is data from here on: whoever asks for the console next is told, and it is tried again. */
async function orFailure<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    const answer = await received('keepConsole', work())
    return answer.ok ? answer.value : answer
  } catch (bug) {
    return fail({ kind: 'internal', detail: evidence(String(bug)) })
  }
}

// Whether a run would be stopped by the end of this process: only the process that has the core open carries out runs.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientOf } from '../../core/link/serve-page.ts'
import { received } from '../../core/refusal.ts'

export type RunsHere = {
  readonly client: ClientOf
  /** Whether the core runs in this process. */
  readonly owner: () => boolean
}

/** A console that does not answer in this time is not asked again. */
const patienceMilliseconds = 1000

export async function runGoesOn({ client, owner }: RunsHere): Promise<boolean> {
  if (!owner()) return false
  const ask = async () => received('setup.runs', (await client()).product.setup.runs({}))
  const late = new AbortController()
  try {
    const answer = await Promise.race([ask(), sleep(patienceMilliseconds, undefined, { signal: late.signal })])
    return answer?.ok === true && answer.value.ok && answer.value.value.some((run) => run.state === 'running')
  } finally {
    late.abort()
  }
}

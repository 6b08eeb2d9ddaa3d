// Waits for a service that is still loading its model: questions that it refuses meanwhile would say nothing of it.
import type { Connection } from '../../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Clock } from '../bounded-body.ts'
import { fetchText } from '../fetch-text.ts'

const longestSeconds = 180
const pauseMs = 2000
const detailKept = 250

type Ready = { readonly port: number; readonly readyPath: string }
type Waiting = {
  readonly clock: Clock
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
}

/** Somebody who stops it ends the waiting, and it is ready or not. */
export async function awaitReady(
  connection: Connection,
  { port, readyPath: path }: Ready,
  { clock, pause, signal }: Waiting,
): Promise<Result<void>> {
  const beganMs = clock()
  for (;;) {
    const fetched = await fetchText(connection, { port, path, clock })
    if (signal.aborted || (fetched.ok && fetched.value.status === 200)) return ok(undefined)
    if (clock() - beganMs >= longestSeconds * 1000) {
      if (!fetched.ok) return fetched
      const { status, text } = fetched.value
      return fail({ kind: 'http-failed', port, detail: evidence(`HTTP ${status}: ${text}`, detailKept) })
    }
    await pause(pauseMs, signal)
  }
}

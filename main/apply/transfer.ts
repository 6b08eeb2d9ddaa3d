// Sends an artifact as one step of a run: the record that it begins comes before its first byte, the record of how it
// ended after its last.
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { Connection, PutProgress } from '../../shared/domain/connection.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import { runScript } from './run-script.ts'
import type { RunTools } from './run-tools.ts'
import { noteScript, type StepRun } from './step-script.ts'

type Sending = {
  readonly connection: Connection
  readonly run: StepRun
  readonly tools: RunTools
  readonly count: (bytes: number) => void
}

export async function transfer({ connection, run, tools, count }: Sending, artifact: Artifact): Promise<Result<void>> {
  const begun = await runScript(connection, noteScript(run, 'begin'), 60)
  if (!begun.ok) return begun
  const { stopped, stopListening } = listenTo(tools.signal)
  const source = tools.source(artifact)
  const onProgress = (progress: PutProgress) => tools.onProgress({ run: tools.runId, step: run.step, ...progress })
  const options = { onProgress, limitBytesPerSecond: tools.limitBytesPerSecond, stopped }
  const sending = connection.put(artifact, source, options).catch((error: unknown) => {
    const problem = source.problem?.()
    if (problem === undefined) throw error
    return fail(problem)
  })
  const close = () => source.close?.()
  void sending.then(close, close)
  // Also where it waits for another upload of the same artifact.
  const cancelled = stopped.then(() => fail({ kind: 'cancelled', at: run.step }))
  const sent = await Promise.race([sending, cancelled]).finally(stopListening)
  const noted = await runScript(connection, noteScript(run, sent.ok ? 'done' : 'failed'), 60)
  if (!sent.ok) return sent
  count(sent.value.sentBytes)
  return noted
}

/** A run may send hundreds of artifacts: none of them goes on listening. */
function listenTo(signal: AbortSignal): { readonly stopped: Promise<void>; readonly stopListening: () => void } {
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return { stopped, stopListening: () => signal.removeEventListener('abort', stop) }
}

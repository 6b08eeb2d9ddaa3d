// One generated script as the simulated machine gets it: which block it is, what comes on its standard input, and
// where its answer goes.
import type { BlockName, HeadOf, ScriptHead } from '../../../shared/domain/script-head.ts'

export type Work<H extends ScriptHead = ScriptHead> = {
  readonly head: H
  /** Its standard input, as it comes; ends with it. */
  readonly input: AsyncIterable<Uint8Array>
  /** Resolves once there is room for more; false when nobody reads any more. */
  write(bytes: string | Uint8Array): Promise<boolean>
  complain(text: string): void
  /** Aborts when the lease has ended or the power is gone. */
  readonly signal: AbortSignal
}

/** Resolves with the exit code. */
export type Worker<B extends BlockName> = (work: Work<HeadOf<B>>) => Promise<number>

/** What a step runs by `sh -c`: see engine/container-scripts.ts. */
type StepText =
  | ('record' | 'version-record' | 'until-healthy' | 'smoke' | 'soak' | 'drop-damaged' | 'plain-image')
  | ('volume-room' | 'volume-save' | 'volume-back' | 'host-act')
  | ('stage' | 'smoke-aside' | 'clear-stage' | 'join-network' | 'task')
/** The blocks that travel as scripts of their own. */
export type ScriptBlock = Exclude<BlockName, 'lease' | StepText>
export type Workers = { readonly [B in ScriptBlock]: Worker<B> }

/** As much as a run may hand over (main/connect/run.ts). */
const inputLimitBytes = 16 * 1024 * 1024

/** Throws where more comes than any script of ours reads. */
export async function wholeInput(input: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of input) {
    bytes += piece.byteLength
    if (bytes > inputLimitBytes) throw new Error('too much standard input')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

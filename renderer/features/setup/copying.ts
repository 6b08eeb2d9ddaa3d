// How far the copying of a run is, and how long it will still take: arithmetic over the plan, the steps that ended and
// the newest progress. Nothing is said that was not measured.
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { sendingLeftMs } from '../../../shared/domain/sending-rate.ts'
import type { StepLook } from './run-state.ts'

export type Copied = { readonly totalBytes: number; readonly doneBytes: number }

/** All bytes of all artifacts that the plan brings; what lay there already counts as done when its step is. */
export function copiedOf(
  plan: Pick<Plan, 'steps'>,
  steps: ReadonlyMap<string, StepLook>,
  progress: RunProgress | undefined,
): Copied {
  let totalBytes = 0
  let doneBytes = 0
  for (const { id, change, spec } of plan.steps) {
    if (!change || spec.kind !== 'artifact') continue
    const { bytes } = spec.artifact
    totalBytes += bytes
    const look = steps.get(id)?.state
    if (look === 'done' || look === 'already') doneBytes += bytes
    else if (progress?.step === id) doneBytes += Math.min(bytes, progress.doneBytes)
  }
  return { totalBytes, doneBytes }
}

/** Of the copying alone; undefined while nothing moves or nothing is left. */
export function copyingLeftMs({ totalBytes, doneBytes }: Copied, rate: number | undefined): number | undefined {
  const left = totalBytes - doneBytes
  return sendingLeftMs(left, rate)
}

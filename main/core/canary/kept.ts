// Results of canaries that are kept: listed, read, and one of them accepted as what later ones are compared with.
import { type CanaryHead, type CanaryProblem, type CanaryResult, canaryHeadOf } from '../../../shared/domain/canary.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { CallContext, Core } from '../context.ts'

export function listCanaries({ state }: Pick<Core, 'state'>): Result<CanaryHead[]> {
  return ok(state.canaries.list())
}

export function readCanary({ state }: Pick<Core, 'state'>, canaryId: string): Result<CanaryResult | null> {
  return state.canaries.read(canaryId)
}

/** One that failed for what it lost may be accepted: that is how a person says that the new answers are right. */
export function acceptCanary({ core, operator }: CallContext, canaryId: string): Result<CanaryHead | null> {
  const read = core.state.canaries.read(canaryId)
  if (!read.ok) return read
  if (read.value === null) return ok(null)
  const isSound = read.value.end === 'done' && read.value.questions.every(isSoundQuestion)
  if (!isSound) return fail({ kind: 'usage', problem: 'canary-not-passed', word: canaryId })
  const written = core.state.canaries.accept(read.value, { acceptedAt: core.tools.now(), who: operator })
  return written.ok ? ok({ ...canaryHeadOf(read.value), accepted: true }) : written
}

/** What is called so where it was only lost since the accepted result. */
const ofDrift: ReadonlySet<CanaryProblem> = new Set(['drifted', 'not-refused', 'property-missing', 'not-json'])

function isSoundQuestion({ verdict, problems }: CanaryResult['questions'][number]): boolean {
  return verdict !== 'failed' || (problems.includes('drifted') && problems.every((one) => ofDrift.has(one)))
}

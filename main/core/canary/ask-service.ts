// Asks one service, compares what it answers with what was accepted, and keeps the result. Whoever calls holds what has to be
// held meanwhile.
import type { CanaryCause, CanaryEvent, CanaryResult } from '../../../shared/domain/canary.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { compareWithBaseline } from '../../../shared/verify/canary/drift.ts'
import { questionsOf, runCanary } from '../../verify/canary/run-canary.ts'
import type { Core } from '../context.ts'
import type { Place } from '../runs/prove.ts'
import type { FoundService } from './services.ts'

export type AskingService = {
  readonly canaryId: string
  readonly who: string
  readonly cause: CanaryCause
  readonly signal: AbortSignal
  readonly hear?: (event: CanaryEvent) => void
  /** False once somebody else may be at work there; missing: nobody can be. */
  readonly held?: () => boolean
  readonly keepsAnswers?: boolean
}

export async function askService(
  core: Core,
  { address, connection }: Place,
  found: FoundService,
  asking: AskingService,
): Promise<Result<CanaryResult>> {
  const { canaryId, who, cause, hear = () => undefined } = asking
  const { now, clock } = core.tools
  const [startedAt, beganMs] = [now(), clock()]
  const demo = core.demos.isDemo(address) ? { demo: true as const } : {}
  const subject = { host: address.host, port: address.port, ...found.subject, ...demo }
  const { set } = found.service
  hear({ event: 'begin', canaryId, subject, set, questions: [...questionsOf(found.service)] })
  const outcome = await runCanary(connection, found.service, {
    ...{ clock, hear, signal: asking.signal, held: asking.held ?? (() => true) },
    keepsAnswers: asking.keepsAnswers === true,
  })
  const baseline = core.state.canaries.baselineFor({ subject, set })
  if (!baseline.ok) return baseline
  const compared =
    baseline.value === undefined
      ? { questions: outcome.questions }
      : compareWithBaseline(outcome.questions, baseline.value)
  const isPassed = outcome.end === 'done' && compared.questions.every(({ verdict }) => verdict !== 'failed')
  const result: CanaryResult = {
    ...{ format: 1, canaryId, startedAt, who, cause, subject, set },
    seconds: Math.max(0, clock() - beganMs) / 1000,
    ...outcome,
    ...compared,
    verdict: isPassed ? 'passed' : 'failed',
  }
  return keep(core, result)
}

/** Fails where the disk does not take it: a result that is shown is one that is kept. */
function keep({ audit, state, tools }: Core, result: CanaryResult): Result<CanaryResult> {
  const { canaryId, subject, end, who, cause, set, verdict } = result
  const { host, port, deployment } = subject
  const demo = subject.demo === true ? { demo: true as const } : {}
  const input = { canaryId, address: { host, port }, deployment, cause, set, end, verdict }
  const written = audit.append({ at: tools.now(), who, act: 'canary-end', ...demo, input })
  if (!written.ok) return written
  const saved = state.canaries.save(result)
  return saved.ok ? ok(result) : saved
}

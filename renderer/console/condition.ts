// How an appliance is, for the first line of its page and for its card: from the newest look, a run that goes on, and whether
// looking works at all. Without a look that is young nothing is green.
import type { Failure } from '../../shared/domain/failure.ts'
import type { ConsoleRun } from '../../shared/domain/run.ts'
import type { ApplianceVerdict, VerdictReason } from '../../shared/domain/verdict.ts'
import type { Answer } from './answers.ts'

type Look = { readonly verdict: ApplianceVerdict; readonly atMs: number }

export type Condition =
  | { readonly is: 'looking' }
  | { readonly is: 'setting-up'; readonly run: ConsoleRun }
  | ({ readonly is: 'seen' } & Look)
  /** What was true then; now it cannot be looked at, or nobody did for long. */
  | ({ readonly is: 'old'; readonly failure?: Failure } & Look)
  | { readonly is: 'unreachable'; readonly failure: Failure }

/** It is looked at each minute; an older look missed two. */
export const oldAfterMs = 150_000

export type Around = {
  readonly runs: readonly ConsoleRun[]
  readonly nowMs: number
  /** This window hears from the console. */
  readonly linked: boolean
  /** A proof that was asked for on this page, once it has ended. */
  readonly proven?: Look | undefined
}

export function conditionOf(status: Answer<ApplianceVerdict>, { runs, nowMs, linked, proven }: Around): Condition {
  // A run that nobody can confirm any more is not shown as going on.
  const running = linked ? runs.find((run) => run.state === 'running') : undefined
  if (running !== undefined) return { is: 'setting-up', run: running }
  const look = newestLook(status, proven)
  const failure = failureOf(status)
  if (look === undefined) return failure === undefined ? { is: 'looking' } : { is: 'unreachable', failure }
  if (failure !== undefined) return { is: 'old', ...look, failure }
  return linked && nowMs - look.atMs <= oldAfterMs ? { is: 'seen', ...look } : { is: 'old', ...look }
}

/** Rackside has set up nothing there: neither well nor ill. */
export function isEmpty(condition: Condition): boolean {
  return condition.is === 'seen' && condition.verdict.reason === 'nothing-deployed'
}

/** Whose reason the appliance's verdict has: the first deployment that is as unwell as the whole, and how many more are. */
export type Why = { readonly deployment: string; readonly reason: VerdictReason; readonly others: number }

export function whyOf({ state, reason, deployments }: ApplianceVerdict): Why | undefined {
  if (reason !== 'a-deployment-is-not-healthy') return undefined
  const unwell = deployments.filter((one) => one.state !== 'healthy')
  const worst = unwell.find((one) => one.state === state) ?? unwell[0]
  return worst && { deployment: worst.deployment, reason: worst.reason, others: unwell.length - 1 }
}

function newestLook(status: Answer<ApplianceVerdict>, proven: Look | undefined): Look | undefined {
  if (status.state !== 'answered') return proven
  return proven !== undefined && proven.atMs > status.atMs ? proven : { verdict: status.value, atMs: status.atMs }
}

function failureOf(status: Answer<ApplianceVerdict>): Failure | undefined {
  if (status.state === 'failed') return status.failure
  return status.state === 'answered' ? status.problem : undefined
}

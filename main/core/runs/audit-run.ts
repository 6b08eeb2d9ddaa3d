// What a run did, in the audit: a line before it touches the appliance and one when it has ended, however it ended. The
// line of the call only says what was asked for.
import type { Result } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { type RunEvent, stateAfter } from '../../../shared/domain/run.ts'
import type { CallContext } from '../context.ts'
import { failureOf, refuse } from '../refusal.ts'
import { acceptedIn } from './accepted-terms.ts'

type Audited = { readonly plan: Plan; readonly run: string; readonly machineId: string | null }

/**
 * A run whose beginning cannot be written does not begin. One whose end cannot be written has happened: all its events
 * are told before the failure is.
 */
export async function* auditRun(
  context: CallContext,
  { plan, run, machineId }: Audited,
  events: AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const { core, operator } = context
  const demo = core.demos.isDemo(plan.address) ? { demo: true as const } : {}
  const write = (act: string, more: object): Result<unknown> => {
    const input = { address: plan.address, machineId, planId: plan.id, planDigest: plan.digest, run, ...more }
    return core.audit.append({ at: core.tools.now(), who: operator, act, ...demo, input })
  }
  const begun = write('run-begin', agreedIn(context, plan))
  if (!begun.ok) throw refuse(begun.failure)
  const heard: RunEvent[] = []
  try {
    for await (const event of events) {
      if (event.event === 'run-end' || event.event === 'verified') heard.push(event)
      yield event
    }
  } catch (error) {
    // What was thrown is worse than a line that is missing.
    write('run-end', { ...resultOf(heard), ...thrownAs(error) })
    throw error
  }
  const ended = write('run-end', resultOf(heard))
  if (!ended.ok) throw refuse(ended.failure)
}

/** What somebody agreed to that is more than the plan itself: terms of licences, and what is taken from another publisher. */
function agreedIn({ core, operator }: CallContext, plan: Plan): object {
  const accepted = acceptedIn(plan, { by: operator, at: core.tools.now(), sha256: core.tools.sha256 })
  const licences = accepted.map(({ entry, version, spdx, terms }) => ({ entry, version, spdx, terms }))
  const { takeovers = [] } = plan
  return { ...(licences.length > 0 && { licences }), ...(takeovers.length > 0 && { takeovers }) }
}

function resultOf(heard: readonly RunEvent[]): object {
  const end = heard.find((one) => one.event === 'run-end')
  const verified = heard.find((one) => one.event === 'verified')
  const failure = end?.failure?.kind
  const outcome = end === undefined || failure !== undefined ? 'failed' : 'done'
  return {
    outcome: failure === 'cancelled' ? failure : outcome,
    changed: end?.changed ?? null,
    ...(failure && { failure }),
    ...(verified && { verdict: stateAfter(verified) }),
  }
}

/** The kind alone: what a bug says may hold anything. */
function thrownAs(error: unknown): object {
  return { outcome: 'failed', failure: failureOf('run', error)?.kind ?? 'bug' }
}

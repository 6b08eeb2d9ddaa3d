// What a step reads right before it acts and right after: the facts of its groups, and of the system itself no more
// than it needs.
import { asksOf, kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked, AskGroup } from '../../shared/apply/asked.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import { lookAtHost } from './host-look.ts'

type Asking = {
  readonly connection: Connection
  readonly step: PlanStep
  readonly tools: { readonly ask: (groups: readonly AskGroup[]) => Promise<Result<Asked>> }
}

export async function askForStep({ connection, step, tools }: Asking): Promise<Result<Asked>> {
  const asks = asksOf(step.spec)
  const asked = await tools.ask(asks)
  if (!asked.ok || !asks.includes('host')) return asked
  const host = await lookAtHost(connection, [step.spec])
  return host.ok ? ok({ ...asked.value, host: host.value }) : host
}

/** Of a step that says it could not be read. */
export function whyNotRead({ id, spec }: PlanStep, asked: Asked): string {
  const answers = [...(asked.host?.values() ?? [])]
  const [unread] = answers.flatMap((answer) => (answer.state === 'unreadable' ? [answer.why] : []))
  return `${id}: ${unread ?? kindOf(spec).unread?.(asked) ?? 'the answer was not understood'}`
}

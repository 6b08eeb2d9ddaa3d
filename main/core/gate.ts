// The one gate in front of every call: the caller's role must reach, and whatever changes something has
// its audit line on disk before it acts; what carries on an act has that act's. A line that cannot be written refuses the act.
import type { ContractMeta, Role } from '../../shared/contract/call.ts'
import type { Begun } from './audit/note-end.ts'
import type { CallContext } from './context.ts'
import { isOfDemo } from './demo/of-demo.ts'
import { refuse } from './refusal.ts'

const rank: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

type Passing = {
  readonly context: CallContext
  readonly path: readonly string[]
  readonly procedure: { readonly '~orpc': { readonly meta: ContractMeta } }
}

/**
 * Throws the refusal; runs after the input was checked, so the audit line holds what will be done. What it answers with is
 * the beginning of an act, whose end is to be noted too.
 */
export function passGate({ context, path, procedure }: Passing, input: unknown): Begun | undefined {
  const { call } = procedure['~orpc'].meta
  if (call === undefined) throw new Error(`the call ${path.join('.')} declares no effect`)
  if (rank[context.role] < rank[call.role]) {
    throw refuse({ kind: 'input-invalid', call: path.join('.'), problem: `needs the role ${call.role}` })
  }
  if (call.effect === 'read' || call.audit === 'none') return undefined
  const { core, operator, role } = context
  const demo = isOfDemo(core, call.audit, input) ? { demo: true as const } : {}
  const told = withoutFields(input, call.hides ?? [])
  const line = { at: core.tools.now(), who: operator, role, act: call.audit, ...demo, input: told }
  const written = core.audit.append(line)
  if (!written.ok) throw refuse(written.failure)
  return { line, number: written.value.number }
}

function withoutFields(input: unknown, hidden: readonly string[]): unknown {
  const fields = Object.entries(input as object)
  return hidden.length === 0 ? input : Object.fromEntries(fields.filter(([name]) => !hidden.includes(name)))
}

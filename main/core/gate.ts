// The one gate in front of every call: who calls is known, may do it, and within a vendor's grant; whatever changes
// something has its audit line on disk before it acts; what carries on an act has that act's. A line that cannot be
// written refuses the act.
import type { AskedRight, CallMeta, ContractMeta } from '../../shared/contract/call.ts'
import { fail, type Result } from '../../shared/domain/failure.ts'
import type { Grant } from '../../shared/domain/operator.ts'
import { isWithinGrant, type Right } from '../../shared/domain/role.ts'
import type { Begun } from './audit/note-end.ts'
import type { CallContext, CallSource } from './context.ts'
import { isOfDemo } from './demo/of-demo.ts'
import { type Who, whoIs } from './operators/caller.ts'
import { coversScope, type Scope } from './operators/grant.ts'
import { hasSeenPart, namesSomething } from './operators/seen.ts'
import { isSteppedUp, touch } from './operators/sessions.ts'
import { refuse } from './refusal.ts'

/** Input is validated before the gate, so that the audit line is what will be done; output after all. */
export const validateFirst = {
  initialInputValidationIndex: Number.NEGATIVE_INFINITY,
  initialOutputValidationIndex: Number.NEGATIVE_INFINITY,
}

export type Passing = {
  readonly context: CallSource
  readonly path: readonly string[]
  readonly procedure: { readonly '~orpc': { readonly meta: ContractMeta } }
}

/** `begun`: of an act, whose end is to be noted too. */
type Passed = { readonly context: CallContext; readonly begun?: Begun }

/** Throws the refusal; runs after the input was checked, so the audit line holds what will be done. */
export async function passGate({ context: source, path, procedure }: Passing, input: unknown): Promise<Passed> {
  const { call } = procedure['~orpc'].meta
  if (call === undefined) throw new Error(`the call ${path.join('.')} declares no effect`)
  const { core } = source
  const who = whoMay(source, call, path)
  const grant = heldGrant(who, call)
  if (grant !== undefined) {
    const covered = await covers(core, grant, { path: path.join('.'), input })
    if (!covered.ok) throw refuse(covered.failure)
  }
  if (call.effect !== 'read') actsNow(source, who, call)
  const { operator } = who
  const context = { core, operator, who }
  if (call.effect === 'read' || call.audit === 'none') return { context }
  const demo = isOfDemo(core, call.audit, input) ? { demo: true as const } : {}
  const told = withoutFields(input, call.hides ?? [])
  const held = who.session === undefined ? {} : { role: who.roles.join(' ') }
  const line = { at: core.tools.now(), who: operator, ...held, act: call.audit, ...demo, input: told }
  const written = core.audit.append(line)
  if (!written.ok) throw refuse(written.failure)
  return { context, begun: { line, number: written.value.number } }
}

function rightsAsked(asked: AskedRight): readonly Right[] {
  return typeof asked === 'string' ? [asked] : asked
}

function whoMay({ core, caller }: CallSource, { right }: CallMeta, path: readonly string[]): Who {
  const needs = rightsAsked(right)
  const known = whoIs(core.operators, caller)
  if (!known.ok) {
    // Who asks how to sign in need not have done so; what is damaged lets nobody in.
    if (known.failure.kind !== 'sign-in-needed' || !needs.includes('anybody')) throw refuse(known.failure)
    return { operator: caller.operator, rights: new Set<Right>(['anybody']), roles: [], ended: known.failure.why }
  }
  const who = known.value
  if (!needs.some((one) => who.rights.has(one))) {
    throw refuse({ kind: 'not-permitted', call: path.join('.'), needs: [...needs] })
  }
  const isAboutThemselves = needs.includes('anybody') || needs.includes('member')
  if (who.session?.operator.mustChange === true && !isAboutThemselves)
    throw refuse({ kind: 'passphrase-change-needed' })
  if (who.session?.session.kind === 'command') touch(core.operators, who.session)
  return who
}

/** Undefined where what somebody does here is not held to a vendor's grant. */
export function heldGrant(who: Who, { right }: CallMeta): Grant | undefined {
  const grant = who.session?.operator.grant
  const reached = rightsAsked(right).filter((one) => who.rights.has(one))
  return reached.every((one) => isWithinGrant(who.roles, one)) ? grant : undefined
}

/** By every way in which a call names something; one that names nothing shows a vendor its part, or is not for vendors. */
async function covers(
  core: CallSource['core'],
  grant: Grant,
  { path, input }: { readonly path: string; readonly input: unknown },
): Promise<Result<void>> {
  if (!namesSomething(input) && !hasSeenPart(path)) return fail({ kind: 'not-granted', what: 'act', name: path })
  return coversScope(core, grant, input as Scope)
}

/** Somebody does something: the window is in use; and what destroys asks for the passphrase once more. */
function actsNow({ core }: CallSource, { session }: Who, { effect }: CallMeta): void {
  if (session === undefined) return
  const now = Date.parse(core.tools.now())
  if (effect === 'destructive' && !isSteppedUp(session.session, now)) throw refuse({ kind: 'step-up-needed' })
  touch(core.operators, session)
}

function withoutFields(input: unknown, hidden: readonly string[]): unknown {
  const fields = Object.entries(input as object)
  return hidden.length === 0 ? input : Object.fromEntries(fields.filter(([name]) => !hidden.includes(name)))
}

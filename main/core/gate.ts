// The one gate in front of every call: who calls is known, may do it, and within a vendor's grant; whatever changes
// something has its audit line on disk before it acts; what carries on an act has that act's. A line that cannot be
// written refuses the act.
import type { AskedRight, CallMeta, ContractMeta } from '../../shared/contract/call.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Grant } from '../../shared/domain/operator.ts'
import { isWithinGrant, type Right } from '../../shared/domain/role.ts'
import type { Begun } from './audit/note-end.ts'
import type { CallContext, CallSource } from './context.ts'
import { isOfDemo } from './demo/of-demo.ts'
import { type Who, whoIs } from './operators/caller.ts'
import { coversScope, type Scope } from './operators/grant.ts'
import { hasSeenPart, namesSomething } from './operators/seen.ts'
import { isSteppedUp, mustChangeFirst, touch } from './operators/sessions.ts'
import { refuse } from './refusal.ts'

const mostRefusedLooks = 5000
const nothingGranted: Grant = { publishers: [], appliances: [] }

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
  const who = whoIsThere(source, call)
  const may = await mayCall(core, { who, call, path }, input)
  if (!may.ok) {
    noteRefused(core, { who, call, path }, may.failure)
    throw refuse(may.failure)
  }
  actsNow(source, who, call)
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

function whoIsThere({ core, caller }: CallSource, { right }: CallMeta): Who {
  const known = whoIs(core.operators, caller)
  if (known.ok) return known.value
  // Who asks how to sign in need not have done so; what is damaged lets nobody in.
  if (known.failure.kind !== 'sign-in-needed' || !rightsAsked(right).includes('anybody')) throw refuse(known.failure)
  const nobody = { operator: caller.operator, rights: new Set<Right>(['anybody']), roles: [], ended: known.failure.why }
  return { ...nobody, ...(caller.by === 'person' && { comesFrom: caller.comesFrom }) }
}

type Asked = { readonly who: Who; readonly call: CallMeta; readonly path: readonly string[] }

async function mayCall(core: CallSource['core'], { who, call, path }: Asked, input: unknown): Promise<Result<void>> {
  const needs = rightsAsked(call.right)
  const name = path.join('.')
  if (!needs.some((one) => who.rights.has(one))) return fail({ kind: 'not-permitted', call: name, needs: [...needs] })
  const isAboutThemselves = needs.includes('anybody') || needs.includes('member')
  const mustChange = who.session !== undefined && mustChangeFirst(who.session.operator, who.session.session)
  if (mustChange && !isAboutThemselves) return fail({ kind: 'passphrase-change-needed' })
  if (who.session?.session.kind === 'command') touch(core.operators, who.session)
  const grant = heldGrant(who, call)
  return grant === undefined ? ok(undefined) : covers(core, grant, { path: name, input })
}

/**
 * What somebody tried and may not. A page asks the same again and again: of what only looks, one line a sign-in is enough.
 * Where no line can be written the refusal stands all the same.
 */
function noteRefused(core: CallSource['core'], { who, call, path }: Asked, failure: Failure): void {
  if (who.session === undefined || (failure.kind !== 'not-permitted' && failure.kind !== 'not-granted')) return
  const input = {
    call: path.join('.'),
    ...(failure.kind === 'not-granted' && { what: failure.what, name: failure.name }),
  }
  const once = `${who.session.session.digest} ${JSON.stringify(input)}`
  if (call.effect === 'read' && core.refusedLooks.has(once)) return
  if (core.refusedLooks.size >= mostRefusedLooks) core.refusedLooks.clear()
  core.refusedLooks.add(once)
  core.audit.append({ at: core.tools.now(), who: who.operator, act: 'call-refused', input })
}

/** Undefined where what somebody does here is not held to a vendor's grant. */
export function heldGrant(who: Who, { right }: CallMeta): Grant | undefined {
  if (who.session === undefined || !who.roles.includes('vendor')) return undefined
  const { grant = nothingGranted } = who.session.operator
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
function actsNow({ core }: CallSource, { session }: Who, call: CallMeta): void {
  if (session === undefined || call.effect === 'read') return
  const now = Date.parse(core.tools.now())
  const asks = call.effect === 'destructive' || ('asksAgain' in call && call.asksAgain === true)
  if (asks && !isSteppedUp(session.session, now)) throw refuse({ kind: 'step-up-needed' })
  touch(core.operators, session)
}

function withoutFields(input: unknown, hidden: readonly string[]): unknown {
  const fields = Object.entries(input as object)
  return hidden.length === 0 ? input : Object.fromEntries(fields.filter(([name]) => !hidden.includes(name)))
}

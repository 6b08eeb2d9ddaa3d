// How one line of the audit is read: what was done with what, and how it came out. What an act is not, an event, has no end
// of its own; it carries the outcome of what it tells of.
import * as z from 'zod'
import { eventActs, type PlanFor, planFor } from '../domain/audit-record.ts'
import type { AuditEntry } from '../domain/audit-search.ts'
import type { AuditWords } from './audit-words.ts'

type Coded = Pick<
  AuditWords,
  'acts' | 'results' | 'outcomes' | 'failureNames' | 'login' | 'about' | 'caused' | 'drill' | 'planned'
>

const events: ReadonlySet<string> = new Set(eventActs)

/** A key that is to be trusted is tried with a login: where that failed, it was one, and no key is trusted by it. */
const loginFailures: ReadonlySet<string> = new Set([
  'login-refused',
  'login-questions',
  'identity-unusable',
  'agent-unusable',
])

const told = z.object({
  drill: z.string().optional().catch(undefined),
  on: z.boolean().optional().catch(undefined),
  planFor: planFor.optional().catch(undefined),
  planId: z.string().optional().catch(undefined),
  call: z.string().optional().catch(undefined),
  outcome: z.string().optional().catch(undefined),
  verdict: z.string().optional().catch(undefined),
  end: z.string().optional().catch(undefined),
  failure: z.string().optional().catch(undefined),
})

function inputOf({ record: { input } }: AuditEntry): z.infer<typeof told> {
  const read = told.safeParse(input)
  return read.success ? read.data : {}
}

/** With what it was about, where its name alone says too little: which drill, which solution. */
export function actText(words: Coded, entry: AuditEntry): string {
  const { act } = entry.record
  if (act === 'host-key-trust' && loginFailures.has(entry.came?.failure ?? '')) return words.login
  const name = calledBy(words.acts, act)
  const { drill, on, planFor: plan, planId, call } = inputOf(entry)
  if (act === 'demo-drill' && drill !== undefined) return words.about(name, words.drill(drill, on !== false))
  const what = call ?? (plan === undefined ? planId : planText(words, plan))
  return what === undefined ? name : words.about(name, what)
}

function planText({ planned }: Coded, { act, what = '?', version = '?' }: PlanFor): string {
  return planned[act](what, version)
}

/** What a code is called; the code itself where nobody knows it, as in what another version wrote. */
export function calledBy(names: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(names, code) ? (names[code] ?? code) : code
}

/** Undefined of an event that says no outcome. */
export function cameText(words: Coded, entry: AuditEntry): string | undefined {
  const { came } = entry
  const because = (text: string, failure: string | undefined) =>
    failure === undefined ? text : words.caused(text, calledBy(words.failureNames, failure))
  if (came !== undefined) return because(words.results[came.result], came.failure)
  if (!events.has(entry.record.act)) return words.results.unknown
  const { outcome, end, verdict, failure } = inputOf(entry)
  // What did not run to its end says so; else what was found counts.
  const code = outcome ?? (end === undefined || end === 'done' ? (verdict ?? end) : end)
  if (code === undefined) return failure === undefined ? undefined : calledBy(words.failureNames, failure)
  return because(calledBy(words.outcomes, code), failure === code ? undefined : failure)
}

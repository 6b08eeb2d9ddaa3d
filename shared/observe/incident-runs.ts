// Runs out of the audit: the record of a beginning and the one of its end become one event, and the call that asked for it
// is not told a second time.
import * as z from 'zod'
import type { AuditEntry } from '../domain/audit-search.ts'
import type { IncidentEvent } from '../domain/incident.ts'
import type { RunSubject } from '../domain/notification.ts'
import { verdictState } from '../domain/verdict.ts'

const begun = z.object({ run: z.string(), planId: z.string().max(200) })
/** What cannot be read of it is unknown, and the rest counts. */
const ended = z.object({
  run: z.string(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  changed: z.int().nonnegative().nullish().catch(undefined),
  failure: z.string().max(300).optional().catch(undefined),
  verdict: verdictState.optional().catch(undefined),
})

type Ended = { readonly atMs: number; readonly end: z.infer<typeof ended> }
type Runs = { readonly runs: readonly IncidentEvent[]; readonly rest: readonly AuditEntry[] }

export function runsIn(entries: readonly AuditEntry[], subjectOf: (planId: string) => RunSubject | undefined): Runs {
  const ends = new Map<string, Ended>()
  for (const { record } of entries) {
    const end = record.act === 'run-end' ? ended.safeParse(record.input) : undefined
    if (end?.success === true) ends.set(end.data.run, { atMs: Date.parse(record.at), end: end.data })
  }
  const plans = new Set<string>()
  const runs = entries.flatMap((entry): IncidentEvent[] => {
    const begin = entry.record.act === 'run-begin' ? begun.safeParse(entry.record.input) : undefined
    if (begin?.success !== true) return []
    const { run, planId } = begin.data
    plans.add(planId)
    return [runEvent(entry, { planId, subject: subjectOf(planId), ended: ends.get(run) })]
  })
  const isTold = ({ record: { act, input } }: AuditEntry) =>
    act === 'run-begin' ||
    act === 'run-end' ||
    (act === 'plan-apply' && plans.has(String((input as { planId?: unknown } | null)?.planId)))
  return { runs, rest: entries.filter((one) => !isTold(one)) }
}

type Run = { readonly planId: string; readonly subject: RunSubject | undefined; readonly ended: Ended | undefined }

function runEvent({ record: { at, who } }: AuditEntry, { planId, subject, ended: over }: Run): IncidentEvent {
  const { changed, failure, verdict, outcome = 'unknown' } = over?.end ?? {}
  return {
    ...{ kind: 'run', atMs: Date.parse(at), who, planId, outcome },
    ...(subject !== undefined && { subject }),
    ...(over !== undefined && { endMs: over.atMs }),
    ...(typeof changed === 'number' && { changed }),
    ...(failure !== undefined && { failure }),
    ...(verdict !== undefined && { verdict }),
  }
}

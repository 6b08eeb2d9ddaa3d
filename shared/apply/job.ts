// Step kind: a job of a service has run to its end as it is now. The appliance notes that; one that was broken off or
// failed has no note, and is run again from its beginning.
import { isUp } from '../domain/facts.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import type { Asked } from './asked.ts'
import { containerName } from './container-run.ts'
import { notRead } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'
import { taskCommands } from './task.ts'
import { noteOf, unreadNotes } from './task-notes.ts'

type Spec = StepSpecOf<'job'>

/** The service that does not run meanwhile. */
function paused({ spec, pauses }: Spec, { containers }: Asked): string[] {
  const name = containerName(spec.of)
  const runs = valueOr(containers, []).some((one) => one.name === name && isUp(one))
  return pauses && runs ? [name] : []
}

export const jobStep: StepKind<'job'> = {
  kind: 'job',
  asks: ['engine', 'tasks'],
  by: 'unit',
  isTrue(step, facts) {
    if (unreadNotes(facts) !== undefined) return notRead
    const hasRun = noteOf(step, facts) !== undefined
    return { holds: hasRun, reason: hasRun ? 'job-run' : 'job-not-run' }
  },
  unread: unreadNotes,
  stops: paused,
  commands: taskCommands,
  // What it did nobody but itself can undo.
  undo: () => [],
}

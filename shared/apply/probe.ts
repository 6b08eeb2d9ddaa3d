// Step kind: a vendor's own probe has passed against the version of a service that runs. Where a run changes what it
// tries out, it passes in that run.

import { notRead } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'
import { taskCommands } from './task.ts'
import { noteOf, unreadNotes } from './task-notes.ts'

export const probeStep: StepKind<'probe'> = {
  kind: 'probe',
  asks: ['engine', 'tasks'],
  by: 'unit',
  isTrue(step, facts) {
    if (unreadNotes(facts) !== undefined) return notRead
    const note = noteOf(step, facts)
    const passed = note?.digest === step.digest && note.outcome === 'passed'
    return { holds: passed, reason: passed ? 'probe-passed' : 'probe-due' }
  },
  isOfRun: (step, facts, runId) => noteOf(step, facts)?.run === runId,
  unread: unreadNotes,
  commands: taskCommands,
  undo: () => [],
}

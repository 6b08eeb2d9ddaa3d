// What the appliance notes of how tasks ended, as steps read it.
import type { TaskResult, TaskStep } from '../domain/task-step.ts'
import type { Asked } from './asked.ts'

/** Of a job: as it is now. Of a probe: against that version of its service. */
export function noteOf(step: TaskStep, { tasks }: Pick<Asked, 'tasks'>): TaskResult | undefined {
  if (tasks?.state !== 'known') return undefined
  const { kind, spec } = step
  const own = tasks.value.filter((one) => one.role === kind && one.of === spec.of && one.task === spec.task)
  return own.find((one) => (kind === 'job' ? one.digest === step.digest : one.against === step.against))
}

/** Undefined where they could be read, or there were none yet. */
export function unreadNotes({ tasks }: Pick<Asked, 'tasks'>): string | undefined {
  return tasks?.state === 'unreadable' ? tasks.why : undefined
}

// The words that a container of a plan is made with, as an engine of that version gets them.
import { createCommand } from '../../shared/apply/container-run.ts'
import type { StepSpecOf } from '../../shared/domain/plan.ts'
import { bareFacts } from './plan-cases.ts'

export function makingOf(step: StepSpecOf<'container'>): readonly string[] {
  const as = { runId: 'run-1', facts: bareFacts(), restartPolicy: 'always', name: 'x' }
  return createCommand(step, 'sha256:0', as).words.map(String)
}

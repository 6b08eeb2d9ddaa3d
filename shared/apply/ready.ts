// Step kind: a deployment takes requests. Nothing is changed; the run waits until the process is up
// and its ready endpoint answers, and fails with the end of its log when it does not in time.
import { deployedContainer } from './container.ts'
import type { StepKind } from './step-kind.ts'

export const readyStep: StepKind<'ready'> = {
  kind: 'ready',
  asks: ['engine'],
  by: 'wait',
  isTrue(spec, facts) {
    const found = deployedContainer(spec.deployment, facts)
    const answers = found?.state === 'running' && (found.health === 'healthy' || found.health === 'none')
    return { holds: answers, reason: answers ? 'answers-already' : 'not-ready-yet' }
  },
  awaits: (spec) => spec,
}

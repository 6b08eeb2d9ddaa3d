// What a failed remote command means, from what it printed. A full disk has its own failure, because
// the person who reads it must free space, not look at the step.
import { evidence, type Failure } from '../../shared/domain/failure.ts'

export function failureFromOutput(step: string, path: string, output: string): Failure {
  // The cause stands at the end of what a program prints.
  const detail = evidence(output.slice(-600))
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return { kind: 'disk-full', path, detail }
  }
  return { kind: 'step-failed', step, detail }
}

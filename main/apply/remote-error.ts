// What a failed remote command means, from what it printed. A full disk has its own failure, because
// the person who reads it must free space, not look at the step.
import { linkRefusedText } from '../../shared/apply/model-folder.ts'
import { busyText } from '../../shared/apply/package-texts.ts'
import { tooLittleRoomText } from '../../shared/apply/volume-backup.ts'
import { evidence, type Failure } from '../../shared/domain/failure.ts'
import { taskFailed } from './task-ended.ts'

export function failureFromOutput(step: string, path: string, output: string): Failure {
  // The cause stands at the end of what a program prints.
  const detail = evidence(output.slice(-600))
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return { kind: 'disk-full', path, detail }
  }
  return (
    taskFailed(output) ??
    linkRefused(output) ??
    tooLittleRoom(output) ??
    packageManagerBusy(output) ?? { kind: 'step-failed', step, detail }
  )
}

/** By the system's own words (EXDEV, EPERM, EACCES, EOPNOTSUPP, EMLINK): ln says them, and no number. */
function linkRefused(output: string): Failure | undefined {
  const [, path = '', detail] =
    new RegExp(`${linkRefusedText}; path ([^;\\n]{1,400}); said ([^\\n]*)`).exec(output) ?? []
  if (detail === undefined) return undefined
  const problem = refusals.find(({ said }) => said.test(detail))?.problem ?? 'other'
  return { kind: 'links-refused', path: evidence(path, 300), problem, detail: evidence(detail, 300) }
}

const refusals = [
  { said: /cross-device/i, problem: 'other-filesystem' },
  { said: /too many links/i, problem: 'too-many' },
  { said: /not permitted|permission denied|not supported/i, problem: 'not-permitted' },
] as const

function tooLittleRoom(output: string): Failure | undefined {
  const said = new RegExp(`${tooLittleRoomText}; path ([^;\\n]{1,200}); needs ([0-9]{1,15}); free ([0-9]{1,15})`).exec(
    output,
  )
  if (said === null) return undefined
  const [, path = '', needs, free] = said
  return { kind: 'disk-too-small', path: evidence(path, 200), needBytes: Number(needs), freeBytes: Number(free) }
}

function packageManagerBusy(output: string): Failure | undefined {
  const [, seconds, holder = ''] = new RegExp(`${busyText}; seconds ([0-9]{1,5}); holder ([^\\n]*)`).exec(output) ?? []
  if (seconds === undefined) return undefined
  return { kind: 'package-manager-busy', seconds: Number(seconds), holder: evidence(holder, 100) }
}

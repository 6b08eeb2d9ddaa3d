// What stands in the way of any installation and can be seen before a plan is made, from the facts alone. The
// plan asks the same questions again and has the last word.
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'

export function visibleBlockers(facts: Facts, user: string): Failure[] {
  // What was not read there is not missing there.
  if (facts.partial !== undefined) return [{ kind: 'linux-needed', platform: facts.partial.platform }]
  const blockers: Failure[] = []
  if (facts.privilege === 'login') blockers.push({ kind: 'sudo-refused', user, reason: 'other', detail: '' })
  if (facts.engine.state === 'absent') {
    const podman = valueOr(facts.podman, undefined)
    blockers.push({ kind: 'engine-missing', ...(podman === undefined ? {} : { podman }) })
  }
  if (facts.engine.state === 'unreadable') blockers.push({ kind: 'engine-unreadable', detail: facts.engine.why })
  return blockers
}

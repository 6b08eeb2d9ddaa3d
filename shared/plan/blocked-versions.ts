// What a plan would install although its publisher has taken it back.
import type { BlockedVersion } from '../domain/blocked-version.ts'
import type { Failure } from '../domain/failure.ts'
import type { PlanStep } from '../domain/plan.ts'
import { isInRange } from './choose/versions.ts'

/** With the names of who blocked it. */
export type Blocked = { readonly publisher: string; readonly blocked: BlockedVersion }

export type Named = { readonly entry: string; readonly version: string; readonly images?: readonly string[] }

export function isBlocked({ entry, version, images = [] }: Named, { blocked }: Blocked): boolean {
  if (blocked.entry !== entry) return false
  return (
    blocked.versions?.includes(version) === true ||
    (blocked.range !== undefined && isInRange(version, blocked.range)) ||
    images.some((digest) => blocked.images?.includes(digest) === true)
  )
}

/** `entries`: what is set up besides containers, such as models and the solution itself. What runs unchanged stays. */
export function blockedProblems(
  { steps, entries }: { readonly steps: readonly PlanStep[]; readonly entries: readonly Named[] },
  all: readonly Blocked[],
): Failure[] {
  const containers = steps.flatMap(({ change, spec }): Named[] => {
    if (!change || spec.kind !== 'container') return []
    const { entry, entryVersion: version, image } = spec.spec
    return [{ entry, version, images: [image.configDigest, image.manifestDigest] }]
  })
  const installed = containers.length === 0 ? [] : [...containers, ...entries]
  return all.flatMap((one): Failure[] => {
    const found = installed.find((named) => isBlocked(named, one))
    if (found === undefined) return []
    const { reason, since } = one.blocked
    return [
      { kind: 'version-blocked', entry: found.entry, version: found.version, publisher: one.publisher, since, reason },
    ]
  })
}

// What a plan would install although its publisher has taken it back.
import type { BlockedVersion } from '../domain/blocked-version.ts'
import type { Failure } from '../domain/failure.ts'
import type { PlanStep, StepSpec } from '../domain/plan.ts'
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

type SetUpNow = {
  readonly steps: readonly PlanStep[]
  /** What is set up besides containers, such as models and the solution itself. */
  readonly entries: readonly Named[]
  /** Host packages of the catalog, with the versions of their entries. */
  readonly packages?: readonly Named[]
}

/** What runs unchanged stays. */
export function blockedProblems({ steps, entries, packages = [] }: SetUpNow, all: readonly Blocked[]): Failure[] {
  const changed = steps.flatMap(({ change, spec }) => (change ? namedBy(spec, packages) : []))
  const installed = changed.length === 0 ? [] : [...changed, ...entries]
  return all.flatMap((one): Failure[] => {
    const found = installed.find((named) => isBlocked(named, one))
    if (found === undefined) return []
    const { reason, since } = one.blocked
    return [
      { kind: 'version-blocked', entry: found.entry, version: found.version, publisher: one.publisher, since, reason },
    ]
  })
}

function namedBy(spec: StepSpec, packages: readonly Named[]): Named[] {
  if (spec.kind === 'host-package') return packages.filter(({ entry }) => entry === spec.package)
  if (spec.kind !== 'container' && spec.kind !== 'job' && spec.kind !== 'probe') return []
  const { entry, entryVersion: version, image } = spec.spec
  return [{ entry, version, images: [image.configDigest, image.manifestDigest] }]
}

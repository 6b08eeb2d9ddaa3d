// Which packages of the catalog a bare machine gets: where no engine is there, or where one that Rackside began to
// install broke off, the first package that brings one and is made for this system.
import { packageLookOf } from '../apply/package-look.ts'
import type { Asked } from '../apply/step-kind.ts'
import type { Artifact } from '../domain/artifact.ts'
import type { HostPackageEntry } from '../domain/entry.ts'
import type { Facts } from '../domain/facts.ts'
import { type FailureOf, fail, ok, type Result } from '../domain/failure.ts'
import type { StepSpec, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { type Catalog, findArtifact } from './catalog.ts'

export type PlanFacts = Facts & Pick<Asked, 'host'>
export type HostSteps = readonly [id: string, spec: StepSpec][]

/** Until somebody else's update has ended: they take minutes, not hours. */
const lockWaitSeconds = 600

type Unfit = NonNullable<FailureOf<'engine-missing'>['packages']>[number]

/** Steps that bring the engine; none where it is there. Fails where it is missing and nothing here brings it. */
export function engineSteps(facts: PlanFacts, catalog: Catalog): Result<HostSteps> {
  if (facts.partial !== undefined || facts.engine.state === 'known') return ok([])
  const unfit: Unfit[] = []
  for (const one of catalog.entries) {
    if (one.kind !== 'host-package' || !one.provides.includes('container-engine@1')) continue
    const against = matchAgainst(one, facts) ?? artifactAgainst(one, catalog)
    const steps = against === undefined ? stepsOf(one, catalog) : []
    const installed = against ?? installedAgainst(one, steps, facts)
    if (installed === undefined) return ok(steps)
    unfit.push(installed)
  }
  // Of an engine that is there and silent its own words are worth more.
  if (facts.engine.state === 'unreadable') return ok([])
  const podman = valueOr(facts.podman, undefined)
  return fail({
    kind: 'engine-missing',
    ...(podman === undefined ? {} : { podman }),
    ...(unfit.length === 0 ? {} : { packages: unfit }),
  })
}

function matchAgainst({ id, match }: HostPackageEntry, facts: Facts): Unfit | undefined {
  const architecture = valueOr(facts.architecture, '?')
  if (architecture !== match.architecture) {
    return { package: id, against: 'architecture', needs: match.architecture, has: architecture }
  }
  const os = valueOr(facts.os, { id: '?', versionId: '' })
  if (match.systems.some((one) => one.id === os.id && (one.versions?.includes(os.versionId) ?? true))) return undefined
  const needs = match.systems.map((one) => [one.id, ...(one.versions ?? [])].join(' ')).join(', ')
  return { package: id, against: 'system', needs, has: `${os.id} ${os.versionId}`.trim() }
}

function artifactAgainst({ id, packages }: HostPackageEntry, catalog: Catalog): Unfit | undefined {
  const missing = packages.find((one) => findArtifact(catalog, one.artifact)?.kind !== 'file')
  return missing === undefined ? undefined : { package: id, against: 'artifact', needs: missing.artifact, has: '' }
}

/**
 * What is installed as it should be brings nothing more. Beside an engine that is there and silent, packages are only
 * touched where they are ours half-way: what was installed from elsewhere is not mixed with them.
 */
function installedAgainst({ id }: HostPackageEntry, steps: HostSteps, facts: PlanFacts): Unfit | undefined {
  const spec = steps.map(([, step]) => step).find((step) => step.kind === 'host-package')
  // Where nobody has looked yet, the plan is made again with the answers.
  if (spec === undefined || facts.host === undefined) return undefined
  const look = packageLookOf(spec, facts)
  if (look.state !== 'known') return undefined
  const { parts, interrupted } = look.value
  const isWhole = !interrupted && parts.every((part) => part.is === 'installed')
  const isForeign = facts.engine.state === 'unreadable' && parts.every((part) => part.is === 'none')
  if (!isWhole && !isForeign) return undefined
  return { package: id, against: 'installed', needs: '', has: spec.parts.map((part) => part.version).join(', ') }
}

function stepsOf(one: HostPackageEntry, catalog: Catalog): HostSteps {
  const artifacts = one.packages.map(({ artifact }) => findArtifact(catalog, artifact) as Artifact)
  const { id, manager, arguments: words, removeArguments, versionFile, hold, rebootNeeded } = one
  const spec: StepSpecOf<'host-package'> = {
    kind: 'host-package',
    package: id,
    ...{ manager, arguments: words, removeArguments, hold, rebootNeeded, lockWaitSeconds },
    ...(versionFile === undefined ? {} : { versionFile }),
    parts: one.packages.map(({ name, version, fileName }, at) => ({
      ...{ name, version, fileName },
      artifactSha256: artifacts[at]?.sha256 ?? '',
    })),
  }
  const steps: [string, StepSpec][] = artifacts.map((artifact) => [
    `artifact.${artifact.id}`,
    { kind: 'artifact', artifact },
  ])
  steps.push([`host-package.${id}`, spec])
  if (rebootNeeded) steps.push([`reboot.${id}`, { kind: 'reboot', package: id }])
  for (const name of one.services) {
    steps.push([`systemd-unit.${stepName(name)}`, { kind: 'systemd-unit', name, enabled: true, started: true }])
  }
  return steps
}

function stepName(unit: string): string {
  return unit.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
}

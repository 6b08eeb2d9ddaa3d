// Which packages of the catalog a machine gets: where no engine is there, or where one that Rackside began to install
// broke off, the first package that brings one and is made for this system; and what containers need for accelerators.
import { kindOf } from '../apply/all-kinds.ts'
import type { Asked } from '../apply/asked.ts'
import { packageLookOf } from '../apply/package-look.ts'
import type { Vendor } from '../domain/accelerator.ts'
import type { HostPackageEntry } from '../domain/entry/host-package-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { type FailureOf, fail, ok, type Result } from '../domain/failure.ts'
import type { StepSpec, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { type Catalog, findArtifact } from './catalog.ts'
import { otherSystem } from './choose/match-hardware.ts'

export type PlanFacts = Facts & Pick<Asked, 'host' | 'kept'>
export type HostSteps = readonly [id: string, spec: StepSpec][]

/** Until somebody else's update has ended: they take minutes, not hours. */
const lockWaitSeconds = 600

type Unfit = NonNullable<FailureOf<'engine-missing'>['packages']>[number]

/** Steps that bring the engine; none where it is there. Fails where it is missing and nothing here brings it. */
export function engineSteps(facts: PlanFacts, catalog: Catalog): Result<HostSteps> {
  if (facts.partial !== undefined || facts.engine.state === 'known') return ok([])
  const unfit: Unfit[] = []
  for (const one of packagesFor('container-engine@1', catalog)) {
    const against = matchAgainst(one, facts) ?? artifactAgainst(one, catalog) ?? installedAgainst(one, facts, catalog)
    if (against === undefined) return ok(stepsOf(one, facts, catalog))
    unfit.push(against)
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

/**
 * Steps that bring what containers need for these makers' accelerators, before the engine and behind it: an engine
 * looks for it when it starts. A toolkit that somebody else installed is theirs, in whatever version.
 */
export function toolkitSteps(
  vendors: readonly Vendor[],
  facts: PlanFacts,
  catalog: Catalog,
): { readonly before: HostSteps; readonly after: HostSteps } {
  const steps: { before: [string, StepSpec][]; after: [string, StepSpec][] } = { before: [], after: [] }
  for (const one of packagesFor('container-toolkit@1', catalog)) {
    const isFor = one.match.vendor !== undefined && vendors.includes(one.match.vendor)
    if (!isFor || matchAgainst(one, facts) !== undefined || artifactAgainst(one, catalog) !== undefined) continue
    const look = packageLookOf(specOf(one, catalog), facts)
    const isTheirs = look.state === 'known' && !look.value.ours && look.value.parts.some((part) => part.is !== 'none')
    if (isTheirs) continue
    steps.before.push(...stepsOf(one, facts, catalog))
    if (one.registers === undefined) continue
    const registered: StepSpec = { kind: 'runtime-registration', ...one.registers, activation: 'restart' }
    steps.after.push([`runtime-registration.${one.registers.runtime}`, registered])
  }
  return steps
}

function packagesFor(what: HostPackageEntry['provides'][number], { entries }: Catalog): HostPackageEntry[] {
  return entries.filter((one): one is HostPackageEntry => one.kind === 'host-package' && one.provides.includes(what))
}

function matchAgainst({ id, match }: HostPackageEntry, facts: Facts): Unfit | undefined {
  const architecture = valueOr(facts.architecture, '?')
  if (architecture !== match.architecture) {
    return { package: id, against: 'architecture', needs: match.architecture, has: architecture }
  }
  const other = otherSystem(match.systems, facts)
  return other === undefined ? undefined : { package: id, against: 'system', ...other }
}

function artifactAgainst({ id, packages }: HostPackageEntry, catalog: Catalog): Unfit | undefined {
  const missing = packages.find((one) => findArtifact(catalog, one.artifact)?.kind !== 'file')
  return missing === undefined ? undefined : { package: id, against: 'artifact', needs: missing.artifact, has: '' }
}

/**
 * What is installed as it should be brings nothing more. Beside an engine that is there and silent, packages are only
 * touched where they are ours or half-way: what was installed from elsewhere is not mixed with them.
 */
function installedAgainst(one: HostPackageEntry, facts: PlanFacts, catalog: Catalog): Unfit | undefined {
  const look = packageLookOf(specOf(one, catalog), facts)
  // Where nobody has looked yet, the plan is made again with the answers.
  if (look.state !== 'known') return undefined
  const { parts, interrupted, ours } = look.value
  const isSilent = facts.engine.state === 'unreadable'
  const isWhole = !interrupted && parts.every((part) => part.is === 'installed') && !(isSilent && ours)
  const isForeign = isSilent && parts.every((part) => part.is === 'none')
  if (!isWhole && !isForeign) return undefined
  return { package: one.id, against: 'installed', needs: '', has: one.packages.map((p) => p.version).join(', ') }
}

function specOf(one: HostPackageEntry, catalog: Catalog): StepSpecOf<'host-package'> {
  const { id, manager, arguments: words, removeArguments, versionFile, hold, rebootNeeded } = one
  return {
    kind: 'host-package',
    package: id,
    ...{ manager, arguments: words, removeArguments, hold, rebootNeeded, lockWaitSeconds },
    ...(versionFile === undefined ? {} : { versionFile }),
    parts: one.packages.map(({ name, version, fileName, artifact }) => ({
      ...{ name, version, fileName },
      artifactSha256: findArtifact(catalog, artifact)?.sha256 ?? '',
    })),
  }
}

/** Its files are only sent where it is still to be installed. */
function stepsOf(one: HostPackageEntry, facts: PlanFacts, catalog: Catalog): HostSteps {
  const spec = specOf(one, catalog)
  const steps: [string, StepSpec][] = []
  for (const { artifact } of kindOf(spec).isTrue(spec, facts).holds ? [] : one.packages) {
    const found = findArtifact(catalog, artifact)
    if (found !== undefined) steps.push([`artifact.${artifact}`, { kind: 'artifact', artifact: found }])
  }
  steps.push([`host-package.${one.id}`, spec])
  if (one.rebootNeeded) steps.push([`reboot.${one.id}`, { kind: 'reboot', package: one.id }])
  for (const name of one.services) {
    steps.push([`systemd-unit.${stepName(name)}`, { kind: 'systemd-unit', name, enabled: true, started: true }])
  }
  return steps
}

function stepName(unit: string): string {
  return unit.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
}

// The difference between what was installed and what is. Installed is what the newest kept version of a deployment
// says, and how the server was when the stack was last proven; what cannot be read now is no difference.
import { deployedContainer } from '../apply/container.ts'
import { changedSettings, madeSettings } from '../apply/container-run.ts'
import { artifactPath } from '../domain/artifact.ts'
import type { Drift, DriftKind } from '../domain/drift.ts'
import { type Container, type ContainerSettings, type Facts, isUp } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import type { Baseline, Kept, KeptVersion } from '../domain/kept.ts'
import { absent, known, type Reading } from '../domain/reading.ts'
import { remoteArtifacts, remoteServices, specLabel } from '../domain/remote-layout.ts'
import { modelFolderAt } from '../domain/weights-folder.ts'
import { installedModel } from './use-installed.ts'

export function driftOf(facts: Facts, kept: Kept): Drift[] {
  const installed = newestVersions(kept).filter(({ step }) => isMeantToRun(step.spec.deployment, facts))
  const stack = installed.flatMap((version) => [
    ...containerDrift(version, facts),
    ...artifactDrift(version, facts),
    ...folderDrift(version, facts),
    ...probeDrift(version, facts),
    ...settingsDrift(version, facts),
    ...usedModelDrift(version, facts),
  ])
  return [...stack, ...(kept.baseline === undefined ? [] : serverDrift(kept.baseline, baselineOf(facts, kept)))]
}

/** How the server is now, to compare with later. */
export function baselineOf(facts: Facts, kept: Pick<Kept, 'engineSettings'>): Baseline {
  const { os, kernel, engine, accelerators } = facts
  return {
    os: os.state === 'known' ? known(os.value.prettyName) : os,
    kernel,
    engine: engine.state === 'known' ? known(`${engine.value.version} ${engine.value.imageStore}`) : engine,
    engineSettings: kept.engineSettings,
    drivers: Object.fromEntries(accelerators.map(({ vendor, driverVersion }) => [vendor, driverVersion])),
  }
}

function newestVersions({ versions }: Kept): KeptVersion[] {
  const newest = new Map<string, KeptVersion>()
  for (const one of versions) if (!newest.has(one.step.spec.deployment)) newest.set(one.step.spec.deployment, one)
  return [...newest.values()]
}

function isMeantToRun(deployment: string, { deployments }: Facts): boolean {
  return deployments.state === 'known' && deployments.value.some((one) => one.deployment === deployment)
}

function containerDrift({ step }: KeptVersion, facts: Facts): Drift[] {
  if (facts.containers.state !== 'known') return []
  const { deployment, image } = step.spec
  const found = deployedContainer(deployment, facts)
  if (found === undefined) return [{ deployment, what: 'container-missing', was: step.spec.entryVersion, now: '' }]
  const sameImage = found.imageId === image.configDigest || found.imageId === image.manifestDigest
  const spec = found.labels[specLabel] ?? ''
  return [
    ...(isUp(found) ? [] : [{ deployment, what: 'container-stopped' as const, was: 'running', now: found.state }]),
    ...(sameImage ? [] : [{ deployment, what: 'image' as const, was: image.configDigest, now: found.imageId }]),
    ...(spec === step.specDigest ? [] : [{ deployment, what: 'spec' as const, was: step.specDigest, now: spec }]),
    ...changedSettings(found, step).map((name) => settingDrift(name, found, step)),
  ]
}

const kinds: { readonly [N in keyof Required<ContainerSettings>]: DriftKind } = {
  restartPolicy: 'restart-policy',
  memoryLimitBytes: 'memory-limit',
  cpuLimitNano: 'cpu-limit',
  cpuSet: 'cpu-set',
  command: 'command',
  shmBytes: 'shared-memory',
}

function settingDrift(name: keyof ContainerSettings, { settings }: Container, { spec }: KeptVersion['step']): Drift {
  const made: ContainerSettings = { ...madeSettings, command: spec.arguments, shmBytes: spec.shmBytes }
  const shown = (of: ContainerSettings | undefined) => evidence([of?.[name] ?? ''].flat().join(' '), 250)
  return { deployment: spec.deployment, what: kinds[name], was: shown(made), now: shown(settings) }
}

function artifactDrift({ step }: KeptVersion, { artifacts }: Facts): Drift[] {
  if (artifacts.state !== 'known') return []
  const names = artifacts.value.map(({ sha256 }) => artifactPath(sha256))
  const { deployment, mounts } = step.spec
  const missing = mounts.filter(({ source }) => source.startsWith(remoteArtifacts) && !names.includes(source))
  return missing.map(({ source }) => ({ deployment, what: 'artifact-missing', was: source, now: '' }))
}

/** Of a folder of weights: it is gone, or a file in it is not the one that was sent. */
function folderDrift({ step }: KeptVersion, { modelFolders }: Facts): Drift[] {
  if (modelFolders?.state !== 'known') return []
  const { deployment, mounts } = step.spec
  return mounts.flatMap(({ source }) => {
    const sha256 = modelFolderAt(source)
    const found = modelFolders.value.find((one) => one.sha256 === sha256)
    if (sha256 === undefined || found?.isWhole === true) return []
    return [{ deployment, what: 'weights-differ' as const, was: source, now: found?.differs ?? '' }]
  })
}

/** It passed when it was set up. */
function probeDrift({ step }: KeptVersion, { tasks }: Facts): Drift[] {
  if (tasks?.state !== 'known') return []
  const { deployment } = step.spec
  const failed = tasks.value.filter(
    ({ role, of, against, outcome }) =>
      role === 'probe' && of === deployment && against === step.specDigest && outcome !== 'passed',
  )
  return failed.map(({ task, outcome, exitCode, at }) => ({
    ...{ deployment, what: 'probe-failed' as const, of: task, was: 'passed' },
    now: evidence(`${outcome === 'exit' ? `exit ${exitCode}` : outcome}, ${at}`, 250),
  }))
}

/** What it was given besides its image and data: folders of files, its environment, its certificate. */
function settingsDrift({ step }: KeptVersion, { serviceFiles }: Facts): Drift[] {
  if (serviceFiles?.state !== 'known') return []
  const { deployment, mounts, environmentFile } = step.spec
  const given = mounts.map(({ source }) => source).filter((source) => source.startsWith(`${remoteServices}/`))
  return [...given, ...(environmentFile === undefined ? [] : [environmentFile])]
    .filter((path) => !serviceFiles.value.includes(path))
    .map((path) => ({ deployment, what: 'settings-missing', was: evidence(path, 250), now: '' }))
}

/** Another solution's: gone, stopped, in another network or under another name, and what uses it does not reach it. */
function usedModelDrift({ step }: KeptVersion, facts: Facts): Drift[] {
  const { deployment, uses } = step.spec
  if (uses === undefined || facts.containers.state !== 'known') return []
  const now = installedModel(uses.deployment, facts)
  if (now?.network === uses.network && now.modelName === uses.modelName) return []
  const named = (modelName: string) => evidence(`${uses.deployment} (${modelName})`, 250)
  const shown = now?.network === uses.network ? named(now.modelName) : ''
  return [{ deployment, what: 'used-model', of: uses.deployment, was: named(uses.modelName), now: shown }]
}

function serverDrift(then: Baseline, now: Baseline): Drift[] {
  const differs = (what: DriftKind, before: Reading<string>, after: Reading<string>, of?: string): Drift[] => {
    if (before.state === 'unreadable' || after.state === 'unreadable') return []
    const [was, is] = [before, after].map((one) => (one.state === 'known' ? one.value : '')) as [string, string]
    return was === is ? [] : [{ what, was, now: is, ...(of === undefined ? {} : { of }) }]
  }
  const vendors = [...new Set([...Object.keys(then.drivers), ...Object.keys(now.drivers)])].sort()
  return [
    ...differs('os', then.os, now.os),
    ...differs('kernel', then.kernel, now.kernel),
    ...differs('engine', then.engine, now.engine),
    ...differs('engine-settings', then.engineSettings, now.engineSettings),
    ...vendors.flatMap((one) => differs('driver', then.drivers[one] ?? absent, now.drivers[one] ?? absent, one)),
  ]
}

// Back to a version that the appliance has kept: the same container step that once put it in service, from its own
// record, so that no bundle is needed. It is watched and undone like any replacement.

import { loadedImageId } from '../apply/image.ts'
import type { Address } from '../domain/appliance.ts'
import { artifactPath } from '../domain/artifact.ts'
import { isAsked } from '../domain/deployment.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import type { KeptVersion } from '../domain/kept.ts'
import type { KnownPublisher } from '../domain/origin.ts'
import type { ContainerSpec, Plan, StepSpec } from '../domain/plan.ts'
import { remoteServices } from '../domain/remote-layout.ts'
import type { TakenBack } from '../domain/taken-back.ts'
import { modelFolderAt, modelFolderPath } from '../domain/weights-folder.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { type Blocked, blockedProblems, type Named } from './blocked-versions.ts'
import { machineBlockers, portBlockers, stepBlockers } from './blockers.ts'
import { volumeSteps } from './container-spec.ts'
import { wantedIn } from './fingerprint.ts'
import { withHeldParts } from './held-parts.ts'
import type { PlanFacts } from './host-packages.ts'
import { networkStepOf } from './parts.ts'
import { planStepOf } from './plan-step.ts'
import { privilegesBack } from './privileges.ts'
import { openingsBack } from './publish.ts'
import { replacementsIn } from './replacements.ts'
import { staysIn } from './taken-back.ts'
import { installedModel } from './use-installed.ts'
import { usersConcerned } from './used-by-others.ts'
import { takeoverBlockers, takeoversIn } from './whose.ts'

/** A version and those of its parts that it was in service with, as far as they are kept. */
export type WithParts = KeptVersion & { readonly parts?: readonly KeptVersion[] }

export type RollBackWish = {
  readonly address: Address
  readonly soakSeconds: number
  /** What the publisher of that version has taken back. */
  readonly blocked?: readonly Blocked[]
  /** Who vouched for that version. */
  readonly publisher?: KnownPublisher | undefined
  /** Whose deployments that one may take over, by id. */
  readonly takeFrom?: readonly string[] | undefined
  /** What runs and was taken back. */
  readonly takenBack?: readonly TakenBack[]
}

/** Its data stay as they are: what was saved when it was replaced is not put back. */
export function makeRollBack(
  facts: PlanFacts,
  version: WithParts,
  { blocked = [], publisher: by, takeFrom = [], takenBack = [], ...wish }: RollBackWish,
  tools: PlanTools,
): Plan {
  const { parts = [] } = version
  const all = [...parts, version].map(({ step }) => ({ ...step, soakSeconds: wish.soakSeconds }))
  const { deployment, entryVersion } = version.step.spec
  const drafts = [...all.flatMap(({ spec }) => networkSteps(spec)), ...all.flatMap((step) => versionSteps(step))]
  const steps = withHeldParts(withoutTwins(drafts).map(([id, spec]) => planStepOf(id, spec, facts)))
  const takeovers = takeoversIn(steps, facts, by)
  const blockers = [
    ...machineBlockers(facts, wish.address.user, engineNeeded(facts)),
    ...[version, ...parts].flatMap((one) => missingParts(facts, one)),
    ...lostParts(version),
    ...all.flatMap(({ spec }) => lostModel(spec, facts)),
    ...portBlockers(steps, facts),
    ...stepBlockers(steps, facts),
    ...takeoverBlockers(takeovers, { by, agreed: takeFrom }),
    ...blockedProblems({ steps, entries: otherEntries(version) }, blocked),
  ]
  const agreed = takeFrom.length === 0 ? {} : { takeFrom: [...takeFrom] }
  const purpose = { act: 'roll-back', deployment, version: entryVersion, ...agreed } as const
  const openings = openingsBack(version.step, facts)
  const privileges = privilegesBack(version.step, facts)
  const said = { choices: [], fits: [], steps, blockers, openings, privileges, users: usersConcerned(steps, facts) }
  const whose = { takeovers, takenBack: staysIn(steps, takenBack), replacements: replacementsIn(steps, facts) }
  const { address, soakSeconds } = wish
  return assemblePlan({ purpose, address, soakSeconds, ...said, ...whose }, facts, wantedIn(steps), tools)
}

/** What of the kept versions a version needs. */
export function withItsParts(version: KeptVersion, kept: readonly KeptVersion[]): WithParts {
  const { parts = [] } = version.step.spec
  return { ...version, parts: parts.flatMap((part) => kept.find((one) => isVersionOf(one, part)) ?? []) }
}

type PartVersion = NonNullable<ContainerSpec['parts']>[number]

function isVersionOf({ step }: KeptVersion, { deployment, specDigest }: PartVersion): boolean {
  return step.spec.deployment === deployment && step.specDigest === specDigest
}

/** What it is of besides its containers. */
function otherEntries({ step: { origin } }: KeptVersion): Named[] {
  if (origin === undefined) return []
  return [origin.solution, ...(origin.model === undefined ? [] : [origin.model])]
}

type Draft = [id: string, spec: StepSpec]

function networkSteps({ network, joins }: ContainerSpec): Draft[] {
  return [network, ...(joins === undefined ? [] : [joins])].map(networkStepOf)
}

function versionSteps(step: KeptVersion['step']): Draft[] {
  const { deployment, hostPort } = step.spec
  const asked = isAsked(step.proof) ? { hostPort, readyPath: step.proof.readyPath } : {}
  return [
    ...volumeSteps(step.spec),
    [`container.${deployment}`, step],
    [`ready.${deployment}`, { kind: 'ready', deployment, ...asked, timeoutSeconds: step.startTimeoutSeconds }],
  ]
}

/** A network that several are in is made once. */
function withoutTwins(drafts: readonly Draft[]): Draft[] {
  return drafts.filter(([id], at) => drafts.findIndex((one) => one[0] === id) === at)
}

/** Newer versions have pushed out what it was put in service with. */
function lostParts({ step, parts = [] }: WithParts): Failure[] {
  const { deployment, entryVersion, parts: wanted = [] } = step.spec
  return wanted
    .filter((part) => !parts.some((one) => isVersionOf(one, part)))
    .map((part) => ({ kind: 'version-incomplete', deployment, version: entryVersion, part: part.deployment }))
}

/** The model of another solution that it asked: what comes back looks for it where it was, under the name that it had. */
function lostModel({ deployment, entryVersion: version, uses }: ContainerSpec, facts: PlanFacts): Failure[] {
  if (uses === undefined) return []
  const now = installedModel(uses.deployment, facts)
  if (now?.network === uses.network && now.modelName === uses.modelName) return []
  return [{ kind: 'version-incomplete', deployment, version, part: `${uses.deployment} (${uses.modelName})` }]
}

function engineNeeded({ engine }: PlanFacts): Result<[]> {
  return engine.state === 'absent' ? fail({ kind: 'engine-missing' }) : ok([])
}

/** The bytes it was made of are not kept by name: somebody may have taken them away. */
function missingParts(facts: PlanFacts, { step }: KeptVersion): Failure[] {
  const { deployment, entryVersion, image, mounts, environmentFile } = step.spec
  const missing = (part: string): Failure => ({ kind: 'version-incomplete', deployment, version: entryVersion, part })
  const { artifacts, images, modelFolders, serviceFiles } = facts
  // What held a key that was retired is gone with it.
  const isGiven = (source: string) => serviceFiles?.state !== 'known' || serviceFiles.value.includes(source)
  const lies = (source: string) =>
    modelFolderAt(source) === undefined
      ? artifacts.state === 'known' && artifacts.value.some((one) => source === artifactPath(one.sha256))
      : modelFolders?.state === 'known' &&
        modelFolders.value.some((one) => one.isWhole && source === modelFolderPath(one.sha256))
  const isThere = (source: string) =>
    source.startsWith(`${remoteServices}/`) ? isGiven(source) : artifacts.state !== 'known' || lies(source)
  return [
    ...(images.state === 'known' && loadedImageId(image, facts) === undefined ? [missing(image.configDigest)] : []),
    ...mounts.filter(({ source }) => !isThere(source)).map(({ source }) => missing(source)),
    ...(environmentFile === undefined || isGiven(environmentFile) ? [] : [missing(environmentFile)]),
  ]
}

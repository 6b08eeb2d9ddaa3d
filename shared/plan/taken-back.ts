// Which of the versions that run were taken back by the publisher who vouched for them. Nobody takes back what is somebody
// else's: what has no publisher's mark is nobody's to take back.
import { deployedContainer } from '../apply/container.ts'
import { containerName } from '../apply/container-run.ts'
import type { BlockedVersion } from '../domain/blocked-version.ts'
import { type DeploymentRecord, deploymentProof } from '../domain/deployment.ts'
import type { Container, Facts } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { modelIn } from '../domain/installed-origin.ts'
import { jsonIn } from '../domain/json-text.ts'
import { isSamePublisher, type KnownPublisher, type PublisherMark } from '../domain/origin.ts'
import { type PlanStep, replacesService, type StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, entryLabel, proofLabel, versionLabel } from '../domain/remote-layout.ts'
import type { TakenBack } from '../domain/taken-back.ts'
import { type Blocked, isBlocked, type Named } from './blocked-versions.ts'
import { compareVersions } from './choose/versions.ts'
import { publisherOf } from './whose.ts'

export type BlockingPublisher = KnownPublisher & { readonly blocked?: readonly BlockedVersion[] | undefined }

/** What the publisher of that mark has taken back, as far as this console knows it. */
export function blockedBy(mark: PublisherMark | undefined, publishers: readonly BlockingPublisher[]): Blocked[] {
  if (mark === undefined) return []
  return publishers
    .filter((one) => isSamePublisher(mark, one))
    .flatMap(({ name, blocked = [] }) => blocked.map((one) => ({ publisher: name, blocked: one })))
}

/** In the order of their deployments; of one that is blocked for several reasons, each. */
export function takenBackIn(facts: Facts, publishers: readonly BlockingPublisher[]): TakenBack[] {
  const records = valueOr(facts.deployments, [])
  const found = valueOr(facts.containers, []).flatMap((container) => {
    const deployment = container.labels[deploymentLabel] ?? ''
    // Not what a replacement left aside.
    if (deployment === '' || container.name !== containerName(deployment)) return []
    const named = namedIn(container, records)
    return blockedBy(publisherOf(container), publishers).flatMap((one) =>
      named.filter((each) => isBlocked(each, one)).map((each) => takenBackOf(deployment, each, one)),
    )
  })
  return withoutParts(found, facts).sort((a, b) => (a.deployment < b.deployment ? -1 : 1))
}

/** What is said of a service is not said of each of its parts again. */
function withoutParts(found: readonly TakenBack[], facts: Facts): TakenBack[] {
  const about = ({ deployment: _, ...what }: TakenBack) => JSON.stringify(what)
  return found.filter((one) => {
    const container = deployedContainer(one.deployment, facts)
    const proof = deploymentProof.safeParse(jsonIn(container?.labels[proofLabel] ?? '')).data
    if (proof?.serves !== 'part') return true
    return !found.some((other) => other.deployment === proof.of && about(other) === about(one))
  })
}

/** What still runs when the steps are done. */
export function staysIn(steps: readonly PlanStep[], all: readonly TakenBack[]): TakenBack[] {
  const goes = steps.flatMap(({ change, reason, spec }) => {
    if (!change) return []
    if (spec.kind === 'absent-container') return [spec.deployment]
    return spec.kind === 'container' && replacesService(reason) ? [spec.spec.deployment] : []
  })
  return all.filter(({ deployment }) => !goes.includes(deployment))
}

/** Of a version that is kept, by its own publisher's list. */
export function isTakenBack(
  { spec, origin: made }: StepSpecOf<'container'>,
  all: readonly BlockingPublisher[],
): boolean {
  const { entry, entryVersion: version, image } = spec
  const own: Named = { entry, version, images: [image.configDigest, image.manifestDigest] }
  const named = [
    own,
    ...(made === undefined ? [] : [made.solution]),
    ...(made?.model === undefined ? [] : [made.model]),
  ]
  return blockedBy(made?.publisher, all).some((one) => named.some((each) => isBlocked(each, one)))
}

/** Its entry with the digests of its image, its model and its solution. A record of another version says nothing. */
function namedIn(container: Container, records: readonly DeploymentRecord[]): Named[] {
  const { labels, imageId } = container
  const record = records.find(({ deployment }) => deployment === labels[deploymentLabel])
  const entry = labels[entryLabel] ?? ''
  const version = labels[versionLabel] ?? ''
  const same = record?.entry === entry && record.version === version ? record : undefined
  const image = same?.image
  const digests = image === undefined ? [] : [image.configDigest, image.manifestDigest]
  const model = modelIn(container) ?? same?.origin?.model
  const solution = same?.origin?.solution
  return [
    { entry, version, images: [imageId, ...digests] },
    ...(model === undefined ? [] : [model]),
    ...(solution === undefined ? [] : [newest(solution, records)]),
  ]
}

/** What a later version of a solution left as it was is of that one now, and its record still says the earlier one. */
function newest({ entry, version }: Named, records: readonly DeploymentRecord[]): Named {
  const versions = records.flatMap(({ origin: { solution } = {} }) =>
    solution?.entry === entry ? [solution.version] : [],
  )
  return { entry, version: versions.reduce((a, b) => (compareVersions(b, a) > 0 ? b : a), version) }
}

function takenBackOf(deployment: string, { entry, version }: Named, { publisher, blocked }: Blocked): TakenBack {
  const { since, reason } = blocked
  return {
    deployment: evidence(deployment, 80),
    entry: evidence(entry, 50),
    version: evidence(version, 50),
    publisher,
    since,
    reason,
  }
}

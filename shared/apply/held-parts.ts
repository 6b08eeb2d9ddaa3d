// Parts that took the place of others for a service that takes its own after them: until that one is proven, those before
// them lie aside and start with the engine, as its predecessor does. They are given up with it, or come back with it, so
// that what is made of several containers ends whole as it was or whole as it is to be.
import { type Command, command } from '../domain/command.ts'
import { deploymentProof } from '../domain/deployment.ts'
import { type Container, isUp } from '../domain/facts.ts'
import type { HeldPart } from '../domain/held-part.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { backupLabel, deploymentLabel, proofLabel, runLabel, specLabel } from '../domain/remote-layout.ts'
import { engineVolumeName } from '../domain/service-volume.ts'
import type { Asked } from './asked.ts'
import { keepVersion, own, record, waitHealthy } from './container-proof.ts'
import { changedSettings, containerName, madeSettings, previousName } from './container-run.ts'
import { putVolumesBack } from './volume-backup.ts'

type Spec = StepSpecOf<'container'>
type There = Pick<Asked, 'containers'>

/** Databases that are given their data back may read all of it before they answer. */
const backAgainSeconds = 300

function named(name: string, { containers }: There): Container | undefined {
  return valueOr(containers, []).find((one) => one.name === name)
}

/** The service that it is a part of. */
export function serviceOf({ labels }: Container): string | undefined {
  const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
  return proof?.serves === 'part' ? proof.of : undefined
}

/** Its service runs in the version before, or has not been proven: it is the one that settles this. */
export function isToBeHeld({ heldFor }: Spec, facts: There): boolean {
  if (heldFor === undefined) return false
  const { deployment, specDigest } = heldFor
  const service = named(containerName(deployment), facts)
  const isOld = service !== undefined && service.labels[specLabel] !== specDigest
  return isOld || named(previousName(deployment), facts) !== undefined
}

/** It took its place and waits for its service: only that it does not start with the engine is not as it will be. */
export function isHeld(step: Spec, facts: There): boolean {
  const found = named(containerName(step.spec.deployment), facts)
  return found !== undefined && isUp(found) && hasItsPlace(step, facts)
}

/** Whether it is up or not: nothing but this makes it start again. */
function hasItsPlace(step: Spec, facts: There): boolean {
  const found = named(containerName(step.spec.deployment), facts)
  if (found === undefined || !isHolding(found)) return false
  const { configDigest, manifestDigest } = step.spec.image
  const isThis = found.labels[specLabel] === step.specDigest && [configDigest, manifestDigest].includes(found.imageId)
  return isThis && changedSettings(found, step).every((one) => one === 'restartPolicy')
}

function isHolding({ settings }: Container): boolean {
  return settings !== undefined && settings.restartPolicy !== madeSettings.restartPolicy
}

/** Part of the proof of their service: one that has died meanwhile is started, and has to be well. */
export function partsWell({ settles = [] }: Spec, facts: There): Command[] {
  return settles
    .filter((one) => hasItsPlace(one, facts))
    .map((one) => waitHealthy(containerName(one.spec.deployment), one.startTimeoutSeconds))
}

/** What the service that is proven does of its parts, one after the other: each is recorded before its predecessor goes. */
export function settleParts({ settles = [] }: Spec, facts: There): Command[] {
  return settles
    .filter((one) => hasItsPlace(one, facts))
    .flatMap((one) => {
      const { deployment } = one.spec
      const previous = previousName(deployment)
      return [
        ...[record(one), own(one), keepVersion(one)],
        command('docker', 'update', '--restart', madeSettings.restartPolicy, containerName(deployment)),
        ...(named(previous, facts) === undefined ? [] : [command('docker', 'rm', '--force', previous)]),
      ]
    })
}

/** What a run that stopped left waiting: the version before each of them lies aside still. */
export function heldParts(facts: There): HeldPart[] {
  return valueOr(facts.containers, []).flatMap((one) => {
    const part = one.labels[deploymentLabel] ?? ''
    const of = serviceOf(one)
    const isAside = one.name === containerName(part) && named(previousName(part), facts) !== undefined
    return of !== undefined && isAside && isHolding(one) ? [{ part, of }] : []
  })
}

/** Parts of that service that are held, but for one: in the order in which they began. */
function heldOf(service: string, { facts, runId, but }: Going): Container[] {
  return valueOr(facts.containers, [])
    .filter((one) => {
      const deployment = one.labels[deploymentLabel] ?? ''
      if (deployment === but || one.name !== containerName(deployment)) return false
      if (serviceOf(one) !== service || !isHolding(one)) return false
      // What had no predecessor goes only where this run has made it.
      return named(previousName(deployment), facts) !== undefined || one.labels[runLabel] === runId
    })
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1))
}

type Going = { readonly facts: There; readonly runId: string; readonly but?: string }

/**
 * What was there before the held parts comes back with the data that it left; what nobody had before goes. All of them are
 * gone before the first of those starts: none writes on what another has just got back.
 */
export function partsBack(service: string, going: Going): Command[] {
  const held = heldOf(service, going)
  const away = held.map(({ name }) => command('docker', 'rm', '--force', name))
  return [...away, ...held.flatMap((one) => backAgain(one, going.facts))]
}

function backAgain(held: Container, facts: There): Command[] {
  const deployment = held.labels[deploymentLabel] ?? ''
  const before = named(previousName(deployment), facts)
  if (before === undefined) return []
  const { name } = held
  const noted = [held, before].flatMap(({ labels }) => labels[backupLabel]?.split(' ') ?? [])
  const volumes = [...new Set(noted)].filter((one) => engineVolumeName.safeParse(one).success)
  const start =
    volumes.length === 0
      ? command('docker', 'start', name)
      : putVolumesBack(deployment, { volumes, isSaved: true, starts: true })
  return [command('docker', 'rename', before.name, name), start, waitHealthy(name, backAgainSeconds)]
}

// Step kind: a deployment's container runs with exactly this spec. The spec digest in a label is what
// makes a second run find nothing to do; a different digest means replace, keeping the old container
// aside until the new one became healthy and held for a while.
import { type Command, command } from '../domain/command.ts'
import type { DeploymentProof } from '../domain/deployment.ts'
import { type Container, isUp } from '../domain/facts.ts'
import { replacesService, type StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, runLabel, specLabel } from '../domain/remote-layout.ts'
import type { Asked } from './asked.ts'
import { changeBack, changePlaces, clearBeside, proveBeside } from './beside.ts'
import { holds, keepVersion, own, record, smoke, untilHealthy } from './container-proof.ts'
import {
  changedSettings,
  containerName,
  isAlone,
  joinNetwork,
  madeSettings,
  nextName,
  previousName,
  runCommands,
} from './container-run.ts'
import { isHeld, isToBeHeld, partsBack, partsWell, serviceOf, settleParts } from './held-parts.ts'
import { foldersQuestion, missingFolders } from './host-folders.ts'
import { loadedImageId } from './image.ts'
import type { Attempt, StepKind, Truth } from './step-kind.ts'
import { forgetJob, taskCommands } from './task.ts'
import { putVolumesBack, roomToSave, saveVolumes, volumesToSave } from './volume-backup.ts'

type Spec = StepSpecOf<'container'>

export function deployedContainer(deployment: string, facts: Pick<Asked, 'containers'>): Container | undefined {
  if (facts.containers.state !== 'known') return undefined
  return facts.containers.value.find(
    (c) => c.labels[deploymentLabel] === deployment && c.name === containerName(deployment),
  )
}

function partOfProof(proof: DeploymentProof | undefined): string | undefined {
  return proof?.serves === 'part' ? proof.of : undefined
}

/** The label says the spec, the engine says the image: a label alone can be copied. */
function hasThisSpec(found: Container, step: Spec): boolean {
  const { configDigest, manifestDigest } = step.spec.image
  const sameImage = found.imageId === configDigest || found.imageId === manifestDigest
  return found.labels[specLabel] === step.specDigest && sameImage && changedSettings(found, step).length === 0
}

function truth(step: Spec, facts: Asked): Truth {
  // What is proven and waits for its service is done, until that one decides.
  if (isToBeHeld(step, facts) && isHeld(step, facts)) return { holds: true, reason: 'container-same' }
  const found = deployedContainer(step.spec.deployment, facts)
  if (found === undefined) return { holds: false, reason: 'container-missing' }
  if (!hasThisSpec(found, step)) return { holds: false, reason: 'container-differs' }
  // One that the engine keeps restarting is in place too: whether it gets ready is the next step's question.
  const inPlace = isUp(found)
  if (!inPlace) return { holds: false, reason: 'container-stopped' }
  // A replacement that was cut off before it had held: the one it replaces still lies aside.
  // So does one that was never proven beside it.
  if (liesAside(step, facts) || standsBeside(step, facts)) return { holds: false, reason: 'container-unproven' }
  // A container that the engine calls unhealthy is restarted by hand or by a new spec, not by a rerun.
  return { holds: true, reason: 'container-same' }
}

/** What a power cut found aside answers until its successor is proven: whoever goes on stops it. */
function servesAside({ spec }: Spec, { containers }: Pick<Asked, 'containers'>): boolean {
  const previous = previousName(spec.deployment)
  return valueOr(containers, []).some((one) => one.name === previous && one.state === 'running')
}

function liesAside(step: Spec, facts: Asked): boolean {
  return isThere(previousName(step.spec.deployment), facts)
}

/** What a replacement that broke off began to prove, or the network where it did. */
function standsBeside(step: Spec, facts: Asked): boolean {
  const next = nextName(step.spec.deployment)
  return isThere(next, facts) || (facts.networks.state === 'known' && facts.networks.value.includes(next))
}

function isThere(name: string, { containers }: Asked): boolean {
  return valueOr(containers, []).some((one) => one.name === name)
}

/** What `commands` finds: what runs under the name, and what a replacement left aside or beside it. */
function beginning(step: Spec, facts: Asked) {
  const { deployment } = step.spec
  const found = deployedContainer(deployment, facts)
  const aside = liesAside(step, facts)
  const same = found !== undefined && hasThisSpec(found, step)
  const replaces = aside || (found !== undefined && !same)
  return {
    ...{ name: containerName(deployment), previous: previousName(deployment) },
    ...{ found, aside, same, replaces },
    volumes: replaces ? volumesToSave(step, facts) : [],
    left: standsBeside(step, facts) ? [clearBeside(deployment)] : [],
  }
}

/** Never two at once on the same data. */
function goesBeside(step: Spec, facts: Asked): boolean {
  const { found, aside, same, volumes } = beginning(step, facts)
  const sharesNothing = volumes.length === 0 && isAlone(step)
  return step.beside !== undefined && found?.state === 'running' && !aside && !same && sharesNothing
}

/**
 * In order: what makes room, what brings the container about, what proves it, what it is then, and what follows from that.
 * What lies aside starts with the engine and its successor does not, until that is proven: after a power cut at any of
 * these words somebody is in service, and never both for the same port.
 */
function parts(step: Spec, facts: Asked, runId: string, imageId: string) {
  const { name, previous, found, aside, same, replaces, volumes, left } = beginning(step, facts)
  const started = found !== undefined && isUp(found)
  const start = started ? [] : [...joinNetwork(step), command('docker', 'start', name)]
  const setAside = [command('docker', 'stop', name), command('docker', 'rename', name, previous)]
  // With both there, the one under the name was never proven: what lies aside is the one to fall back on.
  const unproven = [restarts(previous), command('docker', 'rm', '--force', name)]
  // What a successor that runs already has made of its data is not what it replaces had.
  const saved = same && started ? [] : volumes
  const quiet = [...(aside ? [command('docker', 'stop', previous)] : []), ...saveVolumes(step, saved)]
  // On the data as they were saved, and with nobody at work on them.
  const jobs = replaces && !same ? (step.jobs ?? []).flatMap((one) => taskCommands(one, facts, runId)) : []
  const held = isToBeHeld(step, facts)
  const restartPolicy = replaces || held ? 'no' : madeSettings.restartPolicy
  const proven = replaces || held ? proof(step, probesOf(step, facts, runId)) : []
  return {
    isSaved: saved.length > 0,
    check: roomToSave(saved),
    room: [...left, ...(same || found === undefined ? [] : aside ? unproven : setAside)],
    quiet,
    jobs,
    begin: [...quiet, ...(same ? start : [...jobs, ...runCommands(step, imageId, { runId, facts, restartPolicy })])],
    proof: [...partsWell(step, facts), ...proven, ...(replaces && !held ? [restarts(name)] : [])],
    after: held
      ? []
      : [
          ...settleParts(step, facts),
          record(step),
          ...(replaces ? [restsFromNowOn(previous)] : []),
          own(step),
          keepVersion(step),
          ...(replaces ? [command('docker', 'rm', '--force', previous)] : []),
        ],
  }
}

/** The same where the successor is proven beside the one in service before it takes its place. */
function partsBeside(step: Spec, facts: Asked, runId: string, imageId: string) {
  const { deployment } = step.spec
  return {
    before: proveBeside(step, imageId, { runId, facts }),
    change: changePlaces(step),
    proof: [...smoke(step), ...probesOf(step, facts, runId), ...watch(step), restarts(containerName(deployment))],
    after: [
      ...[record(step), restsFromNowOn(previousName(deployment))],
      ...[own(step), keepVersion(step), clearBeside(deployment)],
      command('docker', 'rm', '--force', previousName(deployment)),
    ],
  }
}

function undoBeside(step: Spec, facts: Asked, failedAt: number): Command[] {
  const { before, change, proof } = partsBeside(step, facts, '', '')
  const clear = clearBeside(step.spec.deployment)
  const at = failedAt - before.length
  if (at < 0) return [clear]
  if (at > change.length + proof.length) return []
  return [...changeBack(step, at), clear, untilHealthy(step)]
}

function restarts(name: string): Command {
  return command('docker', 'update', '--restart', madeSettings.restartPolicy, name)
}

/** Its successor is recorded: should what follows fail, the engine must not start both with it. */
function restsFromNowOn(previous: string): Command {
  return command('docker', 'update', '--restart', 'no', previous)
}

/** It must do what it is for before the watch and at its end: what hangs is neither dead nor unhealthy. */
function proof(step: Spec, probes: readonly Command[]): Command[] {
  return [untilHealthy(step), ...smoke(step), ...probes, ...watch(step)]
}

/** Its vendor's own, before it is watched: what it would be taken back for is told soon. */
function probesOf({ probes = [] }: Spec, facts: Asked, runId: string): Command[] {
  return probes.flatMap((one) => taskCommands(one, facts, runId))
}

function watch(step: Spec): Command[] {
  return step.soakSeconds > 0 ? [holds(step), ...smoke(step)] : []
}

export const containerStep: StepKind<'container'> = {
  kind: 'container',
  asks: ['engine'],
  look: foldersQuestion,
  // A replacement must not stop half-way because a console dies.
  by: 'unit',
  isTrue: truth,
  // A part never takes the place of a service of that name, nor that of another service's part, and none the place of it.
  problem(step, facts) {
    const found = deployedContainer(step.spec.deployment, facts)
    if (found === undefined || serviceOf(found) === partOfProof(step.proof)) return missingFolders(step, facts)
    return { kind: 'host-object-unusable', what: found.name, problem: 'foreign' }
  },
  interrupts: (step, facts, reason) => reason === 'container-differs' || servesAside(step, facts),
  interrupted: ({ spec }) => [containerName(spec.deployment), previousName(spec.deployment)],
  backsUp: (step, facts, reason) => (replacesService(reason) ? volumesToSave(step, facts) : []),
  commands(step, facts, runId) {
    const imageId = loadedImageId(step.spec.image, facts)
    if (imageId === undefined) return []
    if (goesBeside(step, facts)) return Object.values(partsBeside(step, facts, runId, imageId)).flat()
    const { check, room, begin, proof, after } = parts(step, facts, runId, imageId)
    return [...check, ...room, ...begin, ...proof, ...after]
  },
  undo: (step, facts, attempt) =>
    goesBeside(step, facts) ? undoBeside(step, facts, attempt.failedAt) : undoInPlace(step, facts, attempt),
}

/** Of a service, what it had as parts comes back before it starts; of a part, those that took their place before it. */
function undoInPlace(step: Spec, facts: Asked, { runId, failedAt }: Attempt): Command[] {
  const { name, previous, found, aside, replaces, same, volumes } = beginning(step, facts)
  const { check, isSaved, room, quiet, jobs, begin, proof } = parts(step, facts, runId, '')
  const { deployment } = step.spec
  const service = partOfProof(step.proof)
  const others = partsBack(service ?? deployment, { facts, runId, but: deployment })
  // What is replaced now was in service, unless somebody had stopped it; so was what a cut-off run set aside.
  const worked = aside || found?.state === 'running'
  const startAgain = worked ? [command('docker', 'start', name), untilHealthy(step)] : []
  // Nobody works on data that are put back.
  const pause = service === undefined && others.length > 0 && worked ? [command('docker', 'stop', name)] : []
  if (failedAt < check.length) return [...pause, ...others, ...(pause.length > 0 ? startAgain : [])]
  const at = failedAt - check.length - room.length
  const isMade = !same && at < begin.length ? [removeMadeBy(step, runId)] : []
  const away = isMade.length > 0 ? isMade : [command('docker', 'rm', '--force', name)]
  if (!replaces) return [...(isToBeHeld(step, facts) && !same ? away : isMade), ...others]
  // Nothing is lost before the new container is begun; the old one comes back until that is proven and recorded.
  if (at < 0) return [...pause, ...others, ...startAgain]
  if (at > begin.length + proof.length) return []
  // What lay aside since a run that failed once its successor was recorded does not start with the engine any more.
  const rename = [command('docker', 'rename', previous, name), ...(aside ? [restarts(name)] : [])]
  const mayHaveRun = jobs.length > 0 && at >= quiet.length ? (step.jobs ?? []) : []
  const before = [...mayHaveRun.map(forgetJob), ...away, ...others, ...rename]
  if (volumes.length === 0) return [...before, ...startAgain]
  const back = putVolumesBack(deployment, { volumes, isSaved: isSaved && at >= quiet.length, starts: worked })
  return [...before, back, ...startAgain.slice(1)]
}

/**
 * What a failed `docker run` of this run left: made, but not running. Told by its labels and not by its
 * name, because the run may have failed over a stranger's container of that name.
 */
function removeMadeBy(step: Spec, runId: string): Command {
  const labels = [`${runLabel}=${runId}`, `${deploymentLabel}=${step.spec.deployment}`]
  return command('docker', 'container', 'prune', '--force', ...labels.flatMap((l) => ['--filter', `label=${l}`]))
}

// Step kind: a deployment's container runs with exactly this spec. The spec digest in a label is what
// makes a second run find nothing to do; a different digest means replace, keeping the old container
// aside until the new one became healthy and held for a while.
import type { ContainerAccess } from '../domain/accelerator.ts'
import { type Command, command } from '../domain/command.ts'
import type { DeploymentRecord } from '../domain/deployment.ts'
import type { Container } from '../domain/facts.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { commandLine } from '../domain/quote.ts'
import {
  deploymentLabel,
  entryLabel,
  portLabel,
  proofLabel,
  remoteDeployments,
  runLabel,
  specLabel,
  versionLabel,
} from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import { loadedImageId } from './image.ts'
import type { Asked, StepKind, Truth } from './step-kind.ts'

type Spec = StepSpecOf<'container'>

export function containerName(deployment: string): string {
  return `rackside-${deployment}`
}

export function deployedContainer(deployment: string, facts: Pick<Asked, 'containers'>): Container | undefined {
  if (facts.containers.state !== 'known') return undefined
  return facts.containers.value.find(
    (c) => c.labels[deploymentLabel] === deployment && c.name === containerName(deployment),
  )
}

/** The label says the spec, the engine says the image: a label alone can be copied. */
function hasThisSpec(found: Container, step: Spec): boolean {
  const { configDigest, manifestDigest } = step.spec.image
  const sameImage = found.imageId === configDigest || found.imageId === manifestDigest
  return found.labels[specLabel] === step.specDigest && sameImage
}

function truth(step: Spec, facts: Asked): Truth {
  const found = deployedContainer(step.spec.deployment, facts)
  if (found === undefined) return { holds: false, reason: 'container-missing' }
  if (!hasThisSpec(found, step)) return { holds: false, reason: 'container-differs' }
  // One that the engine keeps restarting is in place too: whether it gets ready is the next step's question.
  const inPlace = found.state === 'running' || found.state === 'restarting'
  if (!inPlace) return { holds: false, reason: 'container-stopped' }
  // A replacement that was cut off before it had held: the one it replaces still lies aside.
  if (liesAside(step, facts)) return { holds: false, reason: 'container-unproven' }
  // A container that the engine calls unhealthy is restarted by hand or by a new spec, not by a rerun.
  return { holds: true, reason: 'container-same' }
}

function runWords(step: Spec, imageId: string, runId: string, facts: Asked): Command {
  const { spec } = step
  const labels: Record<string, string> = {
    [deploymentLabel]: spec.deployment,
    [specLabel]: step.specDigest,
    [runLabel]: runId,
    [entryLabel]: spec.entry,
    [versionLabel]: spec.entryVersion,
    [portLabel]: String(spec.hostPort),
    [proofLabel]: JSON.stringify(step.proof),
  }
  return command(
    'docker',
    'run',
    '--detach',
    '--pull',
    'never',
    '--name',
    containerName(spec.deployment),
    ...Object.entries(labels).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    '--restart',
    'unless-stopped',
    '--log-driver',
    'local',
    '--log-opt',
    'max-size=20m',
    '--log-opt',
    'max-file=5',
    '--network',
    spec.network,
    '--network-alias',
    spec.deployment,
    '--publish',
    `127.0.0.1:${spec.hostPort}:${spec.containerPort}`,
    '--cap-drop',
    'ALL',
    '--security-opt',
    'no-new-privileges',
    '--read-only',
    '--tmpfs',
    '/tmp',
    ...deviceWords(spec.access),
    // The engine hands this text to the container's own sh; every word is quoted.
    '--health-cmd',
    commandLine({ words: spec.healthCommand as [string, ...string[]] }),
    '--health-interval',
    '10s',
    '--health-timeout',
    '5s',
    '--health-retries',
    '3',
    '--health-start-period',
    '60s',
    ...startInterval(facts),
    ...spec.mounts.flatMap((m) => ['--mount', `type=bind,source=${m.source},target=${m.target},readonly`]),
    ...Object.entries(spec.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    imageId,
    ...spec.arguments,
  )
}

/** Looks every second while a container starts, where the engine knows how (Docker 25 and newer). */
function startInterval(facts: Asked): string[] {
  const major = facts.engine.state === 'known' ? Number.parseInt(facts.engine.value.version, 10) : 0
  return major >= 25 ? ['--health-start-interval', '1s'] : []
}

/** As the vendor's own reader says it: a container never gets more than its devices need. */
function deviceWords(access: ContainerAccess | undefined): string[] {
  if (access === undefined) return []
  return [
    ...(access.gpus === undefined ? [] : ['--gpus', access.gpus]),
    ...(access.runtime === undefined ? [] : ['--runtime', access.runtime]),
    ...access.devices.flatMap((device) => ['--device', device]),
    ...access.groups.flatMap((group) => ['--group-add', group]),
    ...access.securityOptions.flatMap((option) => ['--security-opt', option]),
    ...access.mounts.flatMap((path) => ['--mount', `type=bind,source=${path},target=${path},readonly`]),
    ...Object.entries(access.environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ]
}

function previousName(deployment: string): string {
  return `${containerName(deployment)}-previous`
}

function liesAside(step: Spec, facts: Asked): boolean {
  const previous = previousName(step.spec.deployment)
  return facts.containers.state === 'known' && facts.containers.value.some((c) => c.name === previous)
}

/** What `commands` finds: what runs under the name, and what a replacement left aside. */
function beginning(step: Spec, facts: Asked) {
  const { deployment } = step.spec
  const found = deployedContainer(deployment, facts)
  const aside = liesAside(step, facts)
  const same = found !== undefined && hasThisSpec(found, step)
  return {
    ...{ name: containerName(deployment), previous: previousName(deployment) },
    ...{ found, aside, same, replaces: aside || (found !== undefined && !same) },
  }
}

/** In order: what makes room, what brings the container about, what proves it, and what follows from that. */
function parts(step: Spec, facts: Asked, runId: string, imageId: string) {
  const { name, previous, found, aside, same, replaces } = beginning(step, facts)
  const started = found?.state === 'running' || found?.state === 'restarting'
  const start = started ? [] : [command('docker', 'start', name)]
  // With both there, the one in service is the one to fall back on.
  const forgotten = found !== undefined && aside ? [command('docker', 'rm', '--force', previous)] : []
  const setAside =
    found === undefined ? [] : [command('docker', 'stop', name), command('docker', 'rename', name, previous)]
  return {
    room: same ? [] : [...forgotten, ...setAside],
    begin: same ? start : [runWords(step, imageId, runId, facts)],
    proof: replaces ? [untilHealthy(step), ...(step.soakSeconds > 0 ? [soak(step)] : [])] : [],
    after: [record(step), ...(replaces ? [command('docker', 'rm', '--force', previous)] : [])],
  }
}

export const containerStep: StepKind<'container'> = {
  kind: 'container',
  asks: ['engine'],
  // A replacement must not stop half-way because a console dies.
  by: 'unit',
  isTrue: truth,
  commands(step, facts, runId) {
    const imageId = loadedImageId(step.spec.image, facts)
    if (imageId === undefined) return []
    const { room, begin, proof, after } = parts(step, facts, runId, imageId)
    return [...room, ...begin, ...proof, ...after]
  },
  undo(step, facts, { runId, failedAt }) {
    const { name, previous, found, aside, same, replaces } = beginning(step, facts)
    const { room, begin, proof } = parts(step, facts, runId, '')
    const at = failedAt - room.length
    const isMade = !same && at === 0 ? [removeMadeBy(step, runId)] : []
    if (!replaces) return isMade
    // What is replaced now was in service, unless somebody had stopped it; so was what a cut-off run set aside.
    const worked = same || found === undefined || found.state === 'running'
    const startAgain = worked ? [command('docker', 'start', name)] : []
    // Nothing is lost before the new container is begun; the old one comes back until that is proven and recorded.
    if (at < 0) return same || (found === undefined && aside) ? [] : startAgain
    if (at > begin.length + proof.length) return []
    const away = isMade.length > 0 ? isMade : [command('docker', 'rm', '--force', name)]
    return [...away, command('docker', 'rename', previous, name), ...startAgain]
  },
}

/**
 * What a failed `docker run` of this run left: made, but not running. Told by its labels and not by its
 * name, because the run may have failed over a stranger's container of that name.
 */
function removeMadeBy(step: Spec, runId: string): Command {
  const labels = [`${runLabel}=${runId}`, `${deploymentLabel}=${step.spec.deployment}`]
  return command('docker', 'container', 'prune', '--force', ...labels.flatMap((l) => ['--filter', `label=${l}`]))
}

/** Notes on the appliance that this deployment should be running, so that it is missed when it is gone. */
function record(step: Spec): Command {
  const { deployment, entry, entryVersion } = step.spec
  const text: DeploymentRecord = { deployment, entry, version: entryVersion, proof: step.proof }
  const write = `${scriptHead({ block: 'deployment-record' })}mkdir -p "$1" && printf '%s\\n' "$3" >"$1/$2.new" && mv -f "$1/$2.new" "$1/$2.json"`
  return command('sh', '-c', write, 'sh', remoteDeployments, deployment, JSON.stringify(text))
}

/** Until the engine calls the new container healthy; the end of its log when it does not become so. */
function untilHealthy(step: Spec): Command {
  return command('sh', '-c', waitText, 'sh', containerName(step.spec.deployment), String(step.startTimeoutSeconds))
}

const waitText = `${scriptHead({ block: 'until-healthy' })}n=0
while [ $n -lt $(($2 * 2)) ]; do
  s=$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}} {{.RestartCount}}' "$1") || exit 1
  case $s in "healthy "*|"running "*) exit 0 ;; esac
  [ "\${s##* }" -lt 3 ] || break
  n=$((n + 1))
  sleep 0.5
done
docker logs --tail 20 "$1" >&2
exit 1`

/**
 * Until the new container has held that long: it runs, was not started again, and the engine does not call it
 * unhealthy. Says what happened to it and the end of its log when it does not hold.
 */
function soak(step: Spec): Command {
  return command('sh', '-c', soakText, 'sh', containerName(step.spec.deployment), String(step.soakSeconds))
}

// An engine that does not answer for a moment says nothing about the container.
const soakText = `${scriptHead({ block: 'soak' })}n=0 first= missed=0
while :; do
  s=$(docker inspect --format '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{else}}none{{end}} {{.RestartCount}} {{.State.StartedAt}}' "$1" 2>/dev/null) || {
    missed=$((missed + 1))
    [ $missed -gt 30 ] || { sleep 1; continue; }
    s='not to be seen'
  }
  missed=0
  starts=\${s#* * }
  case $s in
    "running unhealthy "*) break ;;
    "running "*) [ "\${first:=$starts}" = "$starts" ] || break ;;
    *) break ;;
  esac
  [ $n -lt "$2" ] || exit 0
  n=$((n + 1))
  sleep 1
done
printf 'it was healthy and did not hold for %s s: after %s s it was %s\\n' "$2" "$n" "$s" >&2
docker logs --tail 20 "$1" >&2
exit 1`

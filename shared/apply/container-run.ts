// The exact words of `docker run` for a deployment: nothing of a catalog reaches a shell, and a container never
// gets more than its devices need.
import type { ContainerAccess } from '../domain/accelerator.ts'
import { type Command, command } from '../domain/command.ts'
import { isAsked } from '../domain/deployment.ts'
import type { Container, ContainerSettings } from '../domain/facts.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { privilegeName } from '../domain/privilege.ts'
import { commandLine } from '../domain/quote.ts'
import {
  backupLabel,
  deploymentLabel,
  entryLabel,
  modelLabel,
  portChosenLabel,
  portLabel,
  privilegesLabel,
  proofLabel,
  publisherLabel,
  runLabel,
  settingsLabel,
  specLabel,
  usesLabel,
  versionLabel,
} from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import { localAddressText } from '../domain/service-address.ts'
import type { Asked } from './asked.ts'
import { confiningWords, isInHostNetwork } from './confinement.ts'

type Spec = StepSpecOf<'container'>

export function containerName(deployment: string): string {
  return `rackside-${deployment}`
}

/** Of the container that a replacement sets aside until it has held. */
export function previousName(deployment: string): string {
  return `${containerName(deployment)}-previous`
}

/** Of the container that is proven beside the one in service, and of the network where that is done. */
export function nextName(deployment: string): string {
  return `${containerName(deployment)}-next`
}

/** For scripts: whether the container of that name runs. */
export const isRunningShell = `is_running() { [ "$(docker inspect --format '{{.State.Running}}' "$1" 2>/dev/null)" = true ]; }`

export type RunAs = {
  readonly runId: string
  readonly facts: Asked
  /** What takes the place of another does not start with the engine before it is proven. */
  readonly restartPolicy: string
}

export function runCommand(step: Spec, imageId: string, as: RunAs): Command {
  return command(
    'docker',
    'run',
    '--detach',
    ...makingWords(step, imageId, { ...as, name: containerName(step.spec.deployment) }),
  )
}

/** With more networks it is made, joined to those and only then started: older engines take one at once. */
export function runCommands(step: Spec, imageId: string, as: RunAs): Command[] {
  const name = containerName(step.spec.deployment)
  const join = joinNetwork(step)
  if (join.length === 0) return [runCommand(step, imageId, as)]
  return [createCommand(step, imageId, { ...as, name }), ...join, command('docker', 'start', name)]
}

/**
 * Into its other networks, unless it is there: power may have failed before it was started. In that of another solution
 * it has no name of its own: nobody there asks it, and a name that is looked for there stays what it was.
 */
export function joinNetwork({ spec: { deployment, joins, uses } }: Spec): Command[] {
  const join = (network: string, alias: string) =>
    command('sh', '-c', joinText, 'sh', containerName(deployment), network, alias)
  return [
    ...(joins === undefined ? [] : [join(joins, deployment)]),
    ...(uses === undefined ? [] : [join(uses.network, '')]),
  ]
}

const joinText = `${scriptHead({ block: 'join-network' })}docker inspect --format '{{range $name, $_ := .NetworkSettings.Networks}}{{println $name}}{{end}}' "$1" |
  grep -qxF -- "$2" || docker network connect \${3:+--alias "$3"} "$2" "$1"`

/**
 * Nothing is its and its successor's at once: two may run beside each other. What asks a model of another solution does
 * not: where its successor would be proven nothing leads to that model.
 */
export function isAlone({ spec, proof }: Spec): boolean {
  return (spec.volumes ?? []).length === 0 && spec.parts === undefined && spec.uses === undefined && isAsked(proof)
}

/** Made under that name, and not started. */
export function createCommand(step: Spec, imageId: string, as: RunAs & { readonly name: string }): Command {
  return command('docker', 'create', ...makingWords(step, imageId, as))
}

const logWords = ['--log-driver', 'local', '--log-opt', 'max-size=20m', '--log-opt', 'max-file=5']

function makingWords(
  step: Spec,
  imageId: string,
  { runId, facts, restartPolicy, name }: RunAs & { readonly name: string },
): string[] {
  const { spec } = step
  return [
    ...['--pull', 'never', '--name', name],
    ...labelWords(step, runId),
    ...['--restart', restartPolicy],
    ...logWords,
    ...networkWords(spec),
    ...confiningWords(spec),
    ...(spec.user === undefined ? [] : ['--user', spec.user]),
    ...deviceWords(spec.access),
    ...(spec.shmBytes === undefined ? [] : ['--shm-size', String(spec.shmBytes)]),
    ...healthWords(spec, facts),
    ...spec.mounts.flatMap((m) => ['--mount', `type=bind,source=${m.source},target=${m.target},readonly`]),
    // With what the image has there: who owns the folder in it owns the fresh volume.
    ...(spec.volumes ?? []).flatMap((v) => ['--mount', `type=volume,source=${v.name},target=${v.target}`]),
    ...(spec.environmentFile === undefined ? [] : ['--env-file', spec.environmentFile]),
    ...Object.entries(spec.environment).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
    ...(spec.program === undefined ? [] : ['--entrypoint', spec.program]),
    imageId,
    ...spec.arguments,
  ]
}

/** In the network of the host there are no names, and nothing is to be published. */
function networkWords(spec: Spec['spec']): string[] {
  if (isInHostNetwork(spec)) return ['--network', 'host']
  return [
    ...['--network', spec.network, '--network-alias', spec.deployment],
    ...(spec.hostPort === undefined ? [] : ['--publish', `127.0.0.1:${spec.hostPort}:${spec.containerPort}`]),
    ...(spec.lan === undefined ? [] : ['--publish', `${localAddressText(spec.lan)}:${spec.lan.containerPort}`]),
  ]
}

/** All of them, also those that say nothing: a container inherits each that is not given from its image. */
function labelWords({ spec, specDigest, proof, origin }: Spec, runId: string): string[] {
  const saved = (spec.volumes ?? []).filter((one) => one.backUp).map((one) => one.name)
  const labels: Record<string, string> = {
    [deploymentLabel]: spec.deployment,
    [specLabel]: specDigest,
    [runLabel]: runId,
    [entryLabel]: spec.entry,
    [versionLabel]: spec.entryVersion,
    [portLabel]: spec.hostPort === undefined ? '' : String(spec.hostPort),
    [portChosenLabel]: spec.portChosen === undefined ? '' : String(spec.portChosen),
    [proofLabel]: JSON.stringify(proof),
    [backupLabel]: saved.join(' '),
    [privilegesLabel]: jsonOrNothing(spec.privileges?.map(privilegeName)),
    [usesLabel]: jsonOrNothing(spec.uses),
    [settingsLabel]: jsonOrNothing(spec.settings),
    [publisherLabel]: jsonOrNothing(origin?.publisher),
    [modelLabel]: jsonOrNothing(origin?.model),
  }
  return Object.entries(labels).flatMap(([label, value]) => ['--label', `${label}=${value}`])
}

function jsonOrNothing(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value)
}

function healthWords({ healthCommand }: Spec['spec'], facts: Asked): string[] {
  return [
    // The engine hands this text to the container's own sh; every word is quoted.
    ...['--health-cmd', commandLine({ words: healthCommand as [string, ...string[]] })],
    ...['--health-interval', '10s', '--health-timeout', '5s'],
    ...['--health-retries', '3', '--health-start-period', '60s'],
    ...startInterval(facts),
  ]
}

/**
 * As `runCommand` makes them; the command is the spec's. `always`: an engine that was killed notes what it ends when it
 * comes back as stopped by hand, and what restarts unless it was stopped would stay down.
 */
export const madeSettings = { restartPolicy: 'always', memoryLimitBytes: 0, cpuLimitNano: 0, cpuSet: '' }

/** What is not as `runCommand` made it: somebody changed it by hand, and no label shows it. */
export function changedSettings(found: Container, { spec }: Spec): (keyof ContainerSettings)[] {
  const { settings } = found
  if (settings === undefined) return []
  const names = Object.keys(madeSettings) as (keyof typeof madeSettings)[]
  const changed: (keyof ContainerSettings)[] = names.filter((name) => settings[name] !== madeSettings[name])
  // An engine has a size of its own for whoever asks for none.
  if (spec.shmBytes !== undefined && (settings.shmBytes ?? spec.shmBytes) !== spec.shmBytes) changed.push('shmBytes')
  // Without arguments the image's own count.
  const { arguments: wanted } = spec
  const same = wanted.length === 0 || JSON.stringify(wanted) === JSON.stringify(settings.command)
  return same ? changed : [...changed, 'command']
}

/**
 * Looks often while a container starts, where the engine knows how (Docker 25 and newer): that is how long it may be ready
 * and nobody knows, while an upgrade keeps a service waiting.
 */
function startInterval(facts: Asked): string[] {
  const major = facts.engine.state === 'known' ? Number.parseInt(facts.engine.value.version, 10) : 0
  return major >= 25 ? ['--health-start-interval', '250ms'] : []
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

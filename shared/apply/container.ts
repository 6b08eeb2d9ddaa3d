// Step kind: a deployment's container runs with exactly this spec. The spec digest in a label is what
// makes a second run find nothing to do; a different digest means replace, keeping the old container
// aside until the new one was created.
import { type Command, command } from '../domain/command.ts'
import type { Container } from '../domain/facts.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { commandLine } from '../domain/quote.ts'
import {
  deploymentLabel,
  entryLabel,
  portLabel,
  proofLabel,
  runLabel,
  specLabel,
  versionLabel,
} from '../domain/remote-layout.ts'
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

function truth(step: Spec, facts: Asked): Truth {
  const found = deployedContainer(step.spec.deployment, facts)
  if (found === undefined) return { holds: false, reason: 'container-missing' }
  if (found.labels[specLabel] !== step.specDigest) return { holds: false, reason: 'container-differs' }
  if (found.state !== 'running') return { holds: false, reason: 'container-stopped' }
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
    ...deviceWords(spec.accelerators),
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

/** A replacement that was cut off leaves the old container aside, under the name the next one needs. */
function leftover(step: Spec, facts: Asked): Command[] {
  const aside = `${containerName(step.spec.deployment)}-previous`
  const there = facts.containers.state === 'known' && facts.containers.value.some((c) => c.name === aside)
  return there ? [command('docker', 'rm', '--force', aside)] : []
}

/** Looks every second while a container starts, where the engine knows how (Docker 25 and newer). */
function startInterval(facts: Asked): string[] {
  const major = facts.engine.state === 'known' ? Number.parseInt(facts.engine.value.version, 10) : 0
  return major >= 25 ? ['--health-start-interval', '1s'] : []
}

/** How a container gets a vendor's devices (NVIDIA container toolkit; seen in its documentation). */
function deviceWords(vendor: Spec['spec']['accelerators']): string[] {
  return vendor === 'nvidia' ? ['--gpus', 'all'] : []
}

export const containerStep: StepKind<'container'> = {
  kind: 'container',
  asks: ['engine'],
  // A replacement must not stop half-way because a console dies.
  by: 'unit',
  isTrue: truth,
  commands(step, facts, runId) {
    const name = containerName(step.spec.deployment)
    const found = deployedContainer(step.spec.deployment, facts)
    const imageId = loadedImageId(step.spec.image, facts)
    if (imageId === undefined) return []
    const run = runWords(step, imageId, runId, facts)
    if (found === undefined) return [...leftover(step, facts), run]
    if (found.labels[specLabel] === step.specDigest) return [command('docker', 'start', name)]
    return [
      ...leftover(step, facts),
      command('docker', 'stop', name),
      command('docker', 'rename', name, `${name}-previous`),
      run,
      command('docker', 'rm', '--force', `${name}-previous`),
    ]
  },
  undo(step, facts, { runId, failedAt }) {
    const name = containerName(step.spec.deployment)
    const found = deployedContainer(step.spec.deployment, facts)
    const at = failedAt - leftover(step, facts).length
    if (found === undefined) return at === 0 ? [removeMade(step, runId)] : []
    if (found.labels[specLabel] === step.specDigest) return []
    const startAgain = found.state === 'running' ? [command('docker', 'start', name)] : []
    // By how far it got: stopped or not; moved aside and perhaps half made; running, which stays.
    if (at === 0 || at === 1) return startAgain
    if (at !== 2) return []
    return [removeMade(step, runId), command('docker', 'rename', `${name}-previous`, name), ...startAgain]
  },
}

/**
 * What a failed `docker run` of this run left: made, but not running. Told by its labels and not by its
 * name, because the run may have failed over a stranger's container of that name.
 */
function removeMade(step: Spec, runId: string): Command {
  const labels = [`${runLabel}=${runId}`, `${deploymentLabel}=${step.spec.deployment}`]
  return command('docker', 'container', 'prune', '--force', ...labels.flatMap((l) => ['--filter', `label=${l}`]))
}

// The same stack as a plan's, brought about by the plainest means: scp, docker load and docker run over ssh, each container
// awaited until it answers. Nothing is looked at before, checked, noted or proven.
import { join } from 'node:path'
import { containerName, madeSettings, runCommands } from '../../shared/apply/container-run.ts'
import { networkStep } from '../../shared/apply/network.ts'
import { artifactFileName } from '../../shared/domain/artifact.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Plan, PlanStep } from '../../shared/domain/plan.ts'
import { commandLine } from '../../shared/domain/quote.ts'
import { remoteArtifacts, remoteRoot } from '../../shared/domain/remote-layout.ts'
import { mustRun } from '../lab/host/run-command.ts'
import type { MachineRecord } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'

export type ByHand = { readonly transferMs: number; readonly loadMs: number; readonly startMs: number }

type Stack = { readonly plan: Plan; readonly facts: Facts; readonly bundleFolder: string }

export async function setUpByHand(machine: MachineRecord, { plan, facts, bundleFolder }: Stack): Promise<ByHand> {
  const [, ...ssh] = sshWords(machine).slice(0, -1)
  const names = plan.steps.flatMap(({ spec }) =>
    spec.kind === 'artifact' ? [artifactFileName(spec.artifact.sha256)] : [],
  )
  const files = names.map((name) => join(bundleFolder, 'artifacts', name))
  const place = `${machine.user}@${machine.address}:`
  const transferMs = await timeOf(() => mustRun(['scp', '-q', ...ssh, '-o', `Port=${machine.port}`, ...files, place]))
  const moves = [`mkdir -p ${remoteArtifacts}`, `mv ${names.join(' ')} ${remoteArtifacts}`]
  const loadMs = await timeOf(() => asRoot(machine, [...moves, ...plan.steps.flatMap(loads)]))
  const startMs = await timeOf(() =>
    asRoot(
      machine,
      plan.steps.flatMap((step) => starts(step, facts)),
    ),
  )
  return { transferMs, loadMs, startMs }
}

/** Away with all of it again, containers first. */
export async function takeAwayByHand(machine: MachineRecord, { steps }: Plan): Promise<void> {
  const away = steps.toReversed().flatMap(({ spec }) => {
    if (spec.kind === 'container') return [`docker rm --force ${containerName(spec.spec.deployment)}`]
    if (spec.kind === 'network') return [`docker network rm ${spec.name}`]
    return spec.kind === 'image' ? [`docker image rm --force ${spec.image.configDigest}`] : []
  })
  await asRoot(machine, [...away, `rm -r ${remoteRoot}`, 'sync'])
}

function loads({ spec }: PlanStep): string[] {
  if (spec.kind !== 'image') return []
  const archive = `${remoteArtifacts}/${artifactFileName(spec.artifactSha256)}`
  return [`docker load --quiet --input ${archive}`, `rm ${archive}`]
}

function starts({ spec }: PlanStep, facts: Facts): string[] {
  if (spec.kind === 'network') return networkStep.commands(spec, facts, 'by-hand').map(commandLine)
  const made = { runId: 'by-hand', facts, restartPolicy: madeSettings.restartPolicy }
  if (spec.kind === 'container') return runCommands(spec, spec.spec.image.configDigest, made).map(commandLine)
  if (spec.kind !== 'ready' || spec.hostPort === undefined) return []
  return [
    `until curl -fsS -o /dev/null http://127.0.0.1:${spec.hostPort}${spec.readyPath} 2>/dev/null; do sleep 0.1; done`,
  ]
}

function asRoot(machine: MachineRecord, lines: readonly string[]): Promise<string> {
  return mustRun([...sshWords(machine), 'sudo -n sh -e'], { stdin: `${lines.join('\n')}\n` })
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

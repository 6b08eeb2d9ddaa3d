// A setup that finds everything in place, beside an Ansible playbook that ensures the same end state: the same files with
// the same content, the same images, network and containers, and that both services answer.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerBundle } from '../../main/core/desk/bundles.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { artifactFileName } from '../../shared/domain/artifact.ts'
import type { Plan, PlanStep } from '../../shared/domain/plan.ts'
import { remoteArtifacts, specLabel } from '../../shared/domain/remote-layout.ts'
import { requireMachine } from '../lab/machine/machine-record.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { applianceName, bringPython, type Cost, costOf, lab, runAnsible, targetOf } from './lab-appliance.ts'
import { setUp } from './timed-setup.ts'

const rounds = 5

export const convergeBench: Bench = {
  name: 'converge',
  about:
    'a setup that has nothing to change, beside an Ansible playbook that ensures the same on the same lab appliance',
  targets: [
    { figure: 'rerunMs', atMost: 2000 },
    { figure: 'playbookTimesRerun', atLeast: 10 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(join(folder, 'state'), benchTools(folder))
  try {
    await lab('up', applianceName)
    const bundleFolder: string = JSON.parse(await lab('artifacts', '--json')).folder
    const machine = await requireMachine(applianceName)
    const target = await targetOf(core, machine)
    await bringPython(machine)
    const { bundleId } = must(registerBundle(core, bundleFolder))
    const setup = () => setUp(core, target, bundleId)
    const { plan } = await setup()
    const playbook = join(folder, 'playbook.yaml')
    writeFileSync(playbook, playbookOf(plan, bundleFolder))
    const ansible = async () => {
      const { exitCode, stdout } = await runAnsible(machine, ['ansible-playbook', playbook])
      if (exitCode !== 0 || !/ changed=0 /.test(stdout)) throw new Error(`the playbook did not hold: ${stdout}`)
    }
    const [rerun, cold, played]: [Cost[], Cost[], Cost[]] = [[], [], []]
    await ansible()
    for (let round = 0; round < rounds; round += 1) {
      rerun.push(await costOf(machine, async () => expectNoChange((await setup()).changed)))
      await core.sessions.forget(target)
      cold.push(await costOf(machine, async () => expectNoChange((await setup()).changed)))
      played.push(await costOf(machine, ansible))
    }
    const ms = (costs: readonly Cost[]) => median(costs.map((one) => one.ms))
    const cpu = (costs: readonly Cost[]) => median(costs.map((one) => one.applianceCpuMs))
    return {
      ...{ rerunMs: ms(rerun), coldRerunMs: ms(cold), playbookMs: ms(played) },
      ...{ playbookTimesRerun: ms(played) / ms(rerun), playbookTimesColdRerun: ms(played) / ms(cold) },
      ...{ rerunCpuMs: cpu(rerun), playbookCpuMs: cpu(played) },
    }
  } finally {
    await closeCore(core)
    rmSync(folder, { recursive: true, force: true })
    await lab('down', applianceName)
  }
}

function expectNoChange(changed: number): void {
  if (changed !== 0) throw new Error(`a rerun changed ${changed} things`)
}

/** JSON is YAML. `become`: as Rackside, it acts as root over sudo. */
function playbookOf(plan: Plan, bundleFolder: string): string {
  const tasks = plan.steps.flatMap((step) => tasksOf(step, bundleFolder))
  return JSON.stringify([{ hosts: 'all', become: true, tasks }], null, 1)
}

function tasksOf({ id, spec }: PlanStep, bundleFolder: string): object[] {
  const told = (command: string, holds: string) => ({
    ...{ name: id, register: 'told', changed_when: false },
    'ansible.builtin.command': command,
    failed_when: `told.rc != 0 or not (${holds})`,
  })
  if (spec.kind === 'artifact') {
    const name = artifactFileName(spec.artifact.sha256)
    // What an image was loaded from is not kept.
    if (spec.artifact.kind === 'image') return []
    const file = { src: join(bundleFolder, 'artifacts', name), dest: `${remoteArtifacts}/${name}`, mode: '0644' }
    return [{ name: id, 'ansible.builtin.copy': file }]
  }
  if (spec.kind === 'image') return [told(`docker image inspect ${spec.image.configDigest}`, 'true')]
  if (spec.kind === 'network') return [told(`docker network inspect ${spec.name}`, 'true')]
  if (spec.kind === 'container') {
    const asked = `docker inspect --format {{ '{{json .State.Status}} {{index .Config.Labels "${specLabel}"}}' | quote }}`
    const holds = `'running' in told.stdout and '${spec.specDigest}' in told.stdout`
    return [told(`${asked} rackside-${spec.spec.deployment}`, holds)]
  }
  // A vendor's own test that has passed is not run again by either: the playbook has nothing to ensure there.
  if (spec.kind === 'probe') return []
  // A solution on an appliance with an engine has no other steps.
  if (spec.kind !== 'ready' || spec.hostPort === undefined) throw new Error(`there is no task for ${id}`)
  return [{ name: id, 'ansible.builtin.uri': { url: `http://127.0.0.1:${spec.hostPort}${spec.readyPath}` } }]
}

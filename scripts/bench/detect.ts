// What a detection costs beside Ansible's setup and `ssh host nvidia-smi`, in time and in the appliance's own processor
// time, and what watching it once a second costs beside its vendor tool alone. On an appliance of the lab with eight
// GPUs, so this needs root and Linux; the lab's first appliance is booted for it, and goes with it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { detect } from '../../main/core/appliances.ts'
import type { Core } from '../../main/core/context.ts'
import { watchAppliance } from '../../main/core/observe.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { stopWatches } from '../../main/core/watches.ts'
import { nvidia } from '../../shared/facts/accelerators/nvidia.ts'
import { mustRun, runCommand } from '../lab/host/run-command.ts'
import { type MachineRecord, requireMachine } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'
import {
  applianceName,
  bringPython,
  type Cost,
  costOf,
  type LoginTarget,
  lab,
  runAnsible,
  targetOf,
} from './lab-appliance.ts'

const rounds = 5
const watchedSeconds = 30
/** What the sampler has answered once a second, without the sampler; and the same by a call of its own each second. */
const toolStream = nvidia.sampleProbe.stream?.replace(/^exec /, '') ?? ''
const toolCall = nvidia.sampleProbe.shell

export const detectBench: Bench = {
  name: 'detect',
  about: `a full detection beside "ansible -m setup" and "ssh host nvidia-smi" on a lab appliance, and ${watchedSeconds} s of watching eight GPUs beside their tool alone`,
  targets: [
    { figure: 'ansibleTimesOpen', atLeast: 5 },
    { figure: 'ansibleTimesCold', atLeast: 5 },
    { figure: 'beyondToolCorePercent', atMost: 1 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(join(folder, 'state'), benchTools(folder))
  try {
    await lab('up', applianceName, '--accelerators', 'nvidia-h20x8')
    const machine = await requireMachine(applianceName)
    const target = await targetOf(core, machine)
    await bringPython(machine)
    return { ...(await detections(core, machine, target)), ...(await watching(core, machine, target)) }
  } finally {
    await closeCore(core)
    rmSync(folder, { recursive: true, force: true })
    await lab('down', applianceName)
  }
}

/** Alternating, so that what else this machine does falls on all of them. */
async function detections(core: Core, machine: MachineRecord, target: LoginTarget): Promise<Figures> {
  const [ssh = '', ...login] = sshWords(machine)
  const costs: Record<'cold' | 'open' | 'ansible' | 'sshTool', Cost[]> = {
    cold: [],
    open: [],
    ansible: [],
    sshTool: [],
  }
  const facts = async () => void must(await detect(core, target))
  await facts()
  const ansible = () => runAnsible(machine, ['ansible', 'all', '-m', 'setup'])
  // Without it the figures are missing, and no target is met.
  const hasAnsible = (await ansible()).exitCode === 0
  for (let round = 0; round < rounds; round += 1) {
    await core.sessions.forget(target)
    costs.cold.push(await costOf(machine, facts))
    costs.open.push(await costOf(machine, facts))
    if (hasAnsible) costs.ansible.push(await costOf(machine, ansible))
    costs.sshTool.push(await costOf(machine, () => mustRun([ssh, ...login, 'nvidia-smi'])))
  }
  const ms = (kind: keyof typeof costs) => median(costs[kind].map((one) => one.ms))
  const cpu = (kind: keyof typeof costs) => median(costs[kind].map((one) => one.applianceCpuMs))
  const ofAnsible = {
    ...{ ansibleMs: ms('ansible'), ansibleCpuMs: cpu('ansible'), ansibleCpuTimesOpen: cpu('ansible') / cpu('open') },
    ...{ ansibleTimesCold: ms('ansible') / ms('cold'), ansibleTimesOpen: ms('ansible') / ms('open') },
  }
  return {
    ...{
      coldMs: ms('cold'),
      openMs: ms('open'),
      sshToolMs: ms('sshTool'),
      sshToolTimesOpen: ms('sshTool') / ms('open'),
    },
    ...{ openCpuMs: cpu('open'), coldCpuMs: cpu('cold'), sshToolCpuMs: cpu('sshTool') },
    ...(hasAnsible ? ofAnsible : {}),
  }
}

/** Watching, the tool alone once a second in both ways, and nothing, each for as long. */
async function watching(core: Core, machine: MachineRecord, target: LoginTarget): Promise<Figures> {
  const stop = new AbortController()
  let samples = 0
  const watched = (async () => {
    for await (const item of watchAppliance(core, target, stop.signal)) if (item.link === 'up') samples += 1
  })()
  await sleep(5000)
  samples = 0
  const sampling = await costOf(machine, () => sleep(watchedSeconds * 1000))
  const samplesCounted = samples
  stop.abort()
  await watched
  stopWatches(core)
  await core.sessions.forget(target)
  await sleep(3000)
  const idle = await costOf(machine, () => sleep(watchedSeconds * 1000))
  const [ssh = '', ...login] = sshWords(machine)
  const loop = `i=0; while [ $i -lt ${watchedSeconds} ]; do (${toolCall}) >/dev/null & sleep 1; i=$((i + 1)); done; wait`
  const calls = await costOf(machine, () => runCommand([ssh, ...login, loop]))
  const stream = await costOf(machine, () => runCommand([ssh, ...login, `timeout ${watchedSeconds} ${toolStream}`]))
  const percent = ({ applianceCpuMs, ms }: Cost) => (applianceCpuMs / ms) * 100
  return {
    samples: samplesCounted,
    ...{ watchedCorePercent: percent(sampling), idleCorePercent: percent(idle) },
    ...{ toolCallsCorePercent: percent(calls), toolStreamCorePercent: percent(stream) },
    beyondToolCorePercent: percent(sampling) - percent(stream),
  }
}

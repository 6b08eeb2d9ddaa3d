// What a detection costs beside Ansible's setup and `ssh host nvidia-smi`, in time and in the appliance's own processor
// time, and what watching it once a second costs beside its vendor tool alone. On an appliance of the lab with eight
// GPUs, so this needs root and Linux; the lab's first appliance is booted for it, and goes with it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { detect } from '../../main/core/appliances.ts'
import type { Core } from '../../main/core/context.ts'
import { openKeyFile } from '../../main/core/desk.ts'
import { trustHostKey } from '../../main/core/host-keys.ts'
import { stopWatches, watchAppliance } from '../../main/core/observe.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import type { Target } from '../../shared/contract/contract.ts'
import { nvidia } from '../../shared/facts/accelerators/nvidia.ts'
import { groupFolders } from '../lab/host/control-group.ts'
import { mustRun, runCommand } from '../lab/host/run-command.ts'
import { type MachineRecord, requireMachine } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'

const applianceName = 'rackside-lab-1'
const rounds = 5
/** Debian 12's. */
const pythonFiles = ['usr/bin/python3.11', 'usr/lib/python3.11']
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

/** In a process of its own, which finds the files that it puts into an appliance. */
function lab(...words: string[]): Promise<string> {
  return mustRun([process.execPath, 'scripts/run.mjs', 'lab/main.ts', ...words])
}

/** Ansible's modules need more of Python than the appliance has: this machine's own goes there beside it. */
async function bringPython(machine: MachineRecord): Promise<void> {
  const [ssh = '', ...login] = sshWords(machine)
  const pack = `tar cC / --exclude=test --exclude=__pycache__ --exclude=dist-packages ${pythonFiles.join(' ')}`
  await mustRun(['sh', '-c', `${pack} | "$@"`, 'sh', ssh, ...login, 'sudo -n tar xC /'])
}

type LoginTarget = Extract<Target, { by: 'address' }>

async function targetOf(core: Core, machine: MachineRecord): Promise<LoginTarget> {
  const { credentialId } = must(await openKeyFile(core, { file: machine.identityFile }))
  const address = { host: machine.address, port: machine.port, user: machine.user }
  must(await trustHostKey(core, { address, fingerprint: machine.hostKeyFingerprint }))
  return { by: 'address', address, credentialId }
}

type Cost = { readonly ms: number; readonly applianceCpuMs: number }

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
  const ansible = () => runCommand(ansibleWords(machine), { environment: { LC_ALL: 'C.UTF-8' } })
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

function ansibleWords(machine: MachineRecord): string[] {
  const { address, port, user, identityFile } = machine
  const knownHosts = sshWords(machine).find((word) => word.startsWith('UserKnownHostsFile='))
  return [
    ...['ansible', 'all', '-i', `${address},`, '-m', 'setup', '-u', user, '--private-key', identityFile],
    ...['-e', `ansible_port=${port}`, '-e', `ansible_python_interpreter=/${pythonFiles[0]}`],
    ...['--ssh-common-args', `-F none -o ControlPath=none -o ${knownHosts}`],
  ]
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

async function costOf(machine: MachineRecord, work: () => Promise<unknown>): Promise<Cost> {
  const [cpuBefore, began] = [applianceCpuMs(machine), performance.now()]
  await work()
  return { ms: performance.now() - began, applianceCpuMs: applianceCpuMs(machine) - cpuBefore }
}

/** Of everything that ever ran in its control group, since it was booted. */
function applianceCpuMs({ name }: MachineRecord): number {
  const [group = ''] = groupFolders(name, readFileSync('/proc/self/mounts', 'utf8'))
  const used = /^usage_usec (\d+)$/m.exec(readFileSync(join(group, 'cpu.stat'), 'utf8'))
  if (used === null) throw new Error(`${group} counts no processor time`)
  return Number(used[1]) / 1000
}

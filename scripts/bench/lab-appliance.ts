// What the benches on an appliance of the lab share: how to reach it, Ansible against it, and what a piece of work costs
// it. They need root and Linux.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { trustHostKey } from '../../main/core/access/host-keys.ts'
import type { Core } from '../../main/core/context.ts'
import { openKeyFile } from '../../main/core/desk/desk.ts'
import type { Target } from '../../shared/contract/contract.ts'
import { groupFolders } from '../lab/host/control-group.ts'
import { mustRun, runCommand } from '../lab/host/run-command.ts'
import { firstMachineNumber, type MachineRecord, machineName } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'
import { must } from './bench-tools.ts'

export const applianceName = machineName(firstMachineNumber)

/** Debian 12's. */
const pythonFiles = ['usr/bin/python3.11', 'usr/lib/python3.11']

/** In a process of its own, which finds the files that it puts into an appliance. */
export function lab(...words: string[]): Promise<string> {
  return mustRun([process.execPath, 'scripts/run.mjs', 'lab/main.ts', ...words])
}

/** Ansible's modules need more of Python than the appliance has: this machine's own goes there beside it. */
export async function bringPython(machine: MachineRecord): Promise<void> {
  const [ssh = '', ...login] = sshWords(machine)
  const pack = `tar cC / --exclude=test --exclude=__pycache__ --exclude=dist-packages ${pythonFiles.join(' ')}`
  await mustRun(['sh', '-c', `${pack} | "$@"`, 'sh', ssh, ...login, 'sudo -n tar xC /'])
}

export type LoginTarget = Extract<Target, { by: 'address' }>

export async function targetOf(core: Core, machine: MachineRecord): Promise<LoginTarget> {
  const { credentialId } = must(await openKeyFile(core, { file: machine.identityFile }))
  const address = { host: machine.address, port: machine.port, user: machine.user }
  must(await trustHostKey(core, { address, fingerprint: machine.hostKeyFingerprint }))
  return { by: 'address', address, credentialId }
}

/** `words`: of ansible or ansible-playbook, without what says where to and how. */
export function runAnsible(machine: MachineRecord, words: readonly [string, ...string[]]) {
  const { address, port, user, identityFile } = machine
  const knownHosts = sshWords(machine).find((word) => word.startsWith('UserKnownHostsFile='))
  const where = [
    ...['-i', `${address},`, '-u', user, '--private-key', identityFile],
    ...['-e', `ansible_port=${port}`, '-e', `ansible_python_interpreter=/${pythonFiles[0]}`],
    ...['--ssh-common-args', `-F none -o ControlPath=none -o ${knownHosts}`],
  ]
  return runCommand([...words, ...where], { environment: { LC_ALL: 'C.UTF-8' } })
}

export type Cost = { readonly ms: number; readonly applianceCpuMs: number }

export async function costOf(machine: MachineRecord, work: () => Promise<unknown>): Promise<Cost> {
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

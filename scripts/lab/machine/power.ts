// Power of an appliance: on (systemd-nspawn, detached from this program), off by its own shutdown, and
// the power cut. nspawn runs in a control group of the lab's own, so that a cut takes everything.
import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BaseImage } from '../base/base-image.ts'
import { machineFolders } from '../folders.ts'
import { killGroup, makeGroup } from '../host/control-group.ts'
import { childrenOf, identifyProcess, isAlive, type ProcessIdentity, signalProcess } from '../host/process-identity.ts'
import { unmountBelow } from '../host/remove-tree.ts'
import { LabFailure } from '../lab-failure.ts'
import { isRunning, type MachineRecord, writeMachine } from './machine-record.ts'
import { bridge, cableOf, ensureNetwork, pullCable } from './network.ts'
import { mountTree } from './tree.ts'

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export async function powerOn(record: MachineRecord, base: BaseImage): Promise<MachineRecord> {
  await ensureNetwork()
  await mountTree(record.name, base)
  const log = openSync(machineFolders(record.name).consoleLog, 'a')
  const group = await makeGroup(record.name)
  const child = spawn('sh', ['-c', superviseScript, group, ...nspawnWords(record.name)], {
    stdio: ['ignore', log, log],
    detached: true,
    cwd: '/',
    env: { PATH: process.env['PATH'], SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1', LC_ALL: 'C' },
  })
  child.unref()
  const identity = child.pid === undefined ? null : await identifyProcess(child.pid)
  if (identity === null) {
    throw new LabFailure(
      'appliance-never-ready',
      `systemd-nspawn did not start: see ${machineFolders(record.name).consoleLog}`,
    )
  }
  const running = { ...record, process: identity }
  await writeMachine(running)
  return running
}

/**
 * nspawn ends with 133 when the appliance reboots itself, and leaves starting again to its caller. It also
 * moves itself into groups of its own below ours: those are cleared before it starts again.
 */
const superviseScript = `
while :; do
  echo $$ > "$0/cgroup.procs" || exit 1
  find "$0" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null
  "$@"
  [ $? -eq 133 ] || exit 0
done`

function nspawnWords(name: string): string[] {
  const folders = machineFolders(name)
  const devices = ['/dev/fuse', '/dev/net/tun'].filter((device) => existsSync(device))
  return [
    ...['systemd-nspawn', '--quiet', `--directory=${folders.root}`, `--machine=${name}`, '--boot'],
    ...[`--network-bridge=${bridge}`, '--register=no', '--keep-unit', '--capability=all'],
    ...['--system-call-filter=@keyring bpf @mount', '--resolv-conf=off', '--timezone=off'],
    ...['--link-journal=no', '--console=pipe'],
    ...devices.map((device) => `--bind=${device}`),
    `--bind=${folders.docker}:/var/lib/docker`,
    `--bind=${folders.containerd}:/var/lib/containerd`,
  ]
}

/** A power cut: nothing inside gets a chance to say anything. */
export async function powerCut(record: MachineRecord): Promise<MachineRecord> {
  if (record.process !== null) {
    const known = (await isRunning(record)) ? await processTree(record.process) : []
    const leader = await findLeader(record)
    const cable = leader === null ? undefined : await cableOf(leader.pid)
    // From the top: the supervisor must not see nspawn end and start it again.
    for (const identity of known) await signalProcess(identity, 'SIGKILL')
    await waitUntilGone(known)
    if (cable !== undefined) await pullCable(cable)
  }
  return switchedOff(record)
}

/** An orderly shutdown; after a deadline it becomes a power cut. */
export async function powerOff(record: MachineRecord, deadlineMs = 20_000): Promise<MachineRecord> {
  const leader = await findLeader(record)
  if (leader === null || record.process === null) return powerCut(record)
  const cable = await cableOf(leader.pid)
  // SIGRTMIN+4 asks systemd for poweroff; Node only knows signals by number here.
  process.kill(leader.pid, 38)
  const end = Date.now() + deadlineMs
  while (Date.now() < end && (await isAlive(record.process))) await pause(100)
  const off = await powerCut(record)
  if (cable !== undefined) await pullCable(cable)
  return off
}

/** Forgets the process, and takes away the mounts and groups that it left. */
async function switchedOff(record: MachineRecord): Promise<MachineRecord> {
  await killGroup(record.name)
  await rm(join('/run/systemd/nspawn/propagate', record.name), { recursive: true, force: true })
  await unmountBelow(machineFolders(record.name).root)
  const off = { ...record, process: null }
  await writeMachine(off)
  return off
}

/** PID 1 of the appliance, as the host numbers it. It changes when the appliance reboots itself. */
export async function findLeader(record: MachineRecord): Promise<ProcessIdentity | null> {
  if (record.process === null || !(await isRunning(record))) return null
  for (const child of await childrenOf(record.process.pid)) {
    const inside = (await childrenOf(child.pid)).find((process) => process.name === 'systemd')
    if (inside !== undefined) return inside
  }
  return null
}

/** The supervisor, nspawn and the appliance's PID 1. */
async function processTree(supervisor: ProcessIdentity): Promise<ProcessIdentity[]> {
  const nspawn = await childrenOf(supervisor.pid)
  const inside = await Promise.all(nspawn.map((process) => childrenOf(process.pid)))
  return [supervisor, ...nspawn, ...inside.flat()]
}

/** Right after power on there is no PID 1 yet: its namespaces are ready when it is systemd. */
export async function waitForLeader(record: MachineRecord): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await findLeader(record)) !== null) return
    await pause(50)
  }
  throw new LabFailure('appliance-never-ready', `${record.name}: systemd did not start inside`)
}

async function waitUntilGone(identities: readonly ProcessIdentity[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const alive = await Promise.all(identities.map((identity) => isAlive(identity)))
    if (!alive.includes(true)) return
    await pause(50)
  }
  throw new LabFailure('host-command-failed', 'a process of the appliance outlives SIGKILL')
}

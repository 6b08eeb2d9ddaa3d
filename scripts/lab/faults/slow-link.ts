// A site's slow network: bytes from the host to one appliance pass at no more than the given rate. For what a
// person sees in the middle of a run, which on a full-speed bridge is over before it can be looked at.
import { mustRun, runCommand } from '../host/run-command.ts'
import { LabFailure } from '../lab-failure.ts'
import type { MachineRecord } from '../machine/machine-record.ts'
import { cableOf } from '../machine/network.ts'
import { findLeader } from '../machine/power.ts'

export async function slowLink(record: MachineRecord, rate: string | undefined): Promise<string> {
  const megabits = rate !== undefined && /^\d{1,5}$/.test(rate) ? Number(rate) : 0
  if (megabits < 1) throw new LabFailure('usage', 'slow takes megabits a second: fault NAME slow to 100')
  const device = await hostDevice(record)
  const words = ['root', 'tbf', 'rate', `${megabits}mbit`, 'burst', '256kb', 'latency', '100ms']
  await mustRun(['tc', 'qdisc', 'replace', 'dev', device, ...words])
  return `at most ${megabits} Mbit/s to ${record.address}`
}

export async function restoreSpeed(record: MachineRecord): Promise<string> {
  // Fails where nothing was set, which is what is wanted.
  await runCommand(['tc', 'qdisc', 'delete', 'dev', await hostDevice(record), 'root'])
  return `full speed to ${record.address}`
}

async function hostDevice(record: MachineRecord): Promise<string> {
  const leader = await findLeader(record)
  const device = leader === null ? undefined : await cableOf(leader.pid)
  if (device === undefined) throw new LabFailure('host-command-failed', `${record.name} has no cable on this host`)
  return device
}

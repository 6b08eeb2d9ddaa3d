// A hospital without the internet: the console in a network of its own that only the lab's bridge is in, and the appliance,
// each with a way out that leads to nothing and counts every packet that is sent there.
import { mustRun, runCommand } from '../../scripts/lab/host/run-command.ts'
import { bridge } from '../../scripts/lab/machine/network.ts'
import { inside, type LabAppliance } from './lab.ts'

/** A cable whose other end takes nothing that is not addressed to it; neither end makes noise of its own. */
const wayToNowhere = [
  'ip link add out type veth peer name nowhere',
  'for end in out nowhere; do echo 1 >/proc/sys/net/ipv6/conf/$end/disable_ipv6; ip link set $end arp off multicast off up; done',
  'ip route replace default dev out metric 1',
].join(' && ')
const counted = 'cat /sys/class/net/out/statistics/tx_packets'

export type AirGap = {
  /** Words that start a command in the console's network. */
  readonly inFront: readonly string[]
  /** Of the console's computer and of the appliance, since the gap was made. */
  packetsOut(): Promise<{ readonly console: number; readonly appliance: number }>
  close(): Promise<void>
}

/** `number`: of the console's network, other than those of other tests that run beside it. */
export async function airGap(appliance: LabAppliance, number: number): Promise<AirGap> {
  const [name, cable] = [`rackside-gap-${number}`, `rsgap${number}`]
  const inFront = ['ip', 'netns', 'exec', name]
  const remove = async () => {
    await runCommand(['ip', 'link', 'delete', cable])
    await runCommand(['ip', 'netns', 'delete', name])
  }
  // What a run that was cut off left behind.
  await remove()
  await mustRun(['ip', 'netns', 'add', name])
  await mustRun(['ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'lab0', 'netns', name])
  await mustRun(['ip', 'link', 'set', cable, 'master', bridge, 'up'])
  await mustRun([
    ...inFront,
    'sh',
    '-c',
    `ip link set lo up && ip address add 10.78.0.${200 + number}/24 dev lab0 && ip link set lab0 up && ${wayToNowhere}`,
  ])
  await inside(appliance, 'sh', '-c', wayToNowhere)
  const packets = async () => ({
    console: Number(await mustRun([...inFront, 'sh', '-c', counted])),
    appliance: Number(await inside(appliance, 'sh', '-c', counted)),
  })
  const before = await packets()
  return {
    inFront,
    async packetsOut() {
      const now = await packets()
      return { console: now.console - before.console, appliance: now.appliance - before.appliance }
    },
    close: remove,
  }
}

// A server without a container engine: units masked, programs moved aside, no socket. Images and
// containers stay on disk and come back with the undo.
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

const units = 'docker.service docker.socket containerd.service'
const programs = '/usr/bin/docker /usr/sbin/dockerd /usr/bin/containerd /usr/bin/ctr /usr/bin/runc /usr/sbin/runc'
/** Killed often, systemd would give up starting them. */
const killScript = `
systemctl reset-failed docker.service containerd.service 2>/dev/null
for name in dockerd containerd; do kill -9 $(pidof "$name") || true; done
`

const aside = '.rackside-lab-gone'

const goneScript = `
for unit in docker.service docker.socket containerd.service; do systemctl stop "$unit" || true; done
systemctl mask --quiet ${units}
for program in ${programs}; do
  if [ -e "$program" ]; then mv "$program" "$program${aside}"; fi
done
rm -rf /run/docker.sock /run/containerd/containerd.sock
`

const undoScript = `
for program in ${programs}; do
  if [ -e "$program${aside}" ]; then mv "$program${aside}" "$program"; fi
done
systemctl unmask --quiet ${units}
systemctl start containerd.service docker.socket docker.service
`

export async function breakDocker(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', goneScript])
  return 'there is no container engine'
}

/** Both halves of the engine at once; systemd starts them again by itself. */
export async function killDocker(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-c', killScript])
  return 'the engine was killed'
}

export async function restoreDocker(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', undoScript])
  return 'Docker runs'
}

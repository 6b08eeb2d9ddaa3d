// A server that no systemd runs, as everybody sees it who logs in: sshd has a /run/systemd of its own with no more in it
// than sshd itself needs, so that systemctl and systemd-run say there what they say on such a server. The lab and Docker
// go on beside it, with the systemd that boots the appliance. Sessions that are open keep what they began with.
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

const dropIn = '/etc/systemd/system/ssh.service.d/10-rackside-lab-fault.conf'
const restart = 'systemctl daemon-reload && systemctl reset-failed ssh && systemctl restart ssh'

const goneScript = `mkdir -p "$(dirname ${dropIn})"
printf '%s\\n' '[Service]' TemporaryFileSystem=/run/systemd BindPaths=/run/systemd/notify BindPaths=/run/systemd/journal >${dropIn}
${restart}`

const undoScript = `rm -f ${dropIn}
rmdir "$(dirname ${dropIn})" 2>/dev/null || :
${restart}`

export async function hideSystemd(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', goneScript])
  return 'no systemd runs this server, for whoever logs in from now on'
}

export async function showSystemd(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', undoScript])
  return 'systemd runs this server'
}

// Hardened SSH servers: no TCP forwarding, or no SFTP subsystem. Sessions that are open keep the rules
// they began with, as on a real server.
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

const forwardingFile = '/etc/ssh/sshd_config.d/10-rackside-lab-fault.conf'
const sftpMark = '#rackside-lab#'

const scripts = {
  'no-forwarding': `echo 'AllowTcpForwarding no' > ${forwardingFile}`,
  'no-sftp': `sed -i 's/^Subsystem[[:space:]]*sftp/${sftpMark}&/' /etc/ssh/sshd_config`,
  undo: `rm -f ${forwardingFile}; sed -i 's/^${sftpMark}//' /etc/ssh/sshd_config`,
}
const reload = 'sshd -t && systemctl reload ssh'

export async function restrictSshd(record: MachineRecord, how: 'no-forwarding' | 'no-sftp'): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', `${scripts[how]}; ${reload}`])
  return how === 'no-sftp' ? 'sshd has no SFTP subsystem' : 'sshd refuses TCP forwarding'
}

export async function restoreSshd(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', `${scripts.undo}; ${reload}`])
  return 'sshd has its usual rules'
}

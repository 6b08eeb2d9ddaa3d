// SSH servers as they are on real sites: hardened, short of sessions, made for one command, or hung. Sessions that are
// open keep the rules they began with, as on a real server.
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

const configFile = '/etc/ssh/sshd_config.d/10-rackside-lab-fault.conf'
const sftpMark = '#rackside-lab#'
const hideSftp = `sed -i 's/^Subsystem[[:space:]]*sftp/${sftpMark}&/' /etc/ssh/sshd_config`

const configured = (...lines: string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} > ${configFile}`

/** What is done, and one sentence about what holds then. */
const faults = {
  'no-forwarding': [configured('AllowTcpForwarding no'), 'sshd refuses TCP forwarding'],
  'no-sftp': [hideSftp, 'sshd has no SFTP subsystem'],
  hardened: [
    `${configured('AllowTcpForwarding no', 'AllowStreamLocalForwarding no', 'PermitTunnel no')}; ${hideSftp}`,
    'sshd forwards nothing and has no SFTP subsystem',
  ],
  'one-session': [configured('MaxSessions 1'), 'sshd allows one session a connection'],
  'two-sessions': [configured('MaxSessions 2'), 'sshd allows two sessions a connection'],
  'two-startups': [configured('MaxStartups 2'), 'sshd lets two connections log in at once'],
  'forced-command': [configured('ForceCommand echo this account is for backups only'), 'sshd runs one command only'],
} as const
type SshdFault = keyof typeof faults

const undo = `rm -f ${configFile}; sed -i 's/^${sftpMark}//' /etc/ssh/sshd_config`
/** A restart ends when sshd listens again, a reload while it does not; sessions live through both. */
const restart = 'sshd -t && systemctl reset-failed ssh && systemctl restart ssh'
/** Those that serve a session too; they are called sshd-session since OpenSSH 9.8. */
const toEverySshd = (signal: string) => `for pid in $(pgrep '^sshd'); do kill -${signal} "$pid"; done`

export const isSshdFault = (word: string): word is SshdFault => Object.hasOwn(faults, word)

export async function restrictSshd(record: MachineRecord, fault: SshdFault): Promise<string> {
  const [script, sentence] = faults[fault]
  await mustRunInside(record, ['sh', '-ec', `${script}; ${restart}`])
  return sentence
}

export async function freezeSshd(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', toEverySshd('STOP')])
  return 'sshd and its sessions are stopped, and their connections stay open'
}

export async function restoreSshd(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', `${toEverySshd('CONT')}; ${undo}; ${restart}`])
  return 'sshd has its usual rules'
}

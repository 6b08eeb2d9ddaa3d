// English: what happened, where, and what to do next, for every failure.
import { addressText } from '../../domain/appliance.ts'
import { namedRejections, type RejectedVariant } from '../../domain/choice.ts'
import type { FailureOf } from '../../domain/failure.ts'
import { systemName } from '../../domain/partial-platform.ts'
import { bytesText } from '../amounts.ts'
import type { FailureWords } from '../failure-words.ts'
import { rejectedName, rejectionText } from '../rejection-words.ts'
import { alerts } from './alerts.ts'
import { backupFailures } from './backup-failures.ts'
import { bundleFailures } from './bundle-failures.ts'
import { hostFailures } from './host-failures.ts'
import { operatorFailures } from './operator-failures.ts'
import { ownKeyFailures } from './own-key.ts'
import { privilegeFailures } from './privileges.ts'
import { publisherFailures } from './publishers.ts'
import { recorder } from './recorder.ts'
import { rejections } from './rejections.ts'
import { rolloutFailures } from './rollout.ts'
import { runFailures } from './run-failures.ts'
import { servingFailures } from './serving-failures.ts'
import { settingFailures } from './settings.ts'
import { updateFailures } from './update-failures.ts'
import { usage } from './usage-failures.ts'
import { vaultFailures } from './vault-failures.ts'

const unreachable = {
  refused: 'refused the connection',
  timeout: 'did not answer in time',
  'no-route': 'cannot be reached from this network',
  reset: 'closed the connection',
  other: 'cannot be reached',
}
const identity = {
  missing: 'there is no such file',
  unreadable: 'it cannot be read',
  'not-a-key': 'it is not a private key',
  encrypted: 'it is protected by a passphrase',
  'passphrase-wrong': 'the passphrase is not the right one',
}

const anotherKey = 'Name a private key file that this user may read.'
const identityNext = {
  missing: anotherKey,
  unreadable: anotherKey,
  'not-a-key': anotherKey,
  encrypted: 'Give the passphrase of the key.',
  'passphrase-wrong': 'Give the right passphrase.',
}
const sudo = {
  'password-needed': 'sudo asks for a password',
  'password-wrong': 'sudo did not take the password',
  'tty-needed': 'sudo works only on a terminal (requiretty)',
  'not-allowed': 'sudo does not allow it',
  'not-installed': 'sudo is not installed',
  other: 'the reason was not given',
}

const sudoNext: { readonly [reason in FailureOf<'sudo-refused'>['reason']]?: string } = {
  'password-needed': 'Give the password for sudo, or log in as root.',
  'password-wrong': 'Correct the password for sudo. It was sent once and is not tried again by itself.',
  'tty-needed': 'Take "requiretty" out of sudoers for this user, or log in as root.',
}
const agent = {
  'no-agent': 'none is running (SSH_AUTH_SOCK)',
  'no-keys': 'it holds no key that can be used',
  silent: 'it does not answer',
}

const windowRefused = {
  'no-key': 'This window has no key to Rackside.',
  'wrong-key': 'Rackside was started again since this window was opened; its key is not valid any more.',
  'code-used':
    'The code in this address was used already, or is too old. The terminal that Rackside runs in shows a new address.',
}
const desktop = {
  'no-display': 'this computer has no display',
  'not-installed': 'the Electron runtime is not installed',
  'download-stalled': 'downloading the Electron runtime made no progress for 10 s',
  'download-failed': 'the Electron runtime could not be downloaded',
  'did-not-start': 'the Electron runtime did not start',
}

const recordingProblem: { readonly [R in FailureOf<'recording-unusable'>['reason']]: string } = {
  missing: 'there is no recording in this folder',
  unreadable: 'a file of the recording cannot be read',
  'not-a-recording': 'what is in this folder is not a recording of this version',
  'not-empty': 'the folder is not empty',
  unwritable: 'the folder cannot be written to',
}
const recordingNext: { readonly [R in FailureOf<'recording-unusable'>['reason']]: string } = {
  missing: 'Name the folder that `rackside record` wrote.',
  unreadable: 'Check who may read the files in it.',
  'not-a-recording': 'Make it again with `rackside record`.',
  'not-empty': 'Name a folder that does not exist yet.',
  unwritable: 'Name a folder where you may write.',
}

export const failures: FailureWords = {
  'host-unresolved': (f) => ({
    what: `The name ${f.host} has no address.`,
    next: 'Check the spelling, or use the IP address.',
  }),
  'host-unreachable': (f) => ({
    what: `${addressText(f)} ${unreachable[f.reason]}.`,
    next: 'Check that the server is on, that the address and port are right, and that sshd runs.',
  }),
  'host-key-unknown': (f) => ({
    what: `${addressText(f)} shows a host key that is not known here: ${f.keyType} ${f.fingerprint}.`,
    next: 'Compare it with the fingerprint on the server itself; if it is the same, pass it with --fingerprint.',
  }),
  'host-key-changed': (f) => ({
    what: `${addressText(f)} shows another host key than the pinned one. Pinned: ${f.pinned}. Offered: ${f.offered}.`,
    next: 'Nothing was sent. Find out why before anything else: a reinstalled server, another machine at this address, or somebody in between. Only then trust it again, as a step of its own.',
  }),
  'host-key-mismatch': (f) => ({
    what: `${addressText(f)} does not have the host key that was given. Given: ${f.given}. Offered: ${f.offered}.`,
    next: 'Nothing was sent. Check the fingerprint on the server itself, and that the address is the right one.',
  }),
  'login-refused': (f) => ({
    what: `${addressText(f)} refused the login of ${f.user}.`,
    next: `Check the user name and the key or password. The server accepts: ${f.methodsOffered.join(', ') || 'nothing it names'}.`,
  }),
  'identity-unusable': (f) => ({
    what: `The key file ${f.file} cannot be used: ${identity[f.reason]}.`,
    next: identityNext[f.reason],
  }),
  'host-key-revoked': (f) => ({
    what: `${addressText(f)} shows a host key that is revoked: ${f.keyType} ${f.fingerprint}.`,
    next: 'Nothing was sent. Whoever has this key may pretend to be this server: make new host keys on it.',
  }),
  'other-machine': (f) => ({
    what: `Another machine answers at ${addressText(f)}: its machine id is ${f.foundMachine}, the known one is ${f.knownMachine}.`,
    next: 'Nothing was changed there. If this server was reinstalled or replaced, trust it again; otherwise correct the address.',
  }),
  'login-questions': (f) => ({
    what: `${addressText(f)} asks ${f.user} for more than a password: ${f.questions.map((q) => q.text).join(' / ')}`,
    next: 'Log in again with an answer to each of these questions.',
  }),
  'agent-unusable': (f) => ({
    what: `The SSH agent of this computer cannot be used: ${agent[f.reason]}.${f.detail === '' ? '' : ` ${f.detail}`}`,
    next: 'Start the agent and add the key (ssh-add), or log in with a key file.',
  }),
  'jump-refused': (f) => ({
    what: `The jump host ${f.through} does not get through to ${addressText(f)}: ${f.detail}.`,
    next: 'Check the address behind the jump host, and that its sshd allows TCP forwarding.',
  }),
  'algorithms-refused': (f) => ({
    what: `${addressText(f)} has none of the algorithms that are used by default. It offers ${f.detail}.`,
    next: f.weakWouldDo
      ? 'Update its SSH server. Until then you may allow weak algorithms for this appliance alone: --weak-algorithms.'
      : 'Update its SSH server.',
  }),
  'link-lost': (f) => ({
    what: `The connection to ${addressText(f)} was lost.`,
    next: 'Run the same command again; it continues where it stopped.',
  }),
  'deadline-passed': (f) => ({
    what: `No answer within ${f.seconds} s: ${f.what}.`,
    next: 'Try again; if it happens again, look at the load of the server.',
  }),
  'sudo-refused': (f) => ({
    what: `${f.user} cannot act as root: ${sudo[f.reason]}.${f.detail === '' ? '' : ` ${f.detail}`}`,
    next: sudoNext[f.reason] ?? `Log in as root, or allow ${f.user} to use sudo.`,
  }),
  'watch-only': () => ({
    what: 'This appliance is only watched: the saved login may change nothing on it.',
    next: 'For a setup, save it again with a login that may act as root.',
  }),
  'replay-only': () => ({
    what: 'This is a recording, not the appliance: it only answers what was recorded.',
    next: 'Name the appliance itself to watch or change it.',
  }),
  'replay-unknown': () => ({
    what: 'The recording is not held by this console any more.',
    next: 'Give its folder again.',
  }),
  'recording-unusable': (f) => ({ what: `${f.folder}: ${recordingProblem[f.reason]}.`, next: recordingNext[f.reason] }),
  'linux-needed': (f) => ({
    what: `This computer runs ${systemName(f.platform)}; only Linux can be set up, proven, watched, examined and recorded.`,
    next: 'Name a server that runs Linux: ssh://user@host.',
  }),
  'watch-helper-missing': (f) => ({
    what: `The watch helper is not installed for ${f.user}.${f.detail === '' ? '' : ` ${f.detail}`}`,
    next: 'Install it once with a login that may act as root.',
  }),
  'shell-unusable': (f) => ({
    what: `The login shell does not run commands: ${f.detail}`,
    next: 'Give this user a normal shell such as /bin/sh, and see that its start-up files (.bashrc, .profile) neither read input, nor end it, nor start another shell.',
  }),
  'forwarding-refused': (f) => ({
    what: `Port ${f.port} of the server cannot be reached: sshd forbids forwarding (${f.sshdLine}), and none of ${f.relaysTried.join(', ')} is installed there.`,
    next: 'Allow TCP forwarding for this user in sshd_config, or install one of these programs.',
  }),
  'http-failed': (f) => ({
    what: `Port ${f.port} on the server does not answer: ${f.detail}.`,
    next: 'Look at the service behind that port.',
  }),
  'facts-unreadable': (f) => ({
    what: `The server did not say what it is: ${f.detail}`,
    next: 'Try again; if it stays so, its shell or its system is damaged.',
  }),
  'bundle-unusable': (f) => ({
    what: `The folder ${f.folder} is not a usable bundle: ${f.problem}.`,
    next: 'Copy the bundle again from its source.',
  }),
  'bundle-unknown': (f) => ({
    what: `The bundle ${f.bundleId} is not known here any more.`,
    next: 'Open its folder again, or import its file again.',
  }),
  'bundle-for-demo': () => ({
    what: 'This bundle is made for demo appliances: its model and its app play prepared text.',
    next: 'Choose a bundle of a publisher for this server.',
  }),
  'catalog-invalid': (f) => ({
    what: `${f.file}${f.line > 0 ? `, line ${f.line}` : ''}: ${f.problem}.`,
    next: 'Ask the publisher of this catalog for a corrected one.',
  }),
  'solution-unknown': (f) => ({
    what: `There is no solution "${f.solution}" in this bundle.`,
    next: `It has: ${f.known.join(', ') || 'none'}.`,
  }),
  'entry-unknown': (f) => ({
    what: `${f.neededBy} needs "${f.entry}", which is not in this catalog.`,
    next: 'Use a complete bundle.',
  }),
  ...bundleFailures,
  ...hostFailures,
  'engine-unreadable': (f) => ({
    what: `Docker does not answer: ${f.detail}`,
    next: 'Look at it with: systemctl status docker.',
  }),
  'systemd-missing': (f) => ({
    what: `The server does not run systemd, by which these system services would be started: ${f.services.join(', ')}.`,
    next: 'Install and start them in this system’s own way and plan again, or use a server with systemd.',
  }),
  'fact-missing': (f) => ({
    what: `This could not be read: ${f.fact} (${f.why}).`,
    next: 'Nothing is planned on a guess; make it readable and try again.',
  }),
  'no-variant-fits': (f) => ({
    what: `No variant of ${f.entry} fits this server. ${rejectedText(f.rejected)}`,
    next: 'Use a bundle made for this hardware.',
  }),
  'artifact-missing': (f) => ({
    what: `${f.neededBy} needs the artifact "${f.artifact}", which is not in this bundle.`,
    next: 'Use a complete bundle.',
  }),
  'memory-too-small': (f) => ({
    what: `${f.entry} needs ${bytesText(f.needBytes)} of memory, ${bytesText(f.availableBytes)} are free.`,
    next: 'Stop something else, or choose a smaller model.',
  }),
  'disk-too-small': (f) => ({
    what: `${f.path} needs ${bytesText(f.needBytes)} free, and has ${bytesText(f.freeBytes)}.`,
    next: `Free at least ${bytesText(f.needBytes - f.freeBytes)} there.`,
  }),
  'too-few-inodes': (f) => ({
    what: `${f.path} needs room for about ${f.neededFiles} files more, and has it for ${f.freeFiles} (inodes).`,
    next: 'Delete what is not needed there: many small files take more of them than large ones.',
  }),
  'appliance-unknown': (f) => ({
    what: `No appliance is saved as "${f.name}".`,
    next: `Saved: ${f.known.join(', ') || 'none'}.`,
  }),
  'demo-unknown': (f) => ({
    what: `There is no demo appliance "${f.name}".`,
    next: `Demo appliances: ${f.known.join(', ') || 'none'}.`,
  }),
  'demo-not-started': (f) => ({
    what: `The demo appliance ${f.name} could not be started: ${f.detail}.`,
    next: 'Try again; if it stays so, remove the demo appliance and make a new one.',
  }),
  'credential-unknown': () => ({
    what: 'The login for this appliance is not known here any more.',
    next: 'Give the key file or password again.',
  }),
  ...runFailures,
  ...operatorFailures,
  ...vaultFailures,
  ...backupFailures,
  ...updateFailures,
  ...publisherFailures,
  ...ownKeyFailures,
  ...rolloutFailures,
  ...servingFailures,
  ...settingFailures,
  ...privilegeFailures,
  'name-not-confirmed': (f) => ({
    what: `"${f.asked}" had to be typed, and "${f.typed}" was.`,
    next: 'Nothing was changed. Type the name exactly as it is shown.',
  }),
  'host-not-typed': (f) => ({
    what: `"${f.asked}" has to be typed for this, and nobody could be asked.`,
    next: `Run it in a terminal, or pass --type-host ${f.asked} when you have seen the plan.`,
  }),
  'known-hosts-unusable': (f) => ({
    what: `Line ${f.line} of the known hosts cannot be used: ${f.problem}.`,
    next: 'Nothing was imported. Correct the line or take it out, and import again.',
  }),
  'ssh-config-unusable': (f) => ({
    what: `Line ${f.line} of ${f.file} cannot be used: ${f.problem}.`,
    next: 'Correct the line, or add the appliance by hand.',
  }),
  'input-invalid': (f) => ({
    what: `${f.call} was called with something it does not take: ${f.problem}.`,
    next: 'Correct it and try again.',
  }),
  'state-too-new': (f) => ({
    what: `${f.folder} was written by a newer version (format ${f.found}, this version reads ${f.supported}).`,
    next: 'Use the newer version.',
  }),
  'state-unwritable': (f) => ({
    what: `The folder ${f.folder} cannot be used: ${f.detail}.`,
    next: 'Free space or mend its rights, or set RACKSIDE_HOME to another folder.',
  }),
  'audit-unwritable': (f) => ({
    what: `The audit line could not be written, so nothing was done: ${f.detail}.`,
    next: 'Free space or mend the rights of the state folder.',
  }),
  'audit-end-unwritten': (f) => ({
    what: `It was carried out, but the audit has no record of how it ended: ${f.detail}.`,
    next: 'Look at what it left before you do it again. Free space or mend the rights of the state folder.',
  }),
  'audit-unreadable': (f) => ({
    what: `${f.file} cannot be read as an audit: ${f.detail}.`,
    next: "Name the console's state folder, a copy of it, one file of the audit, or a file of checkpoints.",
  }),
  'audit-not-exported': (f) => ({
    what: `The checkpoint did not get to ${f.to}: ${f.detail}.`,
    next: 'Mend the folder or the receiver; what is missing there is sent with the next checkpoint.',
  }),
  'console-lost': () => ({
    what: 'This window has lost its connection to Rackside.',
    next: 'It tries again by itself. Installed services keep running. If Rackside was ended, a run stops after its current step and can be continued: start Rackside again.',
  }),
  'window-refused': (f) => ({
    what: windowRefused[f.reason],
    next: 'Open the address that Rackside printed last, or use "Open another window" in a window that is open.',
  }),
  'port-busy': (f) => ({
    what: `Port ${f.port} of this computer is in use by another program.`,
    next: 'Name another one with --port, or leave it out: then a free one is taken.',
  }),
  'recorder-alert-unusable': (f) => ({
    what: `A recorder cannot tell the channel ${f.channel}: ${recorder.unusable[f.problem]}.`,
    next:
      f.problem === 'no-curl'
        ? 'Have curl installed on the server, or plan the recorder without a channel.'
        : 'Choose another channel: a webhook, or a robot of WeCom, DingTalk or Feishu, whose messages are not signed.',
  }),
  'alert-channel-failed': (f) => ({
    what: `The channel ${f.channel} did not take the message: ${alerts.problems[f.problem]}${f.detail === '' ? '' : ` (${f.detail})`}.`,
    next: 'Correct the channel, or what is in its way, and try it again. Alerts wait for a day.',
  }),
  'no-browser': (f) => ({
    what: 'No browser could be opened here.',
    next: `Open this address in a browser on this computer: ${f.url}`,
  }),
  'desktop-unavailable': (f) => ({
    what: `The desktop window cannot be opened: ${desktop[f.reason]}.${f.detail === '' ? '' : ` ${f.detail}`}`,
    next: 'Use the browser instead: npm run web.',
  }),
  'owner-gone': (f) => ({
    what: `The console that held the state folder ended: ${f.detail}.`,
    next: 'Run the command again.',
  }),
  cancelled: (f) => ({ what: `Cancelled before ${f.at}.`, next: 'Run the same command again to continue.' }),
  internal: (f) => ({
    what: `A defect of rackside ended this command: ${f.detail}\nIf a run was going on, nothing is known about how far it got.`,
    next: 'Look at the server with: rackside status. Then report this defect with the lines above.',
  }),
  usage,
}

function rejectedText(rejected: readonly RejectedVariant[]): string {
  const { named, others } = namedRejections(rejected)
  const texts = named.map(
    (r) => `${rejectedName(r)}: ${r.rejections.map((x) => rejectionText(x, rejections)).join('; ')}`,
  )
  return [...texts, ...(others === 0 ? [] : [rejections.others(others)])].map((text) => `${text}.`).join(' ')
}

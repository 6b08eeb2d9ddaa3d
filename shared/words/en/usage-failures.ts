// English: what is wrong with a command line.
import { demoPreset, drillName } from '../../domain/demo.ts'
import { itemFault } from '../../domain/evaluation-set.ts'
import type { FailureOf } from '../../domain/failure.ts'
import type { UsageWords } from '../help-words.ts'
import { evaluation } from './evaluation.ts'

const languages = 'en (English) and zh-CN (Chinese)'

/** The question at the end, where something near is known. */
const meant = (other: string | undefined) => (other === undefined ? '' : ` Did you mean "${other}"?`)

/** "12 no-question". */
function firstRefused(other: string | undefined): string {
  const [line = '', fault] = (other ?? '').split(' ')
  const known = itemFault.safeParse(fault)
  return known.success ? evaluation.refusal({ line: Number(line), fault: known.data }) : 'it has none'
}

const problems: UsageWords = {
  'unknown-command': ({ word, other }) => `There is no command "${word}".${meant(other)}`,
  'unknown-option': ({ word, command, other }) =>
    `${command === undefined ? 'There is no option' : `"rackside ${command}" has no option`} ${word}.${meant(other)}`,
  'option-elsewhere': ({ word, command, other }) =>
    `The option ${word} has no meaning with "rackside ${command ?? ''}".${meant(other)}`,
  'option-alone': ({ word, other }) => `The option ${word} has no meaning without ${other ?? ''}.`,
  'value-missing': ({ word }) => `The option ${word} needs a value behind it.`,
  'value-too-many': ({ word }) => `The option ${word} takes no value.`,
  'unknown-language': ({ word }) => `Rackside does not speak "${word}"; there are ${languages}.`,
  'deployment-needed': ({ word, other }) =>
    `Several deployments have version ${word}: name one of ${other ?? ''} with --deployment.`,
  'test-needed': () =>
    'Nothing stays connected behind a command: "rackside connect" only tries the way to an appliance, and says so with --test.',
  'no-appliance-named': ({ word: w }) => `"${w}" needs an appliance: ssh://user@host:port or a saved name.`,
  'one-word-too-many': ({ word: w }) => `"${w}" is one word too many.`,
  'not-an-address': ({ word: w }) => `"${w}" is not an address of the form ssh://user@host:port.`,
  'password-in-address': () => 'A password is never part of the address: use --password-stdin.',
  'key-and-password': () => 'Give one way to log in: a key file, the agent or a password.',
  'not-a-descriptor': ({ word: w }) => `"${w}" is not the number of an open file descriptor.`,
  'not-a-window': ({ word: w }) =>
    `"${w}" is no maintenance window: 22:00-05:00, or 22:00-05:00/sat,sun for those days alone.`,
  'not-a-used-model': ({ word: w }) => `"${w}" names no installed model: --use-model SERVICE=DEPLOYMENT or DEPLOYMENT.`,
  'not-a-setting': ({ word: w }) => `"${w}" names no setting: --set SERVICE.NAME=VALUE, --unset SERVICE.NAME.`,
  'not-a-service-port': ({ word: w }) =>
    `"${w}" names no port of a service: --port SERVICE=N with N from 1024 to 65535, or --port SERVICE=default.`,
  'soak-seconds': ({ word: w }) => `"${w}" is no number of whole seconds from 0 to 3600.`,
  'limit-mbit': ({ word: w }) => `"${w}" is no whole number of megabits a second from 1 to 100000.`,
  'not-a-series': ({ word: w }) =>
    `"${w}" is no name of a series. Without --series the command shows which ones there are.`,
  'not-a-record-number': ({ word: w }) => `"${w}" is no number of a record: "rackside audit" lists them.`,
  'not-audit-days': ({ word: w }) =>
    `"${w}" is no time to keep the audit: it is in days, 183 (six months) at least; six years are 2192.`,
  'not-a-checkpoint-place': ({ word: w }) =>
    `"${w}" is no place for checkpoints: name a folder, udp:HOST:PORT or tcp:HOST:PORT for syslog, or "off".`,
  'not-a-time': ({ word: w }) =>
    `"${w}" is no time of the past: "24h", "7d" or 2026-11-20T08:00Z, and --since before --until.`,
  'not-a-format': ({ word: w, other }) => `"${w}" is no format: ${other}.`,
  'not-a-fingerprint': ({ word: w }) => `"${w}" is not a fingerprint: SHA256:... as ssh-keygen -lf prints it.`,
  'solution-and-folder-needed': ({ word: w }) => `"${w}" needs --solution NAME and --from FOLDER|ID.`,
  'not-for-this-machine': ({ word: w }) => `${w} has no meaning with "local": nothing is dialled.`,
  'no-credential-named': ({ word: w }) => `"${w}" needs the id of a kept login; rackside vault list shows them.`,
  'passphrase-source': () =>
    'Each secret needs one source of its own: a file or a descriptor that nothing else is read from.',
  'passphrase-needed': () =>
    'The passphrase of the vault is needed: type it at a terminal, or give --vault-passphrase-fd N or --vault-passphrase-file FILE.',
  'passphrases-differ': () => 'The two passphrases are not the same.',
  'no-console-running': ({ word: w }) =>
    `"${w}" unlocks the vault of a console that is running, and none is. Give --vault-passphrase-fd or --vault-passphrase-file to the command that logs in.`,
  'answers-not-saved': () =>
    '--save remembers how to log in, and answers are good once. Save with --identity FILE, --agent or a password.',
  'password-empty': () => 'The password is empty.',
  'path-too-long': ({ word: w }) => `The path given with ${w} is too long.`,
  'not-one-address': ({ word: w }) => `--address ${w}: write one address of this computer, such as 10.20.0.5.`,
  'not-a-network-name': ({ word: w }) =>
    `--tls-name ${w}: write the name that people type, in small letters, such as rackside.hospital.example.`,
  'not-a-port': ({ word: w }) => `--port ${w}: write a number from 1024 to 65535.`,
  'no-demo-named': ({ word: w }) => `"${w}" needs the name of a demo appliance; rackside demo list shows them.`,
  'unknown-preset': ({ word: w }) => `--preset is one of ${demoPreset.options.join(', ')}, not "${w}".`,
  'unknown-drill': ({ word: w }) =>
    `${w === '' ? 'A drill is needed' : `"${w}" is no drill`}; there are ${drillName.options.join(', ')}.`,
  'not-on-or-off': ({ word: w }) => `A drill is turned on or off, not "${w}".`,
  'operator-needed': ({ word: w }) =>
    `"${w}" needs the name of an operator: letters, digits, and . _ @ - or blanks between them.`,
  'role-needed': ({ word: w }) =>
    `"${w}" needs at least one role: viewer, operator, approver, vendor, auditor, administrator.`,
  'not-a-grant': ({ word: w }) => `"${w}" was given something that is no id of a publisher or no name of an appliance.`,
  'provider-needed': () =>
    '"operators set-provider" needs the issuer, by https, and --client-id with what the provider calls this console.',
  'subject-needed': () => '"operators bind" needs a name and the subject (sub) at the identity provider.',
  'operators-policy': () => 'Minutes go from 1 to 120, hours from 1 to 24, and a second person is "on" or "off".',
  'plan-needed': ({ word: w }) => `"${w}" needs the id of a plan or of a rollout.`,
  'digest-needed': ({ word: w }) => `"${w}" needs the digest of what you looked at, as the list of approvals shows it.`,
  'no-publisher-named': ({ word: w }) => `"${w}" needs the id of a publisher.`,
  'not-a-backup-part': ({ word: w }) => `${w} is no part of a backup: --with takes history or recordings.`,
  'no-file-named': ({ word: w }) => `"${w}" needs the path of a file.`,
  'entry-needed': ({ word: w }) =>
    `Which one? "rackside ${w}" needs the id of an entry; rackside catalog models shows those of models.`,
  'no-such-entry': ({ word: w, other }) =>
    `There is no entry "${w}" in the catalog${other === undefined ? '' : `; did you mean "${other}"?`}`,
  'context-tokens': ({ word: w }) => `"${w}" is no number of tokens from 256 to 2000000.`,
  'not-a-host-name': ({ word: w }) => `"${w}" is no host name with a domain, such as ai.hospital.example.`,
  'certificate-and-key-needed': () =>
    'Which one? "rackside certificate" needs --certificate FILE and --key FILE, or --renew alone.',
  'no-published-sign-in': ({ word: w, other }) =>
    `Nothing that runs there is called “${w}” and still has a published password; those that do: ${other || 'none'}.`,
  'no-such-sign-in': ({ word: w, other }) =>
    `There is no password or key of "${w}" to show. There are: ${other || 'none'}.`,
  'not-a-local-address': ({ word: w }) =>
    `"${w}" is no address of a server in the local network, like 10.0.0.5 or 10.0.0.5:8443.`,
  'not-own-address': ({ word: w, other }) =>
    `${w} is no address of this server, so nothing can be opened there. It has ${other || 'none that others reach'}.`,
  'no-way-in': ({ word: w, other }) =>
    `${other} brings no way in from the network (an ingress), so nothing of it can be opened at ${w}. Ask the vendor for a solution that has one, or leave this out.`,
  'users-at-once': ({ word: w }) => `"${w}" is no number of people from 1 to 10000.`,
  'bundle-needed': ({ word: w }) => `Which one? "rackside ${w}" needs a FILE, a FOLDER or the ID of a bundle.`,
  'bundle-in-one-file': ({ word: w }) =>
    `${w} is a bundle in one file. First: rackside bundle import FILE; then give the id that "rackside bundle list" shows.`,
  'no-such-bundle': ({ word: w, other }) =>
    `There is no folder ${w}, and no one bundle of this name. There are: ${other || 'none'}.`,
  'import-folder-missing': ({ word: w }) => `There is no folder ${w}: make it, then repeat the command.`,
  'not-a-publisher-fingerprint': ({ word: w }) =>
    `"${w}" is not the fingerprint of a publisher: SHA256: and 43 characters, as "rackside vendor sign" prints it.`,
  'out-needed': ({ word: w }) => `"rackside ${w}" needs --out FILE.`,
  'out-other-ending': ({ word: w, other }) =>
    `The file of a bundle ends in .rsb, and "${w}" does not: name it ${other ?? ''}. Nothing was signed or written.`,
  'part-size': ({ word: w }) => `"${w}" is no size of a part: at least 1M, such as 64M or 4G.`,
  'build-needs': () =>
    'It needs --catalog FOLDER, --solution NAME, --sources FILE and either --for FACTS or --hardware CLASS.',
  'init-needs': () =>
    'It needs a FOLDER, and either --publisher-id ID and --publisher-name NAME, or --keys FOLDER of a publisher that is there.',
  'not-an-id': ({ word: w }) => `"${w}" is no id: lower-case letters, digits and hyphens, a letter or digit first.`,
  'valid-days': ({ word: w }) => `"${w}" is no whole number of days from 1 to 3650.`,
  'at-least': ({ word: w }) => `"${w}" is no version: a whole number from 1 to 999999999.`,
  'signing-passphrase-needed': () =>
    "The passphrase of the publisher's keys is needed: type it at a terminal, or give --passphrase-fd N or --passphrase-file FILE.",
  'catalog-needed': ({ word: w }) => `Which one? "rackside ${w}" needs a FOLDER or a FILE.`,
  'folder-needed': ({ word: w }) => `Where to? "rackside ${w}" needs --out FOLDER.`,
  'user-needed': ({ word: w }) => `For whom? "watch-helper ${w}" needs --user NAME.`,
  'login-needed': ({ word: w }) => `How to log in to ${w}? Give --identity FILE or --password-stdin.`,
  'alert-word-needed': ({ word: w, other }) => `"rackside ${w}" needs one word more: ${other ?? ''}.`,
  'not-a-rule': ({ word: w, other }) => `"${w}" is no rule for alerts: ${other ?? ''}, or all.`,
  'not-a-time-ahead': ({ word: w }) => `"${w}" is no time ahead: --until "90m", "24h", "7d", or 2026-11-20T08:00Z.`,
  'bench-number': ({ word: w, other }) => `${w}: write a whole number, ${other ?? ''}.`,
  'bench-levels': ({ word: w, other }) =>
    `--concurrency ${w}: write whole numbers, ${other ?? ''}, with commas between them, each once, 16 at most.`,
  'bench-deployment': ({ word: w, other }) =>
    `Nothing that runs there is called "${w}" and is a model that chats, or a gateway to one; those that are: ${other || 'none'}.`,
  'bench-which': ({ other }) =>
    other === undefined || other === ''
      ? 'No model that chats runs there, nor a gateway to one.'
      : `Which one? Name one of them behind the appliance: ${other}.`,
  'not-an-acceptance': ({ word: w }) =>
    `"${w}" is no acceptance that is kept. "rackside acceptance list" shows their ids.`,
  'file-unreadable': ({ word: w, other }) =>
    `${w} cannot be read: ${other ?? ''}. Name a file that this user may read.`,
  'file-unwritable': ({ word: w, other }) => `${w} cannot be written: ${other ?? ''}. Name another folder.`,
  'file-is-there': ({ word: w }) => `${w} is there already and was not touched. Name another file.`,
  'no-folder-there': ({ word: w }) => `There is no folder ${w}; make it and try again. Nothing was changed.`,
  'canary-deployment': ({ word: w, other }) =>
    `No model service that runs there is called "${w}"; those that are: ${other || 'none'}.`,
  'canary-not-passed': ({ word: w }) =>
    `${w} did not pass, and later results cannot be held to it. Accept one that passed, or only differs from the one before.`,
  'evaluation-deployment': ({ word: w, other }) =>
    `No model that chats and runs there is called "${w}"; those that are: ${other || 'none'}.`,
  'evaluation-which': ({ other }) =>
    other === undefined || other === ''
      ? 'No model that chats runs there.'
      : `Which one? Name one of them behind the appliance: ${other}.`,
  'evaluation-number': ({ word: w, other }) => `${w}: write a whole number, ${other ?? ''}.`,
  'not-an-evaluation': ({ word: w }) =>
    `"${w}" is no evaluation that is kept: "rackside evaluate list" shows which ones are.`,
  'evaluation-done': ({ word: w }) => `${w} is whole: every question of it is answered, and nothing is left to ask.`,
  'evaluation-other-model': ({ word: w }) =>
    `What runs there is not what ${w} was begun with: it is another appliance, or its model, weights or runtime have changed. Begin a new evaluation.`,
  'no-such-set': ({ word: w }) => `This console has no set of questions "${w}". Bring its file again.`,
  'set-too-large': ({ word: w }) => `${w} is larger than a set of questions may be (32 MiB). Divide it.`,
  'set-not-text': ({ word: w }) => `${w} is no text in UTF-8. Save it as UTF-8, and bring it again.`,
  'set-unknown-form': ({ word: w }) =>
    `${w} is no set of questions that is known: a CSV with the columns Question, Options and Answer (CMExam), JSON lines with question, options and answer_idx (MedQA), or a JSON list with question, option and answer (CMB).`,
  'set-no-items': ({ word: w, other }) => `No question of ${w} can be asked: ${firstRefused(other)}.`,
  'not-a-canary': ({ word: w }) =>
    `"${w}" is no result that is kept: "rackside canary list APPLIANCE" shows which ones are.`,
  'log-container': ({ word: w, other }) =>
    `Nothing of Rackside's that is there is called "${w}"; what there is: ${other || 'none'}.`,
  'logs-open': ({ word: w }) =>
    `${w} logs of this appliance are being read already, and more would take the channels of what watches it: close one.`,
  'terminal-here': () =>
    'Rackside opens no terminal on the computer that it runs on: that one has terminals of its own.',
  'terminals-open': ({ word: w, other }) =>
    other === 'appliance'
      ? `${w} terminals of this appliance are open already, and its sshd has sessions for no more: close one.`
      : `${w} terminals are open already, which is all that this console opens at once: close one.`,
  'terminal-gone': () => 'This terminal is not open any more.',
  'terminal-refused': ({ word: w }) =>
    `The server opened no terminal for this login: ${w}. Its sshd may forbid one (PermitTTY), or the login has no shell.`,
  'no-session-left': ({ word: w }) =>
    `The sshd of ${w} opens no further session on this connection: what it allows at once (MaxSessions) is in use by Rackside itself. Try again later, or allow more there.`,
  'not-a-recorded-terminal': ({ word: w }) =>
    `"${w}" is no recording that is kept: "rackside terminal recordings" shows which ones are.`,
  'log-lines': ({ word: w, other }) => `--tail ${w}: write a whole number, ${other ?? ''}.`,
  'not-a-bench': ({ word: w }) =>
    `"${w}" is no result that is kept; --compare takes two ids, and --list shows which ones there are.`,
}

export function usage(failure: FailureOf<'usage'>): { what: string; next: string } {
  const { problem, command } = failure
  const about = command === undefined ? '' : `${command.split(' ')[0]} `
  return { what: problems[problem](failure), next: `See: rackside ${about}--help` }
}

// English: what is said about support bundles.
import type { SupportWords } from '../support-words.ts'
import { many } from './many.ts'

const names = {
  kept: 'Names, addresses and serial numbers are as they are: somebody chose to keep them.',
  other:
    'Names of machines and people, addresses and serial numbers have others in their place, the same for the same in all files.',
}

export const support: SupportWords = {
  about: (at, keepsNames) => `A support bundle of Rackside, made ${at} (UTC).

In it: versions; the state of the console in numbers; its audit of these appliances; of each appliance the facts
(a recording: rackside doctor --replay FOLDER reads it), findings of the doctor, the last verdict, the last run, and the
last lines of the logs of engines, gateways and what publishes.

Not in it: secrets of any kind; what people asked a model and what it answered. Lines of logs that may hold that are
left out, and so are the logs of apps. In the facts names are always others.
${keepsNames ? names.kept : names.other}

Every file is plain text. Read them before you hand them to anybody.
`,
  asking: (count) => (count === 0 ? 'Looking at this console…' : `Asking ${many(count, 'appliance')}…`),
  file: (name, size) => `  ${name}  ${size}`,
  dropped: ({ logLines, secrets }) =>
    `Left out: ${many(logLines, 'line')} of logs that may hold what somebody asked. Secrets found and taken out: ${secrets}.`,
  vaultLocked:
    'The vault is locked, so the secrets in it could not be looked for. Nothing that is gathered should hold one; to make sure, unlock it and try again.',
  unreached: (list) => `Not reached: ${list}. The reason is in the bundle.`,
  written: (file, files, size) => `The support bundle is written: ${file}, ${many(files, 'file')}, ${size}.`,
  lookFirst: 'Read it before you hand it to anybody: every file in it is plain text.',
}

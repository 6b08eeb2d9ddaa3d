// English: the audit.
import { actText, cameText } from '../audit-text.ts'
import type { AuditWords } from '../audit-words.ts'
import { auditActs as acts } from './audit-acts.ts'
import { failureNames } from './failure-names.ts'

const results = {
  ok: 'done',
  failed: 'failed',
  left: 'nobody waited for its end',
  unknown: 'no result recorded',
} as const

const coded = {
  ...{ acts, results, failureNames },
  outcomes: {
    ...{ done: 'done', failed: 'failed', cancelled: 'cancelled', stopped: 'stopped', 'cut-off': 'cut off' },
    ...{ 'out-of-time': 'out of time', passed: 'passed', accepted: 'accepted', open: 'left open', refused: 'refused' },
  },
  login: 'login',
  about: (act: string, what: string) => `${act} (${what})`,
  caused: (result: string, failure: string) => `${result} (${failure})`,
  planned: {
    'set-up': (what: string, version: string) => `${what} ${version}`,
    'roll-back': (what: string, version: string) => `${what} back to ${version}`,
    'renew-certificate': (what: string) => `new certificate of ${what}`,
    uninstall: () => 'everything removed',
  },
  drill: (drill: string, on: boolean) => `${drill} ${on ? 'on' : 'off'}`,
} as const

const problems: AuditWords['problems'] = {
  'line-strange': ({ file, number }) => `${file}: lines before record ${number} are no records`,
  'record-changed': ({ file, number }) => `${file}: record ${number} was changed after it was written`,
  'number-wrong': ({ file, number }) => `${file}: before record ${number} records are missing, doubled or out of order`,
  'link-broken': ({ file, number }) => `${file}: record ${number} does not follow the one before it`,
  'begin-missing': ({ number }) => `it begins at record ${number}, and nothing says that older ones were removed`,
  'segment-wrong': ({ file, number }) => `${file}: record ${number} does not begin or end a segment as it should`,
  'key-unannounced': ({ file, number }) =>
    `${file}: the key at record ${number} was not made way for by the key before it`,
  'legacy-changed': ({ file }) => `${file}, which is older than the chain, was changed`,
  'legacy-missing': ({ file }) => `${file}, which is older than the chain, is gone`,
  'checkpoint-unsigned': ({ number }) => `the signature of the checkpoint for record ${number} is wrong`,
  'checkpoint-of-other': ({ number }) => `the checkpoint for record ${number} is of another audit`,
  'checkpoint-differs': ({ number }) => `record ${number} is another one than its checkpoint says`,
  'checkpoint-beyond': ({ number }) => `the end was cut off: a checkpoint names record ${number}, which is not there`,
  'copy-differs': ({ file, number }) => `record ${number} is another one than the copy in ${file} says`,
}

const notes: AuditWords['notes'] = {
  gap: ({ number }) => `a line before record ${number} was cut short when it was written; no act rests on it`,
  'cut-end': ({ file }) => `the last line of ${file} was cut short when it was written; no act rests on it`,
  removed: ({ number }) => `begins at record ${number}: what is older was removed after its time`,
  'checkpoint-of-removed': ({ number }) => `the checkpoint for record ${number} is of what was removed after its time`,
  voided: ({ number }) => `the act of record ${number} was refused: its record was not known to be on the disk`,
  'no-checkpoint': () =>
    'no checkpoint from elsewhere was given: that nothing was cut off at the end, or all of it written anew, is not shown',
  part: ({ number }) => `only a part was given, from record ${number} on`,
}

export const audit: AuditWords = {
  ...{ ...coded, problems, notes },
  intact: ({ records, first, last, lastAt, endShownTo }) => {
    if (records === 0) return 'There are no records.'
    const until = `the last of ${lastAt ?? '?'}`
    return endShownTo === null
      ? `Consistent in itself: records ${first} to ${last}, ${until}. Whether the end is missing cannot be seen (no checkpoint).`
      : `Unchanged: ${records} records, ${first} to ${last}, ${until}.`
  },
  broken: (count) => `This audit is not as it was written: ${count} ${count === 1 ? 'finding' : 'findings'}.`,
  agree: ({ agree, highest }) => `${agree} checkpoints from elsewhere agree, up to record ${highest}.`,
  line: (entry, local) => {
    const { record, isWhole } = entry
    const { number, who, appliance, demo } = record
    const place = appliance?.name ?? appliance?.host
    const where = place === undefined ? '' : ` on ${place}`
    const result = cameText(coded, entry)
    const marks = `${demo === true ? ' [demo]' : ''}${isWhole ? '' : ' [changed]'}`
    return `${number}  ${local}  ${who}: ${actText(coded, entry)}${where}${marks}${result === undefined ? '' : `: ${result}`}`
  },
  nothing: 'Nothing was found.',
  older: (number) => `There are older ones: --before ${number}`,
  exported: (entries, file) => `${entries} acts are in ${file}.`,
  checkpoint: (number, hash) => `Checkpoint: record ${number}, ${hash}`,
  keptHereOnly: 'Kept here only: no place is set (rackside audit send-to).',
  kept: (days) => `The audit is kept for ${days} days.`,
  sentTo: (places) => `Checkpoints go to ${places}.`,
  sentNowhere: 'Checkpoints stay on this computer. "rackside audit send-to" puts them elsewhere too.',
}

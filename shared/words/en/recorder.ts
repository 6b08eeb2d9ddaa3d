// English: the recorder.
import type { RecorderWords } from '../recorder-words.ts'

export const recorder: RecorderWords = {
  planned: (bytes, seconds, host) =>
    `The recorder goes on measuring every ${seconds} s while no console watches: a script of Rackside under systemd, as root, at the lowest priority. It keeps at most ${bytes} on the server; a console fetches it. ${
      host === undefined
        ? 'It sends nothing anywhere.'
        : `The server itself tells ${host}, whether or not a console watches, when a service or Docker does not run, the disk is almost full or an accelerator is gone, and when that is over; nothing that was measured is sent. The address of the channel, with its secret, then lies on the server, readable by root only.`
    } It is taken away on the page of the appliance, by "rackside recorder off" or by an uninstall.`,
  saidBy: 'The recorder on the server itself says this, whether or not a console watches.',
  unusable: {
    unknown: 'there is no such channel',
    'other-kind': 'it is no webhook and no robot',
    signed: 'its messages are signed, and the secret of that stays in this console',
    'no-curl': 'curl is not installed on the server',
  },
  tells: (host) => `It tells ${host} of plain trouble.`,
  tellsNobody: 'It tells nobody.',
  untold: (at, code) =>
    `The last message did not get out (${at}, ${code === 0 ? 'it was refused' : `curl ended with ${code}`}); it is tried again.`,
  none: 'There is no recorder on this server: nothing is measured while no console watches. A set-up puts one there where it is wanted: in the review, or with --record.',
  runs: (since) => `The recorder has been running since ${since}.`,
  stopped: 'The recorder is there, but does not run: a set-up that wants it (--record) starts it again.',
  script: {
    'as-wanted': undefined,
    other:
      'Its script is not the one of this console: another version, or somebody changed it. A set-up that wants it (--record) puts it right.',
    missing: 'Its script is missing: a set-up that wants it (--record) puts it right.',
  },
  size: (bytes, limit, seconds) => `It holds ${bytes} of ${limit} at most, one sample every ${seconds} s.`,
  newest: (at) => `It wrote last at ${at}.`,
  fetched: (samples, stored) =>
    samples === 0
      ? 'This console has everything that the recorder measured.'
      : `${samples} samples of the recorder were read; ${stored} numbers were new to this console.`,
  removed: 'The recorder is gone from this server, with all that it had measured there.',
}

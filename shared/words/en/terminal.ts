// English: recorded terminals.
import type { ListedRecording, TerminalEndReason } from '../../domain/terminal.ts'
import type { TerminalWords } from '../terminal-words.ts'

const reasons: { readonly [R in TerminalEndReason]: string } = {
  exited: 'the shell ended',
  closed: 'it was closed',
  left: 'its window was closed or lost its console',
  idle: 'nothing was typed or shown for 15 minutes',
  'too-long': 'it was open for 8 hours',
  'link-lost': 'the connection to the server was lost',
  'record-full': 'its recording had reached 50 MB',
  'record-failed': 'its recording could not be written any more',
  'console-ended': 'the console was closed',
}

const states = {
  going: 'open now',
  whole: 'unchanged',
  broken: 'changed or damaged',
  missing: 'gone',
  unproven: 'not sealed',
} as const

const cutOff = 'the console ended in the middle of it'

function ended(reason: TerminalEndReason, exitCode: number | undefined): string {
  return exitCode === undefined || exitCode === 0 ? reasons[reason] : `${reasons[reason]} (exit code ${exitCode})`
}

function head({ recordingId, startedAt, appliance, user, who, demo, end, state }: ListedRecording): string {
  const how = end === null ? cutOff : `${end.seconds} s, ${ended(end.reason, end.exitCode)}`
  const place = `${user} on ${appliance}${demo === true ? ' [demo]' : ''}, opened by ${who}`
  return `${recordingId}  ${startedAt}  ${place}: ${state === 'going' ? states.going : `${how}; ${states[state]}`}`
}

export const terminal: TerminalWords = {
  ...{ reasons, states, cutOff, ended, head },
  nothing: 'No terminal was recorded here.',
}

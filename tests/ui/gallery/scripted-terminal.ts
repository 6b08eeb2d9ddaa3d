// Terminals of a server as a page sees them: none yet, one that is open, a hostile one, a flood, one that has ended or was
// refused, and the recordings of earlier ones.
import { ORPCError } from '@orpc/client'
import type { ListedRecording, TerminalEvent } from '../../../shared/domain/terminal.ts'
import hostile from '../../fixtures/terminal/hostile.json'
import { answers, fails, flows, type Script, streams } from './pretend-console.ts'

type Terminal = NonNullable<Script['terminal']>

const id = 'terminal-0123456789abcdef'
const prompt = '\u001b[1;32mops@radiology-01\u001b[0m:\u001b[1;34m~\u001b[0m$ '

const open: TerminalEvent = {
  ...{ event: 'open', terminalId: id, recordingId: 'recorded-0123456789abcdef', user: 'ops' },
}

export function shows(text: string): TerminalEvent {
  return { event: 'shown', text }
}

function recording(number: number, more: Partial<ListedRecording> = {}): ListedRecording {
  const startedAt = `2026-11-2${number}T08:40:00.000Z`
  return {
    ...{
      recordingId: `recorded-000000000000000${number}`,
      who: 'Li Wei',
      appliance: 'Radiology-01',
      host: '10.78.0.11',
    },
    ...{ port: 22, user: 'ops', machineId: 'a'.repeat(32), startedAt, state: 'whole', storedBytes: 18_220 * number },
    end: { reason: 'exited', exitCode: 0, seconds: 187 * number, bytes: 18_220 * number, digest: 'b'.repeat(64) },
    ...more,
  }
}

export const recordings = [
  recording(8, { state: 'going', end: null }),
  recording(6, {
    ...{ state: 'broken', who: 'Dr. Zhang (night shift)' },
    end: { reason: 'link-lost', seconds: 5012, bytes: 90_210, digest: 'c'.repeat(64) },
  }),
  recording(5, { end: { reason: 'idle', seconds: 901, bytes: 4021, digest: 'd'.repeat(64) } }),
  recording(3, { state: 'unproven', end: null }),
  recording(2, { state: 'missing', storedBytes: 0 }),
]

const castHead = '{"version":2,"width":80,"height":24,"timestamp":1795600000,"env":{"TERM":"xterm-256color"}}'
const cast = [
  [0.1, `${prompt}uptime\r\n`],
  [1.2, ' 08:41:02 up 12 days,  3:17,  1 user,  load average: 0.42, 0.40, 0.38\r\n'],
  [1.3, `\u001b]0;I am root\u0007${prompt}cat 通知.txt\r\n`],
  [4.9, '今晚 22:00 维护，请提前保存。\u202e\r\n'],
  [5.4, `${prompt}exit\r\nlogout\r\n`],
].map(([seconds, text]) => JSON.stringify([seconds, 'o', text]))
const kept = {
  recordings: answers(recordings),
  recording: answers({ text: `${[castHead, ...cast].join('\n')}\n`, next: null }),
}
const typed = { type: answers({}), resize: answers({}), close: answers({}) }

const session = [
  shows('Linux radiology-01 5.10.0-60.139.0.166.oe2203.x86_64\r\n\r\n'),
  shows(`${prompt}ls --color\r\n\u001b[1;34mmodels\u001b[0m  \u001b[1;32mcheck.sh\u001b[0m  readme.txt  通知.txt\r\n`),
  shows(`${prompt}cat 通知.txt\r\n今晚 22:00 维护，请提前保存。\r\n`),
  shows(`${prompt}./check.sh\r\n\u001b[32mok\u001b[0m  disk\r\n\u001b[33mwarn\u001b[0m clock is 3 s ahead\r\n`),
  shows(`\u001b[31merror\u001b[0m no such device: /dev/davinci8\r\n${prompt}`),
]

export const terminalBefore: Terminal = { ...kept, recordings: answers([]) }
export const terminalKept: Terminal = kept
export const terminalOpen: Terminal = { ...kept, ...typed, open: streams([open, ...session]) }

export const terminalHostile: Terminal = {
  ...{ ...kept, ...typed },
  open: streams([
    open,
    shows(
      '\u001b]0;I am root\u0007\u001b]52;c;cm0gLXJmIC8=\u0007\u001b]8;;http://evil.example/\u0007a link?\u001b]8;;\u0007\r\n',
    ),
    shows('\u001b[c\u001b[6n\u001b[21t\u001bP$qm\u001b\\\u001b]11;?\u0007\u001b[?1003hinvoice\u202efdp.exe\r\n'),
    shows(prompt),
  ]),
}

/** Every sequence that is known to do harm, cut in the middle, and a line behind them. */
const sequences = Object.values(hostile).flatMap((group) =>
  Object.values(group as Record<string, string | readonly [string, string]>).map((one) =>
    typeof one === 'string' ? one : one[0],
  ),
)
export const terminalSequences: Terminal = {
  ...{ ...kept, ...typed },
  open: streams([
    open,
    ...sequences.flatMap((text) => {
      const middle = Math.ceil(text.length / 2)
      return [shows(text.slice(0, middle)), shows(text.slice(middle))]
    }),
    // Out of whatever mode or string they have left it in.
    shows('\u001b\\\u001b[0m\r\nall of them came\r\n'),
  ]),
}

export const terminalEnded: Terminal = {
  ...{ ...kept, ...typed },
  open: streams([open, ...session, { event: 'end' as const, end: { reason: 'idle' as const, seconds: 1290 } }]),
}

export const terminalUnrecorded: Terminal = {
  ...{ ...kept, ...typed },
  open: streams([
    ...[open, ...session],
    {
      ...{ event: 'end' as const, end: { reason: 'record-failed' as const, seconds: 77 } },
      failure: {
        kind: 'state-unwritable' as const,
        folder: '/home/li/.local/state/rackside',
        detail: 'ENOSPC: no space left on device, write',
      },
    },
  ]),
}

export const terminalRefused: Terminal = {
  ...kept,
  open: async () => {
    throw new ORPCError('REFUSED', { data: { kind: 'usage', problem: 'no-session-left', word: '10.78.0.11' } })
  },
}

export const terminalUnlisted: Terminal = {
  recordings: fails({ kind: 'state-unwritable', folder: '/home/li', detail: 'EIO' }),
}

/** So many bytes of "y", each message a task of its own, as a link brings them. */
export function floodOf(bytes: number): Terminal {
  async function* flood(): AsyncGenerator<TerminalEvent, void> {
    yield open
    const piece = 'y\r\n'.repeat(10_000)
    for (let at = 0; at < bytes; at += piece.length) {
      await new Promise((resolve) => setTimeout(resolve))
      yield shows(piece)
    }
    yield shows(`\r\n${prompt}`)
    await new Promise(() => undefined)
  }
  return { ...kept, ...typed, open: flows(flood) }
}

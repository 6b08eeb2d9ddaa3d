// `rackside terminal` against a console that is played: which recordings there are, and what one of them showed, safe for the
// terminal that it is read in.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { runTerminal } from '../../../../../main/shells/cli/terminal-verbs.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { ListedRecording } from '../../../../../shared/domain/terminal.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const whole: ListedRecording = {
  ...{
    recordingId: 'recorded-0badcafe0badcafe',
    who: 'li',
    appliance: 'ward',
    host: '10.0.0.5',
    port: 22,
    user: 'ops',
  },
  ...{ machineId: null, startedAt: '2026-11-28T08:00:00.000Z', state: 'whole', storedBytes: 90 },
  end: { reason: 'exited', exitCode: 3, seconds: 12, bytes: 90, digest: 'a'.repeat(64) },
}
const cutOff: ListedRecording = {
  ...{ ...whole, recordingId: 'recorded-1111111111111111', appliance: 'lab', end: null, state: 'unproven', demo: true },
}
const pieces = [
  '{"version":2,"width":80,"height":24}\n[0.5,"o","$ cat x\\r\\n\\u001b]52;c;cm0=\\u0007one "]\n',
  '[0.7,"o","line\\u202e\\r\\n"]\n[0.8,"r","90x20"]\nnonsense\n[0.9,"o","last"]\n',
]

async function play(line: string, language: Language = 'en') {
  const [said, results, asked]: [string[], unknown[], unknown[]] = [[], [], []]
  const client = {
    product: {
      terminal: {
        recordings: async () => ok([whole, cutOff]),
        recording: async (input: { from: number }) => {
          asked.push(input)
          return ok(input.from === 0 ? { text: pieces[0], next: 77 } : { text: pieces[1], next: null })
        },
      },
    },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: () => undefined, tick: () => undefined },
    ...{ prompt: () => undefined, echo: () => undefined, leave: () => undefined, confirm: async () => undefined },
    result: (value: unknown) => void results.push(value),
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) return { failure: read.failure, said, results, asked }
  if (read.value.verb !== 'terminal') throw new Error(`read as ${read.value.verb}`)
  const outcome = await runTerminal({ client, terminal, words: wordsOf(language) }, read.value)
  return { outcome, failure: outcome.ok ? undefined : outcome.failure, said, results, asked }
}

describe('rackside terminal', () => {
  it('lists what was recorded, the newest last, of one appliance where it is named', async () => {
    const { said, results } = await play('terminal recordings')
    expect(said).toEqual([
      'recorded-1111111111111111  2026-11-28T08:00:00.000Z  ops on lab [demo], opened by li: the console ended in the middle of it; not sealed',
      'recorded-0badcafe0badcafe  2026-11-28T08:00:00.000Z  ops on ward, opened by li: 12 s, the shell ended (exit code 3); unchanged',
    ])
    expect(results).toEqual([{ recordings: [whole, cutOff] }])
    for (const named of ['ward', '10.0.0.5 '])
      expect((await play(`terminal recordings ${named.trim()}`)).said.join()).toContain('recorded-0badcafe')
    expect((await play('terminal recordings nowhere')).said).toEqual(['No terminal was recorded here.'])
  })

  it('shows one piece by piece, a line that goes on in the next piece whole, and no control of a terminal', async () => {
    const { said, results, asked } = await play('terminal show 0badcafe0badcafe')
    expect(said.slice(1)).toEqual(['$ cat x', '␛]52;c;cm0=␇one line\ufffd', 'last'])
    expect(asked).toEqual([0, 77].map((from) => ({ recordingId: whole.recordingId, from })))
    expect(results).toMatchObject([
      { recording: whole, events: [[0.5, 'o', expect.stringContaining('\u001b]52')], {}, {}, {}] },
    ])
  })

  it.each([
    ['terminal show', 'not-a-recorded-terminal'],
    ['terminal show ../audit', 'not-a-recorded-terminal'],
    ['terminal show 2222222222222222', 'not-a-recorded-terminal'],
    ['terminal open ward', 'unknown-command'],
    ['terminal recordings ward more', 'one-word-too-many'],
  ])('refuses %s', async (line, problem) => {
    expect((await play(line)).failure).toMatchObject({ kind: 'usage', problem })
  })

  it('says it in Chinese', async () => {
    expect((await play('terminal recordings', 'zh-CN')).said.join('')).toMatch(
      /使用中控制台意外终止.*shell 已退出（退出码 3）/,
    )
  })
})

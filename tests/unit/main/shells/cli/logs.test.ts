// `rackside logs` against a console that is played: which log it asks for, what it says of it, and what is in its result.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { LogEvent, LogSource } from '../../../../../shared/domain/log.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const ward = { name: 'ward', address: { host: 'h', port: 22, user: 'ops' }, credentialId: 'key-1', demo: false }
const several: LogSource[] = [
  { container: 'rackside-chat', deployment: 'chat', isUp: true },
  { container: 'rackside-chat-previous', deployment: 'chat', isUp: false },
  { container: 'rackside-notes', deployment: 'notes', isUp: true },
]
const lines: LogEvent[] = [
  { event: 'open' },
  { event: 'lines', lines: [{ atMs: 0, stream: 'stdout', text: 'one' }] },
  { event: 'lost', failure: { kind: 'link-lost', host: 'h', port: 22, during: 'docker logs' } },
  { event: 'open' },
  { event: 'lines', lines: [{ atMs: null, stream: 'stderr', text: 'two\u001b[2J', cutBytes: 9 }] },
  { event: 'stopped' },
]

type Played = { readonly sources?: LogSource[]; readonly events?: LogEvent[]; readonly language?: Language }

async function play(line: string, { sources = several, events = lines, language = 'en' }: Played = {}) {
  const [said, complaints, asked, results]: [string[], string[], object[], unknown[]] = [[], [], [], []]
  const client = {
    product: {
      appliances: { list: async () => ok([ward]) },
      logs: {
        sources: async () => ok(sources),
        follow: async (input: object) => {
          asked.push(input)
          return (async function* () {
            yield* events
          })()
        },
      },
    },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: (text: string) => void complaints.push(text) },
    ...{ tick: () => undefined, prompt: () => undefined, echo: () => undefined, leave: () => undefined },
    ...{ result: (value: unknown) => void results.push(value), confirm: async () => undefined },
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) return { failure: read.failure, said, complaints, asked, results }
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf(language))
  return { outcome, said, complaints, asked, results }
}

const of = { target: { by: 'name', name: 'ward' } }

describe('rackside logs', () => {
  it('lists what writes where several do, and reads the only one where there is one', async () => {
    expect((await play('logs ward')).said).toEqual([
      'Several services write there. Name one of them behind the appliance:',
      '  chat (rackside-chat)',
      '  chat (rackside-chat-previous, does not run)',
      '  notes (rackside-notes)',
    ])
    expect((await play('logs ward', { sources: several.slice(2) })).asked).toMatchObject([
      { container: 'rackside-notes' },
    ])
    expect((await play('logs ward', { sources: [] })).said).toEqual([wordsOf('en').logs.nothing])
  })

  it.each([
    ['logs ward chat', { container: 'rackside-chat', follow: false, tailLines: 200 }],
    ['logs ward rackside-chat-previous --tail 0', { container: 'rackside-chat-previous', follow: false, tailLines: 0 }],
    ['logs ward notes --follow --since 1h', { container: 'rackside-notes', follow: true, sinceSeconds: 3600 }],
  ])('asks for what is wanted: %s', async (line, input) => {
    expect((await play(line)).asked).toMatchObject([{ ...of, ...input }])
  })

  it('says each line with its time, what was cut, and what became of the way there', async () => {
    const { said, complaints, results, outcome } = await play('logs ward chat --follow')
    expect(outcome).toEqual(ok(0))
    expect(said).toEqual(['1970-01-01T00:00:00.000Z one', 'two\u001b[2J [cut: 9 bytes more]'])
    expect(complaints).toEqual([expect.stringMatching(/connection to h:22 was lost/), expect.stringMatching(/stopped/)])
    expect(results).toMatchObject([
      { container: 'rackside-chat', lines: [{ text: 'one' }, { cutBytes: 9 }], olderLines: 0 },
    ])
  })

  it('keeps the newest lines for its result', async () => {
    const some = (at: number): LogEvent => ({
      event: 'lines',
      lines: Array.from({ length: 500 }, (_, one) => ({ atMs: 0, stream: 'stdout', text: `${at * 500 + one}` })),
    })
    const { results } = await play('logs ward chat', { events: Array.from({ length: 21 }, (_, at) => some(at)) })
    const [result] = results as { lines: { text: string }[]; olderLines: number }[]
    expect([result?.lines.length, result?.lines[0]?.text, result?.olderLines]).toEqual([10_000, '500', 500])
  })

  it.each([
    ['logs ward nope', 'log-container'],
    ['logs ward chat --tail 10001', 'log-lines'],
    ['logs ward chat --tail x', 'log-lines'],
    ['logs ward chat --since soon', 'not-a-time'],
    ['logs ward chat more', 'one-word-too-many'],
    ['status ward --follow', 'option-elsewhere'],
  ])('refuses %s', async (line, problem) => {
    const { failure, outcome } = await play(line)
    expect(failure ?? (outcome?.ok === false ? outcome.failure : undefined)).toMatchObject({ kind: 'usage', problem })
  })

  it('says it in Chinese', async () => {
    const { said, complaints } = await play('logs ward chat --follow', { language: 'zh-CN' })
    expect([...said, ...complaints].join('')).toMatch(/已截断.*暂时读不到日志.*容器已停止/s)
  })
})

// `rackside history`: the series there are, their values as text, and times as people write them.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { readTime } from '../../../../../main/shells/cli/history-words.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { HistoryTrouble, SeriesHistory } from '../../../../../shared/domain/history.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const cpu: SeriesHistory = {
  ...{ name: 'host/cpu', kind: 'gauge', unit: 'percent', atMs: [0], min: [1], max: [3], sum: [4], n: [2] },
  ...{ last: [3], gaps: [] },
}

async function play(line: string, trouble?: HistoryTrouble) {
  const [said, complaints, asked, results]: [string[], string[], object[], unknown[]] = [[], [], [], []]
  const state = {
    bytes: 3 * 1024 * 1024,
    limitBytes: 8 * 1024 ** 3,
    lost: 0,
    appliances: [],
    ...(trouble && { trouble }),
  }
  const client = {
    product: {
      appliances: { list: async () => ok([{ name: 'ward', target: {}, address: { host: 'h', port: 22, user: 'o' } }]) },
      observe: {
        history: async (input: object) => {
          asked.push(input)
          return ok({ fromMs: 0, toMs: 1, stepMs: 1000, series: [cpu] })
        },
        historySeries: async () => ok(['host/cpu']),
        historyState: async () => ok(state),
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
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf('en'))
  return { outcome, said, complaints, asked, results }
}

describe('rackside history', () => {
  it('says which series there are and what all of it takes', async () => {
    const { outcome, said, complaints } = await play('history ward')
    expect([outcome, complaints]).toEqual([ok(0), []])
    expect(said).toEqual(['  host/cpu', 'The history of all appliances takes 3 MiB on this computer, 8 GiB at most.'])
  })

  it.each<[HistoryTrouble, RegExp]>([
    [{ kind: 'newer-format', found: 3 }, /newer version.*format 3/],
    [{ kind: 'set-aside', file: 'history.db.damaged', atMs: 1 }, /history\.db\.damaged/],
    [{ kind: 'not-stored', detail: 'database or disk is full', sinceMs: 1 }, /disk is full/],
  ])('says what is wrong with it: %j', async (trouble, text) => {
    expect((await play('history ward', trouble)).complaints.join()).toMatch(text)
    for (const language of ['en', 'zh-CN'] as const)
      expect(wordsOf(language).upkeep.history.trouble(trouble)).not.toBe('')
  })

  it('gives the values of series for a time', async () => {
    const line = 'history ward --series host/cpu --since 2026-11-20T08:00Z --until 2026-11-20T09:00+01:00'
    expect(await play(line)).toMatchObject({
      outcome: { ok: false, failure: { problem: 'not-a-time' } },
    })
    const { said, asked } = await play(line.replace('+01:00', 'Z'))
    expect(said).toEqual([
      'time,series,kind,unit,value,min,max,samples',
      '1970-01-01T00:00:00.000Z,host/cpu,gauge,percent,2,1,3,2',
    ])
    const fromMs = Date.UTC(2026, 10, 20, 8)
    expect(asked).toMatchObject([{ series: ['host/cpu'], fromMs, toMs: fromMs + 3_600_000 }])
    expect((await play('history ward --series host/cpu --format prometheus')).said[1]).toMatch(
      /^rackside_cpu_percent\{appliance="ward"/,
    )
  })

  it.each([
    ['history ward --series ../etc', 'not-a-series'],
    ['history ward --since yesterday', 'not-a-time'],
    ['history ward --format xml', 'not-a-format'],
    ['detect ward --series host/cpu', 'option-elsewhere'],
  ])('%s is %s', async (line, problem) => {
    expect(await play(line)).toMatchObject({ failure: { kind: 'usage', problem } })
  })
})

describe('a time', () => {
  const now = Date.UTC(2026, 10, 20, 8)
  it.each<[string, number | undefined]>([
    ['90m', now - 90 * 60_000],
    ['7d', now - 7 * 24 * 3_600_000],
    ['2026-11-19', Date.UTC(2026, 10, 19)],
    ['2026-11-19T08:00', Date.UTC(2026, 10, 19, 8)],
    ['2026-11-19T08:00:01.5Z', Date.UTC(2026, 10, 19, 8, 0, 1, 500)],
    ['2026-11-19T08:00+08:00', Date.UTC(2026, 10, 19, 0)],
    ['1960-01-01', undefined],
    ['2026-13-01', undefined],
    ['24', undefined],
    ['', undefined],
  ])('%j', (text, atMs) => {
    expect(readTime(text, now)).toBe(atMs)
  })
})

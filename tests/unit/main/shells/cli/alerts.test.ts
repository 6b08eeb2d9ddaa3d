// Alerts from the command line, against a real core: what is said, what is the one result, and that no secret is taken
// from a file or an argument.
import { openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noteObservation } from '../../../../../main/core/alerts/note.ts'
import { runAlerts } from '../../../../../main/shells/cli/alerts-verbs.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { receiveWeb } from '../../../../support/web-receiver.ts'

const unused = () => {
  throw new Error('not used')
}

function person(language: Language = 'en') {
  let made = 0
  const { clientAs, core } = pretendCore(undefined, undefined, {
    pause: (_, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
    randomId: () => (++made).toString(16).padStart(8, '0'),
  })
  const said: string[] = []
  const complained: string[] = []
  const results: unknown[] = []
  const terminal = {
    ...{ tick: unused, confirm: unused, prompt: unused, echo: unused, leave: unused },
    complain: (line: string) => void complained.push(line),
    say: (line: string) => void said.push(line),
    result: (value: unknown) => void results.push(value),
  }
  const client = clientAs('admin')
  const run = async (...words: string[]) => {
    const read = readCommandLine(['alerts', ...words])
    if (!read.ok || read.value.verb !== 'alerts') return read
    return runAlerts({ client, terminal, words: wordsOf(language) }, read.value)
  }
  const seen = (values: readonly { name: string; value: number }[], seconds: number) => {
    const atMs = Date.parse(core.tools.now()) + seconds * 1000
    noteObservation(core, { appliance: '10.0.0.5:22', atMs, everyMs: 10_000 }, { of: 'metrics', values })
  }
  return { client, core, said, complained, results, run, seen }
}

const taken = [{ name: 'deployment/ward-model/taken-back', value: 1 }]
const untaken = [{ name: 'deployment/ward-model/taken-back', value: 0 }]

describe('rackside alerts', () => {
  it('says that nothing is wrong, and that nobody would be told', async () => {
    const { run, said, results } = person()
    expect(await run()).toEqual(ok(0))
    expect(said).toEqual(['No alerts.', 'Nobody is told: there are no channels.'])
    expect(results).toEqual([{ active: [], quiets: [], channels: [] }])
  })

  it.each<[Language, string, string]>([
    [
      'en',
      'alert-00000001  [warning] 10.0.0.5:22 ward-model: its publisher has taken back the version that runs; Since: 2026-11-20T08:00:00.000Z',
      'acknowledged by li',
    ],
    [
      'zh-CN',
      'alert-00000001  [警告] 10.0.0.5:22 ward-model：正在运行的版本已被发布者撤回；开始时间：2026-11-20T08:00:00.000Z',
      '已由 li 确认',
    ],
  ])('in %s lists what is wrong, who is at it, and what was', async (language, line, by) => {
    const { run, said, seen } = person(language)
    seen(taken, 0)
    await run('list')
    expect(said[0]).toBe(line)
    expect(await run('ack', 'alert-00000001')).toEqual(ok(0))
    await run('list')
    expect(said.some((one) => one.startsWith(line) && one.includes(by))).toBe(true)
    seen(untaken, 10)
    said.length = 0
    await run('history')
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('alert-00000001')
  })

  it.each<[Language, RegExp[]]>([
    [
      'en',
      [
        /^alert-00000001 {2}\[warning\] ward-model: its publisher has taken back/,
        /^Appliance: 10\.0\.0\.5:22$/,
        /^2026-11-20T08:00:00\.000Z {2}It began$/,
        /It had lasted long enough/,
        /^2026-11-20T08:00:00\.000Z {2}li acknowledged it$/,
        /It was over: it is well again$/,
        /^No run and no act on this appliance is recorded/,
        /^Runs and acts from 2026-11-20T07:45:00\.000Z to/,
      ],
    ],
    [
      'zh-CN',
      [/\[警告\] ward-model：正在运行的版本已被发布者撤回/, /异常开始$/, /li 已确认$/, /没有该设备的运行和操作记录/],
    ],
  ])('in %s tells what happened around one, active or over, as a line of events', async (language, lines) => {
    const { run, said, seen, results } = person(language)
    seen(taken, 0)
    await run('ack', 'alert-00000001')
    expect(await run('show', 'alert-00000001')).toEqual(ok(0))
    expect(results.at(-1)).toMatchObject({ alert: { id: 'alert-00000001' }, unit: 'state', demo: false, acts: 'whole' })
    seen(untaken, 10)
    said.length = 0
    expect(await run('show', 'alert-00000001')).toEqual(ok(0))
    const all = said.map((line, place) => [line, place] as const)
    const places = lines.map((wanted) => all.find(([line]) => wanted.test(line))?.[1])
    expect(places, said.join('\n')).not.toContain(undefined)
    expect(places).toEqual([...places].sort((a, b) => (a ?? 0) - (b ?? 0)))
    expect(await run('show', 'alert-9')).toMatchObject({ failure: { kind: 'input-invalid' } })
  })

  it('shows what an appliance says of itself as one harmless line of the report', async () => {
    const { run, said, seen } = person()
    seen([{ name: 'deployment/<b>x</b>\u001b[2J\nIt was over/taken-back', value: 1 }], 0)
    expect(await run('show', 'alert-00000001')).toEqual(ok(0))
    expect(said.join('')).toContain('<b>x</b>')
    for (const line of said) expect(line).not.toMatch(/\p{Cc}/u)
  })

  it('is silent about one rule at one appliance until a time, and no longer than somebody wants', async () => {
    const { run, said, results } = person()
    expect(await run('silence', 'temperature', '10.0.0.5:22', '--until', '2h')).toEqual(ok(0))
    const quiet = results.at(-1) as { id: string; untilMs: number }
    expect(quiet).toMatchObject({ kind: 'silence', rule: 'temperature', appliance: '10.0.0.5:22' })
    expect(Math.abs(quiet.untilMs - Date.now() - 7_200_000)).toBeLessThan(60_000)
    expect(await run('maintenance', 'all', '--until', '1d')).toEqual(ok(0))
    expect(said.at(-1)).toMatch(/maintenance; all alerts; all appliances: nobody is told until/)
    expect(await run('end', quiet.id)).toEqual(ok(0))
    expect(await run('end', quiet.id)).toMatchObject({ failure: { kind: 'input-invalid' } })
  })

  it.each([
    [['silence'], 'alert-word-needed'],
    [['silence', 'heat', '--until', '2h'], 'not-a-rule'],
    [['silence', 'all'], 'not-a-time-ahead'],
    [['silence', 'all', '--until', 'tomorrow'], 'not-a-time-ahead'],
    [['silence', 'all', '--until', '2020-01-01T00:00Z'], 'not-a-time-ahead'],
    [['ack'], 'alert-word-needed'],
    [['show'], 'alert-word-needed'],
    [['test'], 'alert-word-needed'],
    [['set-channel'], 'alert-word-needed'],
    [['set-channel', 'x.json', '--password-fd', 'hunter2'], 'not-a-descriptor'],
  ])('does not understand %j', async (words, problem) => {
    expect(await person().run(...words)).toMatchObject({ failure: { kind: 'usage', problem } })
  })

  it('takes a channel from a file, its secret from a descriptor, and tries it', async () => {
    const { origin, received, close } = await receiveWeb(() => ({ status: 500 }))
    const { run, client, said, results } = person()
    await client.desk.createVault({ passphrase: 'correct horse battery' })
    const [file, secret] = [join(temporaryFolder(), 'hook.json'), join(temporaryFolder(), 'secret')]
    const way = { kind: 'webhook', url: `${origin}/{token}` }
    writeFileSync(file, JSON.stringify({ id: 'hook', atLeast: 'info', list: 'first', language: 'en', way }))
    writeFileSync(secret, 'to-ken\nhunter2\n')
    expect(await run('set-channel', file, '--password-fd', String(openSync(secret, 'r')))).toEqual(ok(0))
    expect(JSON.stringify(results)).not.toMatch(/hunter2|to-ken/)
    expect(results.at(-1)).toMatchObject({
      way: { keyId: expect.stringMatching(/^password-/), hmacId: expect.stringMatching(/^password-/) },
    })
    expect(await run('test', 'hook')).toMatchObject({
      failure: { kind: 'alert-channel-failed', problem: 'refused', detail: 'HTTP 500' },
    })
    expect(received.map(({ url }) => url)).toEqual(['/to-ken'])
    await run('channels')
    expect(said.at(-1)).toBe('hook: webhook; info; first list')
    expect(await run('remove-channel', 'hook')).toEqual(ok(0))
    await close()
  })

  it.each([
    ['not there', undefined],
    ['no JSON', '{'],
    ['no object', '3'],
    ['no channel', '{"id":"hook"}'],
    [
      'with a secret in it',
      '{"id":"hook","atLeast":"info","list":"first","language":"en","way":{"kind":"wecom","key":"hunter2"}}',
    ],
  ])('refuses a file that is %s, and repeats nothing of it', async (_, content) => {
    const file = join(temporaryFolder(), 'hook.json')
    if (content !== undefined) writeFileSync(file, content)
    const refused = await person().run('set-channel', file)
    expect(refused).toMatchObject({ failure: { kind: 'input-invalid' } })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
  })
})

// The demo against a console that is played: the order of the journey, what it tells, when it is not content, and
// that the demo appliance is taken away however it ends.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { refuse } from '../../../../../main/core/refusal.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { DemoInvocation } from '../../../../../main/shells/cli/demo-arguments.ts'
import { playDemo } from '../../../../../main/shells/cli/demo-journey.ts'
import { runDemo } from '../../../../../main/shells/cli/demo-verbs.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import type { Sample, WatchItem } from '../../../../../shared/domain/sample.ts'
import type { ApplianceVerdict, VerdictState } from '../../../../../shared/domain/verdict.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'

const name = 'demo-ascend-8'
const bundleFolder = '/home/it staff/demo/rackside-demo'
const demo = { name, preset: 'ascend-8', address: { host: '127.0.0.1', port: 40_022, user: 'ops' }, drills: [] }
/** Ready to be pasted, whatever is in the path. */
const nextCommand = `rackside setup ${name} --solution ward --from '${bundleFolder}'`
const run = 'run-20261120T080000Z-0badcafe'
const { facts, catalog } = planCase('eight-910b4')
const bare = planFor(facts, catalog)
const devices = facts.accelerators.flatMap((r) => (r.devices.state === 'known' ? r.devices.value : []))
const nothingToDo = planFor(planCase('installed').facts, planCase('installed').catalog)

const verdictOf = (state: VerdictState): ApplianceVerdict => ({
  state,
  reason: state === 'healthy' ? 'answers' : 'a-deployment-is-not-healthy',
  deployments: [
    {
      ...{ deployment: 'ward-model', entry: 'llama-cpp', version: '7', state, reason: 'answers', rungs: [] },
      proof: {
        ...{ ttftMs: 12.345, tokensPerSecond: { state: 'known', value: 20.06 } },
        ...{ outputTokens: 32, answer: 'Ready.', finishReason: 'stop' },
      },
    },
  ],
})
const begun: RunEvent = { event: 'run-begin', run, steps: 10 }
const ended = { event: 'run-end', run, changed: 9, unchanged: 1, sentBytes: 77 } as const
const events = (state: VerdictState = 'healthy'): RunEvent[] => [
  begun,
  ended,
  { event: 'verified', stillToDo: [], verdict: verdictOf(state) },
]
const samples = (percents: number[], seen = devices): WatchItem[] =>
  percents.map((percent, sequence) => ({
    link: 'up',
    sample: {
      ...{ sequence, atMs: sequence, silent: [] },
      ...{ host: {} as Sample['host'] },
      accelerators: seen.map((one) => ({ ...one, utilizationPercent: { state: 'known', value: percent } })),
    },
  }))

type Played = {
  plans?: Plan[]
  /** One list of events for each run. */
  runs?: RunEvent[][]
  /** The answers of status, the last one again and again. */
  verdicts?: VerdictState[]
  watched?: WatchItem[]
  again?: Plan[]
  create?: Result<never>
  remove?: Result<unknown>
  answer?: boolean
  language?: Language
  /** Called with the name of each call. */
  onCall?: (name: string) => void
}

const pace = { watchMilliseconds: 30, patienceMilliseconds: 20, askAgainMilliseconds: 1, pause: async () => undefined }

/** Each call takes the next of its answers, and the last one again and again. */
function client(played: Played, calls: [name: string, input: object][]): ConsoleClient {
  const answering = <T>(call: string, ...answers: T[]) => {
    let at = 0
    return async (input: object) => {
      calls.push([call, input])
      played.onCall?.(call)
      at = Math.min(at + 1, answers.length)
      return answers[at - 1] as T
    }
  }
  const stream = async function* <T>(items: T[], signal?: AbortSignal) {
    yield* items
    if (signal?.aborted === false) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  }
  const runs = played.runs ?? [events()]
  const plans = played.again ?? [bare, nothingToDo]
  const watching = answering('watch', undefined)
  const product = {
    appliances: {
      detect: answering('detect', ok(facts)),
      status: answering(
        'status',
        ...(played.verdicts ?? ['healthy', 'down', 'healthy']).map((v) => ok(verdictOf(v as VerdictState))),
      ),
    },
    setup: {
      propose: answering('propose', ok(played.plans ?? [bare, nothingToDo])),
      plan: answering('plan', ...plans.map((plan) => ok(plan))),
      apply: answering('apply', ...runs.map((one) => stream(one)), ...runs.slice(-1).map((one) => stream(one))),
      progress: async () => stream([]),
      cancel: answering('cancel', ok({ running: true })),
    },
    demo: {
      create: answering('create', played.create ?? ok({ demo, bundleId: 'bundle-demo' })),
      remove: answering('remove', played.remove ?? ok({ name })),
      drill: answering('drill', ok({ ...demo, drills: ['kill-runtime'] })),
      list: answering('list', ok([demo])),
    },
    bundles: { list: answering('bundles', ok([{ bundleId: 'bundle-demo', demo: true }])) },
    observe: {
      watch: async (input: object, { signal }: { signal: AbortSignal }) => {
        await watching(input)
        return stream(played.watched ?? samples([10, 87, 3]), signal)
      },
    },
  }
  return { product } as unknown as ConsoleClient
}

async function play(line: string, played: Played = {}) {
  const calls: [name: string, input: object][] = []
  const said: string[] = []
  const results: unknown[] = []
  const complaints: string[] = []
  const left: number[] = []
  const questions: string[] = []
  const terminal = {
    say: (text: string) => void said.push(text),
    tick: () => undefined,
    complain: (text: string) => void complaints.push(text),
    prompt: () => undefined,
    echo: () => undefined,
    leave: (exitCode: number) => void left.push(exitCode),
    result: (value: unknown) => void results.push(value),
    confirm: async (question: string) => {
      questions.push(question)
      return played.answer
    },
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const work = { bundleFolder, client: client(played, calls), terminal, words: wordsOf(played.language ?? 'en') }
  const invocation = read.value as DemoInvocation
  const playing = invocation.act === 'play' ? playDemo(work, invocation, pace) : runDemo(work, invocation)
  const outcome = await playing
  return { outcome, calls, names: calls.map(([call]) => call), said, results, complaints, left, questions }
}

const wholeWay = ['create', 'detect', 'propose', 'apply', 'status', 'watch', 'drill', 'status', 'plan', 'apply']
const line = 'demo --yes --json'

describe('the demo', () => {
  it('goes the whole way in order, and takes the demo appliance away', async () => {
    const { outcome, names, calls } = await play(line)
    expect(outcome).toEqual(ok(0))
    expect(names).toEqual([...wholeWay, 'drill', 'status', 'plan', 'remove'])
    expect(calls.filter(([call]) => call === 'drill').map(([, input]) => input)).toEqual([
      { name, drill: 'kill-runtime', on: true },
      { name, drill: 'kill-runtime', on: false },
    ])
    expect(calls.find(([call]) => call === 'plan')?.[1]).toEqual({
      ...{ target: { by: 'name', name }, bundleId: 'bundle-demo', solution: bare.purpose.solution },
    })
    expect(calls.at(-1)).toEqual(['remove', { name }])
  })

  it('tells all of it as one result', async () => {
    const { results } = await play(line)
    const steps = ['create', 'detect', 'plan', 'approve', 'setup', 'verify', 'watch', 'drill', 'recover', 'plan-again']
    expect(results).toEqual([
      {
        ...{ demo: true, preset: 'ascend-8', name, solution: 'ward', bundle: bundleFolder, kept: false, devices: 8 },
        steps: [...steps, 'remove'].map((step) => ({ step, milliseconds: expect.any(Number) })),
        ...{ verdict: 'healthy', drill: 'kill-runtime', verdictInDrill: 'down', verdictAfter: 'healthy' },
        ...{ ttftMs: 12.3, tokensPerSecond: 20.1, changed: 9, unchanged: 1, sentBytes: 77 },
        ...{ samples: 3, highestUtilizationPercent: 87, changedAgain: 0 },
      },
    ])
  })

  it.each(['en', 'zh-CN'] as const)('says one marked line for each stage (%s)', async (language) => {
    const { said } = await play(line, { language })
    const words = wordsOf(language)
    for (const stage of Object.values(words.demo.stages)) {
      const start = words.demo.line(words.cli.pair(stage, ''))
      expect(said.filter((text) => text.startsWith(start.trimEnd()))).toHaveLength(1)
    }
    expect(said.join('\n')).not.toMatch(/undefined|\[object|NaN/)
    expect(said.every((text) => text.startsWith('  ') || text.startsWith(words.demo.line('')))).toBe(true)
  })

  it('that is to be kept is not taken away, and says where it is', async () => {
    const { outcome, names, said, results } = await play(`${line} --keep`)
    expect([outcome, names.includes('remove')]).toEqual([ok(0), false])
    expect(said).toContain(wordsOf('en').demo.line(wordsOf('en').demo.stays(name)))
    expect(results).toEqual([expect.objectContaining({ name, kept: true })])
  })
})

describe('approval', () => {
  it.each([undefined, false])('that is not given ends it before anything is changed (answered: %s)', async (answer) => {
    const { outcome, names, questions, said } = await play('demo --json', answer === undefined ? {} : { answer })
    expect(outcome).toEqual(fail({ kind: 'approval-needed' }))
    expect(names).toEqual(['create', 'detect', 'propose', 'remove'])
    expect(questions).toHaveLength(1)
    expect(said.filter((text) => /^ +\+ /.test(text))).toHaveLength(bare.steps.length)
  })

  it('may be typed', async () => {
    const { outcome, questions } = await play('demo --json', { answer: true })
    expect([outcome, questions.length]).toEqual([ok(0), 1])
  })
})

describe('what is not as it should be', () => {
  const blocked = planFor(planCase('no-docker').facts)

  it('a demo appliance that does not start: nothing else is called', async () => {
    const create = fail({ kind: 'demo-not-started', name, detail: 'no port' })
    const { outcome, names, results } = await play(line, { create })
    expect([outcome, names, results]).toEqual([create, ['create'], []])
  })

  it('a best solution that is blocked', async () => {
    const { outcome, names } = await play(line, { plans: [blocked] })
    expect(outcome).toEqual(fail(blocked.blockers[0] as Failure))
    expect([names.includes('apply'), names.at(-1)]).toEqual([false, 'remove'])
  })

  it('a run that fails', async () => {
    const full: Failure = { kind: 'disk-full', path: '/var', detail: 'x' }
    const { outcome, names, results } = await play(line, { runs: [[begun, { ...ended, failure: full }]] })
    expect([outcome, names.at(-1), results]).toEqual([fail(full), 'remove', []])
  })

  it.each([
    ['after the setup', { runs: [events('degraded')] }, 70, { verdict: 'degraded', samples: null }],
    ['when it is proven', { verdicts: ['unknown'] }, 72, { verdict: 'unknown', samples: null }],
    ['after the drill', { verdicts: ['healthy', 'down'] }, 71, { verdict: 'healthy', verdictAfter: 'down' }],
  ] as const)('a verdict %s ends with its code, and the rest is not played', async (_when, played, code, told) => {
    const { outcome, names, results } = await play(line, played as unknown as Played)
    expect([outcome, names.at(-1)]).toEqual([ok(code), 'remove'])
    expect(results).toEqual([expect.objectContaining({ ...told, changedAgain: null })])
  })

  it.each([
    ['a drill that nobody noticed', { verdicts: ['healthy'] }, 'demo.kill-runtime'],
    ['a watch without samples', { watched: [] }, 'demo.watch'],
    ['a device without samples', { watched: samples([1], devices.slice(1)) }, 'demo.watch'],
    ['a plan that would change something again', { again: [bare, bare] }, 'demo.plan-again'],
  ] as const)('%s', async (_what, played, step) => {
    const { outcome, names } = await play(line, played as unknown as Played)
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'step-failed', step } })
    expect(names.at(-1)).toBe('remove')
  })

  it('a verdict that takes a moment is waited for', async () => {
    const { outcome } = await play(line, { verdicts: ['healthy', 'healthy', 'down', 'down', 'unknown', 'healthy'] })
    expect(outcome).toEqual(ok(0))
  })

  it('a demo appliance that cannot be taken away', async () => {
    const remove = fail({ kind: 'state-unwritable', folder: '/s', detail: 'x' })
    expect(await play(line, { remove })).toMatchObject({ outcome: remove, results: [] })
    const both = await play(line, { remove, plans: [blocked] })
    expect(both.outcome).toEqual(fail(blocked.blockers[0] as Failure))
    expect(both.complaints).toHaveLength(1)
  })

  it('a bug: it is taken away all the same', async () => {
    const seen: string[] = []
    const onCall = (call: string) => {
      seen.push(call)
      if (call === 'detect') throw new TypeError('planted')
    }
    await expect(play(line, { onCall })).rejects.toThrow('planted')
    expect(seen).toEqual(['create', 'detect', 'remove'])
  })

  it('a refusal', async () => {
    const onCall = (call: string) => {
      if (call === 'detect') throw refuse({ kind: 'audit-unwritable', detail: 'x' })
    }
    const { outcome, names } = await play(line, { onCall })
    expect([outcome, names.at(-1)]).toEqual([fail({ kind: 'audit-unwritable', detail: 'x' }), 'remove'])
  })
})

describe('Ctrl-C in the demo', () => {
  const interruptAt = (wanted: string, times = 1) => {
    let asked = false
    return (call: string) => {
      if (call !== wanted || asked) return
      asked = true
      for (let time = 0; time < times; time += 1) process.emit('SIGINT')
    }
  }

  it.each([
    ['create', ['create', 'remove']],
    ['detect', ['create', 'detect', 'remove']],
    ['watch', [...wholeWay.slice(0, 6), 'remove']],
    ['plan', [...wholeWay.slice(0, 9), 'remove']],
  ])('in %s lets it end, and takes the demo appliance away', async (call, names) => {
    const before = process.listenerCount('SIGINT')
    const stopped = await play(line, { onCall: interruptAt(call) })
    expect(stopped.outcome).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect([stopped.names, stopped.left]).toEqual([names, []])
    expect(stopped.said.filter((text) => text.includes(wordsOf('en').cli.stopping))).toHaveLength(1)
    expect(process.listenerCount('SIGINT')).toBe(before)
  })

  it('in the run stops the run, says so once, and goes no further', async () => {
    const stopped = await play(line, { onCall: interruptAt('apply') })
    expect(stopped.outcome).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
    expect(stopped.names).toEqual(['create', 'detect', 'propose', 'apply', 'cancel', 'remove'])
    expect(stopped.said.filter((text) => text.includes(wordsOf('en').cli.stopping))).toHaveLength(1)
  })

  it('a second time leaves at once, and says which demo appliance is left behind', async () => {
    const { left, complaints, results } = await play(line, { onCall: interruptAt('detect', 2) })
    expect(left).toEqual([130])
    expect(complaints.at(-1)).toContain(`rackside demo remove ${name}`)
    expect(results[0]).toMatchObject({ failure: { kind: 'cancelled' }, exitCode: 130 })
  })
})

describe('demo appliances one by one', () => {
  it('are listed with what a person needs to get in', async () => {
    const { outcome, said, results } = await play('demo list')
    expect([outcome, results]).toEqual([ok(0), [{ demo: true, demos: [demo], bundle: bundleFolder }]])
    expect(said).toEqual([
      expect.stringMatching(/^demo {2}demo-ascend-8: .*ssh -p 40022 ops@127\.0\.0\.1.*none/),
      expect.stringContaining(nextCommand),
      expect.stringContaining(bundleFolder),
    ])
  })

  it('are removed by name', async () => {
    const { outcome, calls, results } = await play(`demo remove ${name}`)
    expect([outcome, calls, results]).toEqual([ok(0), [['remove', { name }]], [{ demo: true, name, removed: true }]])
    const gone = fail({ kind: 'demo-unknown', name, known: [] })
    expect((await play(`demo remove ${name}`, { remove: gone })).outcome).toEqual(gone)
  })

  it('are drilled', async () => {
    const { outcome, calls, results, said } = await play(`demo drill ${name} kill-runtime`)
    expect([outcome, calls]).toEqual([ok(0), [['drill', { name, drill: 'kill-runtime', on: true }]]])
    expect(results).toEqual([{ demo: true, ...demo, drills: ['kill-runtime'] }])
    expect(said.join()).toContain('kill-runtime')
  })
})

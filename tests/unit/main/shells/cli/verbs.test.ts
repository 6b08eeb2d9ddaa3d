// The verbs against a console that is played: what they call, when they ask, what they print as the one result,
// and with which code they end.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { refuse } from '../../../../../main/core/refusal.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { type Failure, fail, failure, ok } from '../../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import type { ApplianceVerdict, VerdictState } from '../../../../../shared/domain/verdict.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'

const ops = { host: 'h', port: 22, user: 'ops' }
const savedAppliances = [
  { name: 'ward', address: ops, credentialId: 'key-saved', demo: false },
  { name: 'demo-ascend-8', address: { ...ops, host: '127.0.0.1' }, credentialId: 'key-demo', demo: true },
]
const run = 'run-20261120T080000Z-0badcafe'
const setupLine = 'setup ward --solution ward --from /bundle --json'
const ended = (failure?: Failure): RunEvent => ({
  event: 'run-end',
  run,
  changed: 9,
  unchanged: 1,
  sentBytes: 77,
  ...(failure === undefined ? {} : { failure }),
})
const verdictOf = (state: VerdictState): ApplianceVerdict => ({
  state,
  reason: state === 'healthy' ? 'answers' : 'a-deployment-is-not-healthy',
  deployments: [
    {
      deployment: 'ward-model',
      entry: 'llama-cpp',
      version: '7',
      state,
      reason: 'answers',
      rungs: [],
      proof: {
        ttftMs: 12.345,
        tokensPerSecond: { state: 'known', value: 20.06 },
        outputTokens: 32,
        answer: 'Ready.',
        finishReason: 'stop',
      },
    },
  ],
})
const verified = (state: VerdictState, stillToDo: string[] = []): RunEvent => ({
  event: 'verified',
  stillToDo,
  verdict: verdictOf(state),
})

const begun: RunEvent = { event: 'run-begin', run, steps: 10 }

type Played = {
  machine?: string
  answer?: boolean | undefined
  /** A function is called where it stands: something that happens during the run. */
  events?: (RunEvent | (() => void))[]
  refusal?: Failure
  verdict?: ApplianceVerdict
  trust?: Failure
  /** What cancelling answers with; here it can fail. */
  cancel?: () => Promise<unknown>
}

/** Runs a command line; `answer` is what the person types, undefined where nobody can. */
async function play(line: string, played: Played = {}) {
  const calls: [name: string, input: object][] = []
  const said: string[] = []
  const results: unknown[] = []
  const questions: string[] = []
  const complaints: string[] = []
  const left: number[] = []
  const answering = (name: string, value: unknown) => async (input: object) => {
    calls.push([name, input])
    return value
  }
  const { facts, catalog } = planCase(played.machine ?? 'bare-cpu-server')
  const streams = async function* () {
    if (played.refusal !== undefined) throw refuse(played.refusal)
    for (const event of played.events ?? [begun, ended(), verified('healthy')]) {
      if (typeof event !== 'function') yield event
      else event()
    }
  }
  const client = {
    product: {
      appliances: {
        list: answering('list', ok(savedAppliances)),
        trust: answering('trust', played.trust === undefined ? ok({}) : fail(played.trust)),
        save: async (input: { name: string }) => answering('save', ok({ name: input.name }))(input),
        detect: answering('detect', ok(facts)),
        status: answering('status', ok(played.verdict ?? verdictOf('healthy'))),
      },
      connect: { test: answering('connect', []) },
      setup: {
        plan: answering('plan', ok(planFor(facts, catalog))),
        apply: async (input: object) => answering('apply', streams())(input),
        progress: async () => (async function* () {})(),
        cancel: async (input: object) => {
          calls.push(['cancel', input])
          return played.cancel === undefined ? ok({ running: true }) : played.cancel()
        },
      },
    },
    desk: {
      openBundle: answering('openBundle', ok({ bundleId: 'bundle-1' })),
      openKeyFile: answering('openKeyFile', ok({ credentialId: 'key-1' })),
      offerPassword: answering('offerPassword', ok({ credentialId: 'password-1' })),
    },
  } as unknown as ConsoleClient
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
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
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf('en'))
  return { outcome, calls, names: calls.map(([name]) => name), said, results, questions, complaints, left }
}

describe('setup', () => {
  it.each([undefined, false])('is not begun without approval (answered: %s)', async (answer) => {
    const { outcome, names, questions, results } = await play(setupLine, { answer })
    expect(outcome).toEqual(fail({ kind: 'approval-needed' }))
    expect([names.includes('apply'), questions.length, results]).toEqual([false, 1, []])
  })

  it.each([
    [setupLine, true],
    [`${setupLine} --yes`, undefined],
  ] as const)('"%s" is done when approved', async (line, answer) => {
    const { outcome, results, questions } = await play(line, { answer })
    expect(outcome).toEqual(ok(0))
    expect(questions).toHaveLength(answer === true ? 1 : 0)
    expect(results).toEqual([
      { verdict: 'healthy', ttftMs: 12.3, tokensPerSecond: 20.1, changed: 9, unchanged: 1, sentBytes: 77, runId: run },
    ])
  })

  it('asks nothing where there is nothing to change, and proves all the same', async () => {
    const { outcome, questions, names } = await play(setupLine, { machine: 'installed' })
    expect([outcome, questions, names.includes('apply')]).toEqual([ok(0), [], true])
  })

  it.each(['no-docker', 'full-disk', 'port-held-by-nginx'])(
    'ends with what stands in the way (%s), even with --yes',
    async (machine) => {
      const { facts } = planCase(machine)
      const { outcome, names } = await play(`${setupLine} --yes`, { machine })
      expect(outcome).toEqual(fail(planFor(facts).blockers[0] as Failure))
      expect(names).not.toContain('apply')
    },
  )

  it.each([
    ['degraded', 70],
    ['down', 71],
    ['unknown', 72],
  ] as const)('that ends %s ends with %d', async (state, code) => {
    const { outcome, results } = await play(`${setupLine} --yes`, { events: [ended(), verified(state)] })
    expect([outcome, results]).toEqual([ok(code), [expect.objectContaining({ verdict: state })]])
  })

  it('that has to be done again is not called healthy', async () => {
    const events = [ended(), verified('healthy', ['container.ward-model'])]
    const { outcome, results } = await play(`${setupLine} --yes`, { events })
    expect([outcome, results]).toEqual([ok(70), [expect.objectContaining({ verdict: 'degraded' })]])
  })

  it('with steps left to do is no better than what was found, and says which verdict that is', async () => {
    for (const [state, code] of [
      ['healthy', 70],
      ['degraded', 70],
      ['down', 71],
      ['unknown', 72],
    ] as const) {
      const events = [ended(), verified(state, ['container.ward-model'])]
      const { outcome, results, said } = await play(`${setupLine} --yes`, { events })
      const told = state === 'healthy' ? 'degraded' : state
      expect([outcome, results]).toEqual([ok(code), [expect.objectContaining({ verdict: told })]])
      const words = wordsOf('en')
      expect(said.filter((line) => line.startsWith(`${words.verdicts[told]}: `))).toHaveLength(1)
      expect(said.filter((line) => line.includes('container.ward-model'))).toHaveLength(1)
    }
  })

  it('that fails, is refused or breaks off ends with the failure, and no result of its own', async () => {
    const full: Failure = { kind: 'disk-full', path: '/var', detail: 'x' }
    const failed = await play(`${setupLine} --yes`, { events: [ended(full)] })
    expect([failed.outcome, failed.results]).toEqual([fail(full), []])
    expect(failed.complaints.join()).not.toContain('Half done')
    const refused = await play(`${setupLine} --yes`, { refusal: { kind: 'plan-outdated', differences: ['x'] } })
    expect(refused.outcome).toEqual(fail({ kind: 'plan-outdated', differences: ['x'] }))
    const broken = await play(`${setupLine} --yes`, { events: [{ event: 'run-begin', run, steps: 1 }] })
    expect(broken.outcome.ok).toBe(false)
  })

  it('leaves no listener for Ctrl-C behind', async () => {
    const before = process.listenerCount('SIGINT')
    await play(`${setupLine} --yes`)
    await play(`${setupLine} --yes`, { refusal: { kind: 'engine-missing' } })
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})

describe('Ctrl-C in a run', () => {
  const interrupt = () => void process.emit('SIGINT')
  const cancelled: Failure = { kind: 'cancelled', at: 'step 3' }

  it('asks it to stop after its step, says so, and ends as the run ends', async () => {
    const events = [begun, interrupt, ended(cancelled)]
    const { outcome, calls, said, left, complaints } = await play(`${setupLine} --yes`, { events })
    expect(outcome).toEqual(fail(cancelled))
    expect(complaints.join('\n')).toMatch(/^Half done: 0 of \d+ changes\. Not yet: .*\nGo on with: rackside/)
    expect(calls.filter(([name]) => name === 'cancel')).toEqual([
      ['cancel', { planId: expect.stringMatching(/^plan-/) }],
    ])
    expect(said).toContain(wordsOf('en').cli.stopping)
    expect(left).toEqual([])
  })

  it('while it is still being prepared is told once, and ends as the run ends', async () => {
    const { names, outcome } = await play(`${setupLine} --yes`, { events: [interrupt, ended(cancelled)] })
    expect(outcome).toEqual(fail(cancelled))
    expect(names.filter((name) => name === 'cancel')).toHaveLength(1)
  })

  it.each([
    ['is refused', 1, async () => Promise.reject(refuse({ kind: 'audit-unwritable', detail: 'x' }))],
    ['breaks', 0, async () => Promise.reject(new Error('the link is gone'))],
  ])('does not end the command when the call %s; a reason is told (%d)', async (_how, told, cancel) => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => void unhandled.push(reason)
    process.on('unhandledRejection', note)
    const events = [begun, interrupt, ended(), verified('healthy')]
    const { outcome, complaints } = await play(`${setupLine} --yes`, { events, cancel })
    await new Promise((resolve) => setTimeout(resolve, 20))
    process.removeListener('unhandledRejection', note)
    expect([outcome, unhandled, complaints.length]).toEqual([ok(0), [], told])
  })

  it('a second time leaves at once with 130, and the JSON line says why', async () => {
    const events = [begun, interrupt, interrupt, ended(cancelled)]
    const { left, results, complaints } = await play(`${setupLine} --yes`, { events })
    expect(left).toEqual([130])
    expect(results).toEqual([
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'cancelled' }), exitCode: 130 }),
    ])
    expect(complaints.join('\n')).toMatch(/Half done[\s\S]*Cancelled before the end of the run/)
  })
})

describe('a saved name', () => {
  const fingerprint = `SHA256:${'A'.repeat(43)}`
  const saved = { address: ops, credentialId: 'key-saved' }

  it('as it was saved is taken by its name', async () => {
    const { calls } = await play('detect ward')
    expect(calls).toEqual([
      ['list', {}],
      ['detect', { target: { by: 'name', name: 'ward' } }],
    ])
  })

  it.each(['detect', 'status', 'probe', 'plan', 'setup'])('of a demo appliance: %s says so', async (verb) => {
    const bundle = verb === 'plan' || verb === 'setup' ? '--solution ward --from /b ' : ''
    const line = (name: string) => `${verb} ${name} ${bundle}--yes --json`
    const demo = await play(line('demo-ascend-8'))
    expect(demo.said[0]).toBe('demo-ascend-8 (demo)')
    expect(demo.results).toEqual([expect.objectContaining({ demo: true })])
    const real = await play(line('ward'))
    expect(real.results).toEqual([expect.not.objectContaining({ demo: true })])
    expect(real.said.join(' ')).not.toContain('(demo)')
  })

  it('with a key or password of its own is dialled with that, and stays as it was saved', async () => {
    const { calls } = await play('detect ward --identity /k')
    expect(calls.map(([name]) => name)).toEqual(['list', 'openKeyFile', 'detect'])
    expect(calls.at(-1)?.[1]).toEqual({ target: { by: 'address', address: ops, credentialId: 'key-1' } })
  })

  it('has its host key checked against the one given, with the saved login', async () => {
    const { calls } = await play(`status ward --fingerprint ${fingerprint}`)
    expect(calls.map(([name]) => name)).toEqual(['list', 'trust', 'status'])
    expect(calls[1]?.[1]).toEqual({ ...saved, fingerprint })
    const trust: Failure = { kind: 'host-key-mismatch', host: 'h', port: 22, keyType: 'x', given: 'a', offered: 'b' }
    const refused = await play(`status ward --fingerprint ${fingerprint}`, { trust })
    expect([refused.outcome, refused.names]).toEqual([fail(trust), ['list', 'trust']])
  })

  it('can be saved under another one', async () => {
    const { calls, said } = await play('status ward --save 门诊')
    expect(calls.slice(0, 3)).toEqual([
      ['list', {}],
      ['connect', { target: { by: 'address', ...saved } }],
      ['save', { name: '门诊', target: { by: 'address', ...saved } }],
    ])
    expect(said).toContain(wordsOf('en').cli.savedAs('门诊'))
  })

  it('that is not there says which are', async () => {
    const { outcome } = await play(`detect nobody${'x'.repeat(3000)} --identity /k`)
    expect(outcome).toMatchObject({
      ok: false,
      failure: { kind: 'appliance-unknown', known: ['ward', 'demo-ascend-8'] },
    })
    if (!outcome.ok) expect(failure.safeParse(outcome.failure).success).toBe(true)
  })
})

describe('a path that no failure could carry', () => {
  it.each([
    [`plan ward --solution ward --from /${'x'.repeat(3000)}`, '--from'],
    [`setup ward --solution ward --from ${'x'.repeat(3000)}`, '--from'],
    [`detect ssh://ops@h --identity ${'x'.repeat(3000)}`, '--identity'],
  ])('is refused before anything but the list is called', async (line, word) => {
    const { outcome, names } = await play(line)
    expect(outcome).toEqual(fail({ kind: 'usage', problem: 'path-too-long', word }))
    expect(names.filter((name) => name !== 'list')).toEqual([])
  })
})

describe('the login', () => {
  it('with a key file is exchanged for an id, the key that was vouched for is pinned, then the name saved', async () => {
    const fingerprint = `SHA256:${'A'.repeat(43)}`
    const { names, calls } = await play(`detect ssh://ops@h --identity /k --save ward --fingerprint ${fingerprint}`)
    expect(names).toEqual(['openKeyFile', 'trust', 'save', 'detect'])
    const address = { host: 'h', port: 22, user: 'ops' }
    expect(calls.slice(1).map(([, input]) => input)).toEqual([
      { address, credentialId: 'key-1', fingerprint },
      { name: 'ward', target: { by: 'address', address, credentialId: 'key-1' } },
      { target: { by: 'address', address, credentialId: 'key-1' } },
    ])
  })

  it('goes no further when the host key is another one', async () => {
    const trust: Failure = { kind: 'host-key-mismatch', host: 'h', port: 22, keyType: 'x', given: 'a', offered: 'b' }
    const { outcome, names } = await play(
      `setup ssh://ops@h --solution ward --from /b --identity /k --yes --fingerprint SHA256:${'A'.repeat(43)}`,
      { trust },
    )
    expect([outcome, names]).toEqual([fail(trust), ['openKeyFile', 'trust']])
  })
})

describe('the other verbs', () => {
  it('plan prints the plan as its result and applies nothing', async () => {
    const { outcome, results, names } = await play('plan ward --solution ward --from /b --json')
    expect([outcome, names]).toEqual([ok(0), ['list', 'openBundle', 'plan']])
    expect(results).toEqual([
      expect.objectContaining({
        planId: expect.stringMatching(/^plan-/),
        changed: 10,
        unchanged: 0,
        steps: expect.any(Array),
      }),
    ])
  })

  it.each([
    ['degraded', 70],
    ['down', 71],
  ] as const)('probe of what is %s ends with %d, figures or not', async (state, code) => {
    const { outcome, results, said } = await play('probe ward', { verdict: verdictOf(state) })
    expect([outcome, results]).toEqual([ok(code), [expect.objectContaining({ verdict: state, ttftMs: 12.3 })]])
    expect(said.join('\n')).toContain(wordsOf('en').verdicts[state])
  })

  it('status ends with its verdict, probe with its figures', async () => {
    expect((await play('status ward', { verdict: verdictOf('down') })).outcome).toEqual(ok(71))
    const probe = await play('probe ward')
    expect([probe.outcome, probe.results]).toEqual([
      ok(0),
      [expect.objectContaining({ ttftMs: 12.3, tokensPerSecond: 20.1 })],
    ])
    const nothing = await play('probe ward', {
      verdict: { state: 'unknown', reason: 'nothing-deployed', deployments: [] },
    })
    expect([nothing.outcome, nothing.results]).toEqual([
      ok(72),
      [expect.objectContaining({ ttftMs: null, tokensPerSecond: null })],
    ])
  })
})

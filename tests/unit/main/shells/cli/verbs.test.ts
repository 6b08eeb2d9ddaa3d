// The verbs against a console that is played: what they call, when they ask, what they print as the one result,
// and with which code they end.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { refuse } from '../../../../../main/core/refusal.ts'
import { type Invocation, readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import type { ApplianceVerdict, VerdictState } from '../../../../../shared/domain/verdict.ts'
import { wordsOf } from '../../../../../shared/words/language.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'

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

type Played = {
  machine?: string
  answer?: boolean | undefined
  events?: RunEvent[]
  refusal?: Failure
  verdict?: ApplianceVerdict
  trust?: Failure
}

/** Runs a command line; `answer` is what the person types, undefined where nobody can. */
async function play(line: string, played: Played = {}) {
  const calls: [name: string, input: object][] = []
  const said: string[] = []
  const results: unknown[] = []
  const questions: string[] = []
  const answering = (name: string, value: unknown) => async (input: object) => {
    calls.push([name, input])
    return value
  }
  const { facts, catalog } = planCase(played.machine ?? 'bare-cpu-server')
  const streams = async function* () {
    if (played.refusal !== undefined) throw refuse(played.refusal)
    yield* played.events ?? [{ event: 'run-begin', run, steps: 10 }, ended(), verified('healthy')]
  }
  const client = {
    product: {
      appliances: {
        trust: answering('trust', played.trust === undefined ? ok({}) : fail(played.trust)),
        save: async (input: { name: string }) => answering('save', ok({ name: input.name }))(input),
        detect: answering('detect', ok(facts)),
        status: answering('status', ok(played.verdict ?? verdictOf('healthy'))),
      },
      setup: {
        plan: answering('plan', ok(planFor(facts, catalog))),
        apply: async (input: object) => answering('apply', streams())(input),
        progress: async () => (async function* () {})(),
        cancel: answering('cancel', ok({ running: true })),
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
    result: (value: unknown) => void results.push(value),
    confirm: async (question: string) => {
      questions.push(question)
      return played.answer
    },
  }
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf('en'))
  return { outcome, calls, names: calls.map(([name]) => name), said, results, questions }
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

  it('that fails, is refused or breaks off ends with the failure, and no result of its own', async () => {
    const failure: Failure = { kind: 'disk-full', path: '/var', detail: 'x' }
    const failed = await play(`${setupLine} --yes`, { events: [ended(failure)] })
    expect([failed.outcome, failed.results]).toEqual([fail(failure), []])
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
    expect([outcome, names]).toEqual([ok(0), ['openBundle', 'plan']])
    expect(results).toEqual([
      expect.objectContaining({
        planId: expect.stringMatching(/^plan-/),
        changed: 10,
        unchanged: 0,
        steps: expect.any(Array),
      }),
    ])
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

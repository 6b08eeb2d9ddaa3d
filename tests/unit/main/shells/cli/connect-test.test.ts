// `connect --test`, and the mark of an appliance for which weak algorithms are allowed, against a console that is
// played.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import type { ConnectStep } from '../../../../../shared/domain/connect-step.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const ops = { host: 'h', port: 22, user: 'ops' }
const ward = { name: 'ward', address: ops, credentialId: 'key-saved', demo: false }
const old = { ...ward, name: 'old', weakAlgorithms: true }

async function play(line: string, steps: readonly ConnectStep[] = []) {
  const calls: [name: string, input: object][] = []
  const said: string[] = []
  const complaints: string[] = []
  const results: unknown[] = []
  const answering = (name: string, value: unknown) => async (input: object) => {
    calls.push([name, input])
    return value
  }
  const shown = async function* () {
    yield* steps
  }
  const verdict = { state: 'healthy', reason: 'nothing-deployed', deployments: [] }
  const appliances = {
    list: answering('list', ok([ward, old])),
    save: answering('save', ok({ name: 'x' })),
    status: answering('status', ok(verdict)),
  }
  const desk = { openKeyFile: answering('openKeyFile', ok({ credentialId: 'key-1' })) }
  const connect = { test: async (input: object) => answering('test', shown())(input) }
  const client = { product: { appliances, connect }, desk } as unknown as ConsoleClient
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const terminal = {
    say: (text: string) => void said.push(text),
    tick: () => undefined,
    complain: (text: string) => void complaints.push(text),
    prompt: () => undefined,
    echo: () => undefined,
    leave: () => undefined,
    result: (value: unknown) => void results.push(value),
    confirm: async () => undefined,
  }
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf('en'))
  return { outcome, calls, said, complaints, results }
}

describe('connect --test', () => {
  const at = 'h:22'
  const found: ConnectStep = {
    ...{ step: 'resolve', at, state: 'ok', milliseconds: 3 },
    fact: { about: 'network-address', networkAddress: '10.0.0.7' },
  }

  it('shows each step as it comes and ends well', async () => {
    const { outcome, said, results, calls } = await play('connect --test ward', [found])
    expect(outcome).toEqual(ok(0))
    expect(said).toEqual(['  ok Find the address (3 ms): 10.0.0.7'])
    expect(results).toEqual([{ connected: true, steps: [found] }])
    expect(calls).toContainEqual(['test', { target: { by: 'name', name: 'ward' } }])
  })

  it('ends with the failure of the step that failed', async () => {
    const failure: Failure = { kind: 'host-key-unknown', host: 'h', port: 22, keyType: 'k', fingerprint: 'SHA256:x' }
    const failed: ConnectStep = { step: 'host-key', at, state: 'failed', milliseconds: 8, failure }
    const skipped: ConnectStep = { step: 'login', at, state: 'skipped' }
    const { outcome, said, results } = await play('connect --test ward', [found, failed, skipped])
    expect([outcome, results]).toEqual([fail(failure), []])
    expect(said[1]).toMatch(/^ {2}-- Host key \(8 ms\): .*SHA256:x/)
    expect(said[2]).toBe('  .. Log in: not tried')
  })
})

describe('weak algorithms', () => {
  const line = 'status ssh://ops@h --identity /k --weak-algorithms'

  it.each([line, 'status old', 'status ward --weak-algorithms'])(
    'are named wherever they are allowed: %s (P6)',
    async (said) => {
      const { complaints, results } = await play(said)
      expect(complaints).toEqual([wordsOf('en').connect.weakAllowed])
      expect(results).toEqual([expect.objectContaining({ weakAlgorithms: true })])
    },
  )

  it('travel with the call, and are saved with the appliance that they were allowed for', async () => {
    const { calls } = await play(`${line} --save old`)
    const target = expect.objectContaining({ by: 'address', weakAlgorithms: true })
    expect(calls).toContainEqual(['status', { target }])
    expect(calls).toContainEqual(['save', { name: 'old', target }])
  })

  it('stay allowed when an appliance gets another login', async () => {
    const { calls } = await play('status old --identity /k')
    const target = expect.objectContaining({ credentialId: 'key-1', weakAlgorithms: true })
    expect(calls).toContainEqual(['status', { target }])
  })

  it('are not spoken of elsewhere', async () => {
    const { complaints, results } = await play('status ward')
    expect([complaints, JSON.stringify(results)]).toEqual([[], expect.not.stringContaining('weak')])
  })
})

// A name on the board stands for an appliance that let somebody in: --save asks that before it saves.
import { expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { targetOf } from '../../../../../main/shells/cli/target.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import type { VerbWork } from '../../../../../main/shells/cli/work.ts'
import type { ConnectStep, ConnectStepName } from '../../../../../shared/domain/connect-step.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const failure: Failure = { kind: 'host-key-unknown', host: 'h', port: 22, keyType: 'x', fingerprint: 'SHA256:x' }

async function saving(...steps: ConnectStep[]) {
  const read = readCommandLine(['detect', 'ssh://ops@h', '--identity', '/k', '--save', 'lab14'])
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const said: string[] = []
  const names: string[] = []
  const product = {
    connect: { test: async () => steps },
    appliances: {
      save: async ({ name }: { name: string }) => {
        names.push(name)
        return ok({ name })
      },
    },
  }
  const client = { product, desk: { openKeyFile: async () => ok({ credentialId: 'key-1' }) } }
  const terminal = { say: (line: string) => said.push(line) }
  const invocation = read.value as Invocation
  const work = { client, terminal, words: wordsOf('en'), invocation, saved: [] } as unknown as VerbWork
  return { outcome: await targetOf(work), names, said }
}

function failedAt(step: ConnectStepName): ConnectStep {
  return { step, at: 'h:22', state: 'failed', milliseconds: 1, failure }
}

it.each(['resolve', 'connect', 'host-key', 'login'] as const)(
  'saves nothing where the way ends at %s, and fails with that',
  async (step) => {
    expect(await saving(failedAt(step))).toEqual({ outcome: fail(failure), names: [], said: [] })
  },
)

it.each(['privilege', 'shell'] as const)('saves a login that worked, whatever it may do there: %s', async (step) => {
  const { names, said } = await saving(failedAt(step))
  expect([names, said]).toEqual([['lab14'], ['Saved as lab14.']])
})

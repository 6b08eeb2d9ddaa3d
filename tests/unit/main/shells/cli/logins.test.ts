// How the CLI logs in: what it hands over, and what it does when a key is locked or a server asks. What is secret
// comes from a descriptor and goes to the desk, nowhere else.
import { openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import { type Failure, fail, ok, type Result } from '../../../../../shared/domain/failure.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase } from '../../../../support/plan-cases.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const ops = { host: 'h', port: 22, user: 'ops' }
const hop = { address: { host: 'jump', port: 22, user: 'a' }, credentialId: 'key-jump' }
const fingerprint = `SHA256:${'a'.repeat(43)}`
const locked: Failure = { kind: 'identity-unusable', file: '/k', reason: 'encrypted' }
const wrong: Failure = { kind: 'identity-unusable', file: '/k', reason: 'passphrase-wrong' }

/** A descriptor that has these lines. */
function descriptorWith(...lines: string[]): number {
  const file = join(temporaryFolder(), 'lines')
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''))
  return openSync(file, 'r')
}

type Played = { readonly detects?: readonly Failure[]; readonly unlock?: Record<string, Result<object>> }

async function play(line: string, { detects = [], unlock = {} }: Played = {}) {
  const calls: [name: string, input: object][] = []
  const left = [...detects]
  const answering = (name: string, answer: (input: never) => unknown) => async (input: object) => {
    calls.push([name, input])
    return answer(input as never)
  }
  const saved = [{ name: 'ward', address: ops, credentialId: 'key-saved', via: [hop], demo: false }]
  const detected = () => {
    const failure = left.shift()
    return failure === undefined ? ok(planCase('bare-cpu-server').facts) : fail(failure)
  }
  const client = {
    product: {
      appliances: {
        list: async () => ok(saved),
        detect: answering('detect', detected),
        trust: answering('trust', () => ok({})),
        save: answering('save', ({ name }: { name: string }) => ok({ name })),
      },
      connect: { test: async () => [] },
      ownKey: {
        install: answering('install', () => ok({ credentialId: 'own-key-1', login: 'forgotten', sudo: 'asks' })),
      },
    },
    desk: {
      keepCredential: answering('keepCredential', () => ok({})),
      offerPassword: answering('offerPassword', () => {
        const offered = calls.filter(([name]) => name === 'offerPassword').length
        return ok({ credentialId: `password-${offered}` })
      }),
      openKeyFile: answering('openKeyFile', ({ file }: { file: string }) => ok({ credentialId: `key-of-${file}` })),
      takeAgentKey: answering('takeAgentKey', () => ok({ credentialId: `agent-${fingerprint}`, fingerprint })),
      unlockKey: answering('unlockKey', ({ credentialId }: { credentialId: string }) => {
        return unlock[credentialId] ?? fail({ kind: 'credential-unknown', credentialId })
      }),
      offerAnswers: answering('offerAnswers', ({ credentialId = 'answers-1' }: { credentialId?: string }) => {
        return ok({ credentialId })
      }),
    },
  } as unknown as ConsoleClient
  const read = readCommandLine(line.split(' '))
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const silent = () => undefined
  const said: string[] = []
  const terminal = {
    say: (text: string) => void said.push(text),
    tick: silent,
    complain: silent,
    prompt: silent,
    echo: silent,
    leave: silent,
    result: silent,
  }
  const outcome = await runVerb(
    client,
    read.value as Invocation,
    { ...terminal, confirm: async () => undefined },
    wordsOf('en'),
  )
  return { outcome, calls, said }
}

const detectedWith = (access: object) => ['detect', { target: { by: 'address', address: ops, ...access } }]

describe('a login from the command line', () => {
  it('by the agent names the key', async () => {
    const { calls } = await play(`detect ssh://ops@h --agent-key ${fingerprint}`)
    expect(calls).toEqual([['takeAgentKey', { fingerprint }], detectedWith({ credentialId: `agent-${fingerprint}` })])
    expect((await play('detect ssh://ops@h --agent')).calls[0]).toEqual(['takeAgentKey', {}])
  })

  it('over jump hosts gives each its own key, or the login of the appliance', async () => {
    const jumps = '--jump ssh://a@one --jump ssh://b@two --jump-identity /j'
    const { calls } = await play(`detect ssh://ops@h --identity /k ${jumps} --fingerprint ${fingerprint}`)
    const via = [
      { address: { host: 'one', port: 22, user: 'a' }, credentialId: 'key-of-/j' },
      { address: { host: 'two', port: 22, user: 'b' }, credentialId: 'key-of-/k' },
    ]
    expect(calls).toContainEqual(['trust', { address: ops, credentialId: 'key-of-/k', via, fingerprint }])
    expect(calls).toContainEqual(detectedWith({ credentialId: 'key-of-/k', via }))
  })

  it('of a saved appliance keeps its way when only something else is new', async () => {
    const { calls } = await play(`detect ward --fingerprint ${fingerprint}`)
    expect(calls).toContainEqual(detectedWith({ credentialId: 'key-saved', via: [hop] }))
  })

  it('with answers hands them over before anybody asks, along with the key or alone', async () => {
    const withKey = await play(`detect ssh://ops@h --identity /k --answers-fd ${descriptorWith('42', 'icu')}`)
    const place = { host: 'h', port: 22 }
    expect(withKey.calls).toContainEqual(['offerAnswers', { answers: ['42', 'icu'], credentialId: 'key-of-/k', place }])
    const alone = await play(`detect ssh://ops@h --answers-fd ${descriptorWith('42')}`)
    expect(alone.calls).toEqual([['offerAnswers', { answers: ['42'] }], detectedWith({ credentialId: 'answers-1' })])
  })
})

describe('a password for sudo alone', () => {
  it('goes along with the login, and into the vault with the name', async () => {
    const line = `detect ssh://ops@h --identity /k --sudo-password-fd ${descriptorWith('for root')} --save ward`
    const { calls } = await play(line)
    const login = { credentialId: 'key-of-/k', sudoCredentialId: 'password-1' }
    expect(calls).toEqual([
      ['openKeyFile', { file: '/k' }],
      ['offerPassword', { password: 'for root' }],
      ['keepCredential', { credentialId: 'password-1', label: 'sudo ops@h:22' }],
      ['save', { name: 'ward', target: { by: 'address', address: ops, ...login } }],
      detectedWith(login),
    ])
  })

  it('is kept beside a login that is used once, which is not', async () => {
    const descriptors = [descriptorWith('once'), descriptorWith('for root')]
    const line = `detect ssh://ops@h --password-fd ${descriptors[0]} --sudo-password-fd ${descriptors[1]}`
    const { calls, said } = await play(`${line} --save ward --use-once`)
    const login = { address: ops, credentialId: 'password-1', sudoCredentialId: 'password-2' }
    expect(calls.slice(0, 4)).toEqual([
      ['offerPassword', { password: 'once' }],
      ['offerPassword', { password: 'for root' }],
      ['keepCredential', { credentialId: 'password-2', label: 'sudo ops@h:22' }],
      ['install', { name: 'ward', login, keepForSudo: false }],
    ])
    expect(said.filter((text) => text === '' || text.includes('kept in the vault'))).toEqual([])
  })

  it('is asked of a saved appliance, whose login stays', async () => {
    const { calls } = await play(`detect ward --sudo-password-fd ${descriptorWith('for root')}`)
    const login = { credentialId: 'key-saved', sudoCredentialId: 'password-1', via: [hop] }
    expect(calls).toEqual([['offerPassword', { password: 'for root' }], detectedWith(login)])
  })
})

describe('a login that is used once', () => {
  const byName = ['detect', { target: { by: 'name', name: 'ward' } }]

  it('is handed over with the name and kept nowhere; from then on the saved appliance is meant', async () => {
    const line = `detect ssh://ops@h --password-fd ${descriptorWith('once')} --save ward --use-once`
    const { calls, said } = await play(line)
    const login = { address: ops, credentialId: 'password-1' }
    expect(calls).toEqual([
      ['offerPassword', { password: 'once' }],
      ['install', { name: 'ward', login, keepForSudo: false }],
      byName,
    ])
    expect(said.join(' ')).toContain('The password is forgotten.')
    expect(said.join(' ')).toContain('sudo asks for a password there, and none is kept')
  })

  it('is the one that is saved where no other is given', async () => {
    const { calls } = await play('detect ward --use-once --keep-for-sudo')
    expect(calls).toEqual([['install', { name: 'ward', keepForSudo: true }], byName])
  })

  it.each([
    'detect ssh://ops@h --identity /k --use-once',
    'detect ward --keep-for-sudo',
    'detect local --use-once',
    'watch-helper remove ward --use-once',
  ])('means nothing in "%s"', (line) => {
    expect(readCommandLine(line.split(' '))).toMatchObject({ failure: { kind: 'usage' } })
  })
})

describe('a locked key', () => {
  it('is opened with the passphrase of the descriptor, and the verb goes on', async () => {
    const line = `detect ssh://ops@h --identity /k --key-passphrase-fd ${descriptorWith('opens it')}`
    const { outcome, calls } = await play(line, { detects: [locked], unlock: { 'key-of-/k': ok({}) } })
    expect(outcome).toEqual(ok(0))
    expect(calls).toContainEqual(['unlockKey', { credentialId: 'key-of-/k', passphrase: 'opens it' }])
    expect(calls.filter(([name]) => name === 'detect')).toHaveLength(2)
  })

  it('of a jump host of a saved appliance is found too', async () => {
    const line = `detect ward --key-passphrase-fd ${descriptorWith('opens it')}`
    const { outcome } = await play(line, {
      detects: [locked],
      unlock: { 'key-jump': fail(wrong), 'key-saved': ok({}) },
    })
    expect(outcome).toEqual(ok(0))
  })

  it('stays locked for a wrong passphrase, which is tried once', async () => {
    const line = `detect ward --key-passphrase-fd ${descriptorWith('wrong')}`
    const { outcome, calls } = await play(line, { detects: [locked, locked], unlock: { 'key-saved': fail(wrong) } })
    expect([outcome, calls.filter(([name]) => name === 'detect').length]).toEqual([fail(wrong), 1])
  })

  it('is the answer where nobody can say the passphrase', async () => {
    expect((await play('detect ward', { detects: [locked] })).outcome).toEqual(fail(locked))
  })
})

describe('a server that asks', () => {
  it('is answered by nobody without a terminal: the questions are the answer', async () => {
    const asks: Failure = { kind: 'login-questions', ...ops, questions: [{ text: 'Code:', hidden: true }] }
    const { outcome, calls } = await play('detect ward', { detects: [asks] })
    expect([outcome, calls.length]).toEqual([fail(asks), 1])
  })
})

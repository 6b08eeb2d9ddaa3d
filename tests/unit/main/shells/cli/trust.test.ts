// The host keys from the command line, against a real core and a fake server: what is said, what is the one result,
// and that nobody's name is confirmed where nobody can be asked (P2, P3).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../../../main/connect/known-hosts.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { runTrust } from '../../../../../main/shells/cli/trust-verbs.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { generateKeyPair, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { pinFor, trustingCore } from '../../../../support/trusting-core.ts'

const unused = () => {
  throw new Error('not used')
}

/** `types`: what the person types when asked. */
function person(client: ReturnType<typeof trustingCore>['client'], types?: string, language: Language = 'en') {
  const said: string[] = []
  const results: unknown[] = []
  const questions: string[] = []
  const terminal = {
    ...{ tick: unused, complain: unused, confirm: unused, prompt: unused, echo: unused, leave: unused },
    say: (line: string) => void said.push(line),
    result: (value: unknown) => void results.push(value),
  }
  const ask = async (question: string) => {
    questions.push(question)
    return types
  }
  return {
    ...{ said, results, questions },
    run: async (line: string) => {
      const read = readCommandLine(line.split(' '))
      if (!read.ok || read.value.verb !== 'trust') throw new Error(JSON.stringify(read))
      return runTrust({ client, terminal, words: wordsOf(language), ask }, read.value)
    },
  }
}

async function ward() {
  const { core, client, pins } = trustingCore()
  const server = await startFakeSsh()
  const where = `ssh://ops@127.0.0.1:${server.address.port}`
  const given = `--fingerprint ${fingerprintOf(server.hostKeyBlob)}`
  return { core, client, pins, server, where, given }
}

describe('rackside trust', () => {
  it('without a fingerprint shows the key and trusts nothing', async () => {
    const { client, where, pins, server } = await ward()
    const fingerprint = fingerprintOf(server.hostKeyBlob)
    expect(await person(client).run(`trust ${where}`)).toMatchObject({
      failure: { kind: 'host-key-unknown', fingerprint },
    })
    expect(pins()).toEqual([])
  })

  it('with the right one pins it, and says so', async () => {
    const { client, where, given, pins } = await ward()
    const { run, said, results } = person(client)
    expect(await run(`trust ${where} ${given}`)).toEqual(ok(0))
    expect(said.join()).toContain('is trusted: ssh-ed25519 SHA256:')
    expect(results).toMatchObject([{ keyType: 'ssh-ed25519' }])
    expect(pins()).toHaveLength(1)
  })

  it('with --replace asks for the host name, and does it only when that was typed', async () => {
    const { core, client, where, given, pins, server } = await ward()
    const old = { ...pinFor(server), keyBase64: generateKeyPair().public.split(' ')[1] ?? '' }
    core.state.pins.write([old])
    const refused = { failure: { kind: 'name-not-confirmed', asked: '127.0.0.1' } }
    for (const types of [undefined, '', 'yes']) {
      expect(await person(client, types).run(`trust ${where} ${given} --replace`)).toMatchObject(refused)
    }
    expect(pins()).toEqual([old])
    const { run, questions, said } = person(client, '127.0.0.1')
    expect(await run(`trust ${where} ${given} --replace`)).toEqual(ok(0))
    expect(questions).toEqual([expect.stringContaining('127.0.0.1')])
    expect(said).toHaveLength(2)
    expect(pins()).toMatchObject([{ keyBase64: pinFor(server).keyBase64 }])
    expect(server.authentications).toEqual([])
  })

  it('reaches a saved name the way that is saved with it, and nowhere else', async () => {
    const { client, server, given } = await ward()
    const jump = { address: { host: '127.0.0.1', port: 1, user: 'ops' }, credentialId: 'password-fake' }
    const target = { by: 'address', address: server.address, credentialId: 'key-1', via: [jump] } as const
    await client.product.appliances.save({ name: 'ward', target: { ...target, via: [jump] } })
    const { run } = person(client, 'ward')
    for (const line of ['trust ward', `trust ward ${given}`, `trust ward ${given} --replace`])
      expect(await run(line)).toMatchObject({ failure: { kind: 'host-unreachable', port: 1 } })
    expect(server.dials()).toBe(0)
  })

  it('forget takes a saved name, and what was typed on the command line is not asked again', async () => {
    const { core, client, pins, server } = await ward()
    core.state.pins.write([pinFor(server)])
    const target = { by: 'address', address: server.address, credentialId: 'key-1' } as const
    await client.product.appliances.save({ name: 'ward', target })
    const { run, results, questions } = person(client)
    expect(await run('trust forget nobody')).toMatchObject({ failure: { kind: 'appliance-unknown', known: ['ward'] } })
    expect(await run('trust forget ward --type-host ward')).toEqual(ok(0))
    expect([results, questions, pins()]).toEqual([[{ forgotten: 1, stillImported: 0 }], [], []])
  })

  it('import says what came in and what was left out; list and export show it', async () => {
    const { core, client, server } = await ward()
    core.state.pins.write([{ ...pinFor(server), machineId: '4'.repeat(32), source: 'rotated' }])
    const key = server.hostKeyBlob.toString('base64')
    const file = join(temporaryFolder(), 'known_hosts')
    const lines = [`a ssh-ed25519 ${key}`, `@cert-authority * ssh-ed25519 ${key}`, `b ssh-dss ${key}`]
    writeFileSync(file, lines.join('\n'))
    const { run, said, results } = person(client, undefined, 'zh-CN')
    expect(await run(`trust import ${file}`)).toEqual(ok(0))
    expect(said).toEqual([
      expect.stringContaining('新增 1 行'),
      expect.stringContaining('略过 1 行'),
      expect.stringContaining('@cert-authority'),
    ])
    expect(results).toEqual([{ added: 1, revoked: 0, alreadyKnown: 0, unknownTypes: 1, certAuthorities: 1 }])
    said.length = 0
    await run('trust list')
    expect(said).toEqual([expect.stringContaining(`机器 ID ${'4'.repeat(32)}`), expect.stringContaining('已导入')])
    said.length = 0
    await run('trust export')
    expect(said.join('\n')).toContain(`a ssh-ed25519 ${key}`)
  })

  it('import of a file that is not there, or has a bad line, says which', async () => {
    const { client } = await ward()
    const { run } = person(client)
    const file = join(temporaryFolder(), 'known_hosts')
    expect(await run(`trust import ${file}`)).toMatchObject({ failure: { kind: 'known-hosts-unusable', line: 0 } })
    writeFileSync(file, '# fine\nnot fine\n')
    expect(await run(`trust import ${file}`)).toMatchObject({ failure: { kind: 'known-hosts-unusable', line: 2 } })
  })
})

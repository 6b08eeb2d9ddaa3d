// The identity provider from a terminal: what a line has to say, and the way from a first operator to one who is bound, with
// a client secret that comes by standard input and stays out of everything that is said and kept.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { filesUnder } from '../../../../support/files-under.ts'
import { runCli } from '../../../../support/run-cli.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { testProvider } from '../../../../support/test-provider.ts'

describe('a line about the identity provider', () => {
  it('names where it is, as whom it is asked, and where its secret comes from', () => {
    const line =
      'operators set-provider https://idp.example/ward --client-id rackside --client-secret-fd 0 --authority ca.pem'
    expect(readCommandLine(line.split(' '))).toMatchObject({
      ok: true,
      value: {
        ...{ verb: 'operators', act: 'set-provider', issuer: 'https://idp.example/ward', clientId: 'rackside' },
        ...{ clientSecret: { descriptor: 0 }, authority: 'ca.pem' },
      },
    })
  })

  it.each([
    ['operators set-provider https://idp.example', 'provider-needed'],
    ['operators set-provider --client-id rackside', 'provider-needed'],
    ['operators set-provider http://idp.example --client-id rackside', 'provider-needed'],
    [
      'operators set-provider https://idp.example --client-id r --client-secret-fd 0 --vault-passphrase-fd 0',
      'passphrase-source',
    ],
    ['operators set-provider https://idp.example --client-id r --client-secret hunter2', 'unknown-option'],
    ['operators bind wang', 'subject-needed'],
    ['operators bind', 'operator-needed'],
    ['operators unbind', 'operator-needed'],
  ])('is refused: %s', (line, problem) => {
    expect(readCommandLine(line.split(' '))).toMatchObject({ ok: false, failure: { kind: 'usage', problem } })
  })
})

describe('an identity provider, by commands', { timeout: 60_000 }, () => {
  it('is set with its secret in the vault, tried, given a person for an operator, and taken away', async () => {
    const provider = await testProvider()
    const home = temporaryFolder()
    const [passphrase, secret] = ['correct horse battery', 'canary-client-secret-55af']
    const vault = join(temporaryFolder(), 'vault')
    writeFileSync(vault, `${passphrase}\n`)
    chmodSync(vault, 0o600)
    const said: string[] = []
    const run = async (line: string, input = '') => {
      const { code, stdout, stderr } = await runCli([...line.split(' '), '--json'], { home, input })
      said.push(stdout, stderr)
      return [code, JSON.parse(stdout.trim().split('\n').at(-1) || 'null')]
    }
    await run('operators begin wang --passphrase-fd 0', `${passphrase}\n`)
    await run(`vault create --vault-passphrase-file ${vault}`)
    expect(await run('operators provider')).toMatchObject([0, { provider: null }])
    const set = `operators set-provider ${provider.issuer} --client-id rackside --client-secret-fd 0`
    // Nobody opened the vault: the secret is kept nowhere, and no provider is set.
    expect(await run(set, `${secret}\n`)).toMatchObject([77, { failure: { kind: 'vault-locked' } }])
    const opened = await run(`${set} --vault-passphrase-file ${vault}`, `${secret}\n`)
    expect(opened).toMatchObject([0, { issuer: provider.issuer, clientId: 'rackside', confidential: true }])
    expect(await run('operators test-provider')).toMatchObject([0, { issuer: provider.issuer }])
    const binding = { issuer: provider.issuer, subject: 'e7c1-0042' }
    expect(await run('operators bind wang e7c1-0042')).toMatchObject([0, { name: 'wang', binding }])
    expect(await run('operators bind li x')).toMatchObject([208, { failure: { problem: 'unknown' } }])
    expect((await run('operators unbind wang'))[0]).toBe(0)
    expect((await run('operators remove-provider'))[0]).toBe(0)
    expect(await run('operators test-provider')).toMatchObject([214, { failure: { problem: 'none-set' } }])
    const kept = filesUnder(home).map((one) => readFileSync(join(home, one), 'latin1'))
    expect([...said, ...kept].filter((one) => one.includes(secret) || one.includes(passphrase))).toEqual([])
  })
})

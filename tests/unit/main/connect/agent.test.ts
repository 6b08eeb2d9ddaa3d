// Logins by the SSH agent: one key, chosen, one attempt (P9); an agent that is silent ends by a deadline (P8), and
// no server is ever offered the agent (P10: the fake server fails every test in which one was).
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import ssh2, { type OpenSSHAgent } from 'ssh2'
import { describe, expect, it, onTestFinished, type TestContext, vi } from 'vitest'
import { agentKeys, chooseAgentKey } from '../../../../main/connect/agent.ts'
import { readPrivateKey } from '../../../../main/connect/private-key.ts'
import { Secret } from '../../../../shared/domain/command.ts'
import { connectTo, generateKeyPair, startFakeSsh } from '../../../support/fake-ssh-server.ts'
import { needs } from '../../../support/needs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const program = '/usr/bin/ssh-agent'

/** An agent of the test's own, ended by the test. */
async function startAgent(context: TestContext, labels: readonly string[]): Promise<string> {
  needs(context, existsSync(program), 'needs ssh-agent')
  const folder = temporaryFolder()
  const location = join(folder, 'agent')
  const child: ChildProcess = spawn(program, ['-D', '-a', location], { stdio: 'ignore' })
  onTestFinished(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  await expect.poll(() => existsSync(location), { timeout: 5000 }).toBe(true)
  for (const label of labels) {
    const file = join(folder, label)
    execFileSync('ssh-keygen', ['-q', '-t', label.split('-')[0] ?? '', '-N', '', '-C', label, '-f', file])
    execFileSync('ssh-add', ['-q', file], { env: { ...process.env, SSH_AUTH_SOCK: location }, stdio: 'ignore' })
  }
  return location
}

/** Takes every question and answers none. */
async function silentAgent(): Promise<{ location: string; open(): number }> {
  const location = join(temporaryFolder(), 'agent')
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined).resume())
    socket.once('close', () => sockets.delete(socket))
  }).listen(location)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { location, open: () => sockets.size }
}

describe('the keys of an agent', () => {
  it('are listed with their fingerprints and labels, and one is chosen by its fingerprint', async (context) => {
    const keys = await agentKeys(await startAgent(context, ['ed25519-a', 'ecdsa-b', 'rsa-c']))
    if (!keys.ok) throw new Error('no keys')
    expect(keys.value.map((one) => one.label)).toEqual(['ed25519-a', 'ecdsa-b', 'rsa-c'])
    const wanted = keys.value[1]?.fingerprint
    expect(wanted).toMatch(/^SHA256:/)
    expect(chooseAgentKey(keys.value, wanted)).toMatchObject({ ok: true, value: { label: 'ecdsa-b' } })
    expect(chooseAgentKey(keys.value, undefined)).toMatchObject({
      failure: { kind: 'agent-unusable', reason: 'no-keys', detail: expect.stringContaining('ecdsa-b') },
    })
    expect(chooseAgentKey(keys.value, `SHA256:${'A'.repeat(43)}`)).toMatchObject({ failure: { reason: 'no-keys' } })
    expect(chooseAgentKey(keys.value.slice(0, 1), undefined)).toMatchObject({ ok: true })
  })

  it('are none where there is no agent, and where it holds none', async (context) => {
    const nowhere = join(temporaryFolder(), 'nobody')
    for (const location of [undefined, '', nowhere]) {
      expect(await agentKeys(location)).toMatchObject({ failure: { kind: 'agent-unusable', reason: 'no-agent' } })
    }
    const empty = await agentKeys(await startAgent(context, []))
    expect(empty).toEqual({ ok: true, value: [] })
    expect(chooseAgentKey([], undefined)).toMatchObject({ failure: { reason: 'no-keys' } })
  })

  it('are not waited for without end (P8)', async () => {
    const { location, open } = await silentAgent()
    expect(await agentKeys(location, 0.2)).toMatchObject({ failure: { kind: 'agent-unusable', reason: 'silent' } })
    await expect.poll(open).toBe(0)
  })

  it('are not waited for by a connection that comes up after that', async () => {
    const { location, open } = await silentAgent()
    const { getStream } = ssh2.OpenSSHAgent.prototype
    const late = vi.spyOn(ssh2.OpenSSHAgent.prototype, 'getStream').mockImplementation(function (
      this: OpenSSHAgent,
      given,
    ) {
      getStream.call(this, (error, stream) => void setTimeout(() => given(error, stream), 400))
    })
    onTestFinished(() => late.mockRestore())
    expect(await agentKeys(location, 0.1)).toMatchObject({ failure: { reason: 'silent' } })
    await expect.poll(open).toBe(1)
    await expect.poll(open, { timeout: 3000 }).toBe(0)
  })

  it('are not what something else says that listens there', async () => {
    const location = join(temporaryFolder(), 'agent')
    const server = createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400\r\n\r\n'))
    server.listen(location)
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    expect(await agentKeys(location, 1)).toMatchObject({ failure: { kind: 'agent-unusable' } })
  })
})

describe('a login by the agent', () => {
  it.for(['ed25519-a', 'ecdsa-a', 'rsa-a'])('signs with %s, and with nothing else (P9)', async (label, context) => {
    const keys = await agentKeys(await startAgent(context, [label, 'ed25519-other']))
    const key = keys.ok && keys.value.find((one) => one.label === label)
    if (!key) throw new Error('no key')
    const offered = new Set<string>()
    const server = await startFakeSsh({
      onAuthentication: (attempt) => {
        if (attempt.method !== 'publickey') return attempt.reject(['publickey'])
        offered.add(attempt.key.data.toString('base64'))
        if (attempt.signature === undefined || attempt.blob === undefined) return attempt.accept()
        const right = key.key.verify(attempt.blob, attempt.signature, attempt.hashAlgo)
        return right === true ? attempt.accept() : attempt.reject(['publickey'])
      },
    })
    expect((await connectTo(server, { login: { kind: 'agent', key } })).ok).toBe(true)
    expect([...offered]).toEqual([key.key.getPublicSSH().toString('base64')])
  })

  it('that the server refuses is the end of it (P9)', async (context) => {
    const keys = await agentKeys(await startAgent(context, ['ed25519-a']))
    const key = keys.ok && keys.value[0]
    if (!key) throw new Error('no key')
    const server = await startFakeSsh({ methods: ['password'] })
    expect(await connectTo(server, { login: { kind: 'agent', key } })).toMatchObject({
      failure: { kind: 'login-refused' },
    })
    expect(server.authentications).toEqual(['publickey'])
  })

  it('whose key the agent does not sign with any more says so, not that the server refused', async () => {
    const pair = generateKeyPair()
    const key = readPrivateKey({ privateKey: new Secret(pair.private) })
    if (!key.ok) throw new Error('no key')
    const failure = { kind: 'agent-unusable', reason: 'silent', detail: '' } as const
    const agentKey = { fingerprint: '', label: '', key: key.value, sign: async () => ({ ok: false, failure }) as const }
    const server = await startFakeSsh({ methods: ['publickey'] })
    expect(await connectTo(server, { login: { kind: 'agent', key: agentKey } })).toEqual({ ok: false, failure })
    await expect.poll(server.openLinks).toBe(0)
  })
})

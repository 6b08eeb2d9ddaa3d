// Logins against real OpenSSH on the loopback: encrypted keys of ssh-keygen, a private ssh-agent, and one sshd
// behind another. It logs in as root with keys of its own, so it needs root.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { agentKeys, chooseAgentKey } from '../../../main/connect/agent.ts'
import { decideHostKey, fingerprintOf } from '../../../main/connect/known-hosts.ts'
import { connectSsh, type Hop } from '../../../main/connect/ssh.ts'
import type { Login } from '../../../main/connect/ssh-login.ts'
import { command, Secret } from '../../../shared/domain/command.ts'
import { needs } from '../../support/needs.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const sshd = '/usr/sbin/sshd'
const canRun = process.getuid?.() === 0 && existsSync(sshd) && existsSync('/usr/bin/ssh-agent')

function makeKey(folder: string, name: string, words: readonly string[] = []): string {
  const file = join(folder, name)
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, ...words, '-f', file])
  return file
}

/** What the tests do besides is ended with them. */
function keepRunning(program: string, words: readonly string[]): void {
  const child = spawn(program, words, { stdio: 'ignore' })
  onTestFinished(async () => {
    child.kill()
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
}

async function startSshd(authorized: string, lines: readonly string[] = []): Promise<Omit<Hop, 'login'>> {
  const folder = temporaryFolder()
  const host = makeKey(folder, 'host')
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  const config = [
    ...[`Port ${port}`, 'ListenAddress 127.0.0.1', `HostKey ${host}`, `AuthorizedKeysFile ${authorized}`],
    // The shell reads no start-up file of whoever tests.
    `SetEnv HOME=${folder}`,
    ...['StrictModes no', 'UsePAM no', 'PidFile none', 'PasswordAuthentication no', 'LogLevel VERBOSE', ...lines],
  ]
  writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`)
  mkdirSync('/run/sshd', { recursive: true })
  keepRunning(sshd, ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')])
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '')
  await expect.poll(log, { timeout: 5000 }).toContain('Server listening')
  const address = { host: '127.0.0.1', port, user: 'root' }
  const right = fingerprintOf(Buffer.from(readFileSync(`${host}.pub`, 'utf8').split(' ')[1] ?? '', 'base64'))
  return { address, verifyHostKey: (key) => decideHostKey({ pins: [], imported: [] }, address, key, right) }
}

async function whoLogsIn(to: Omit<Hop, 'login'>, login: Login, via: Hop[] = []) {
  const connected = await connectSsh({ ...to, login, via, deadlineSeconds: 15 })
  if (!connected.ok) return connected.failure
  onTestFinished(() => connected.value.close())
  const id = await connected.value.run(command('id', '-un'), { as: 'login', deadlineSeconds: 10 })
  return id.ok ? id.value.stdout.trim() : id.failure
}

function start(context: TestContext): string {
  needs(context, canRun, 'needs root, openssh-server and ssh-agent')
  return temporaryFolder()
}

describe('a real sshd', () => {
  it.for([
    ['OpenSSH', []],
    ['PEM', ['-m', 'PEM', '-t', 'rsa']],
    ['PKCS#8', ['-m', 'PKCS8', '-t', 'rsa']],
  ] as const)('lets in an encrypted %s key with its passphrase', async ([, words], context) => {
    const folder = start(context)
    const file = makeKey(folder, 'key', [...words, '-N', 'a passphrase'])
    const server = await startSshd(`${file}.pub`)
    const privateKey = new Secret(readFileSync(file, 'utf8'))
    const login = (passphrase: string): Login => ({ kind: 'key', privateKey, passphrase: new Secret(passphrase) })
    expect(await whoLogsIn(server, { kind: 'key', privateKey })).toMatchObject({ reason: 'encrypted' })
    expect(await whoLogsIn(server, login('wrong'))).toMatchObject({ reason: 'passphrase-wrong' })
    expect(await whoLogsIn(server, login('a passphrase'))).toBe('root')
  })

  it.for([
    ['ed25519', 'ed25519'],
    ['rsa', 'rsa'],
  ] as const)(
    'lets in the %s key of an agent that holds others before it, with MaxAuthTries 1 (P9)',
    async ([type], context) => {
      const folder = start(context)
      const location = join(folder, 'agent')
      keepRunning('/usr/bin/ssh-agent', ['-D', '-a', location])
      await expect.poll(() => existsSync(location), { timeout: 5000 }).toBe(true)
      const others = ['one', 'two', 'three'].map((name) => makeKey(folder, name))
      const file = makeKey(folder, 'wanted', ['-t', type])
      const env = { ...process.env, SSH_AUTH_SOCK: location }
      execFileSync('ssh-add', ['-q', ...others, file], { env, stdio: 'ignore' })
      const keys = await agentKeys(location)
      const wanted = keys.ok ? keys.value.find((key) => key.label === 'wanted') : undefined
      const key = keys.ok ? chooseAgentKey(keys.value, wanted?.fingerprint) : keys
      if (!key.ok) throw new Error('no key')
      const server = await startSshd(`${file}.pub`, ['MaxAuthTries 1'])
      expect(await whoLogsIn(server, { kind: 'agent', key: key.value })).toBe('root')
    },
  )

  it('is reached through another one, and not through one that forwards nothing', async (context) => {
    const folder = start(context)
    const [near, far] = [makeKey(folder, 'near'), makeKey(folder, 'far')]
    const login = (file: string): Login => ({ kind: 'key', privateKey: new Secret(readFileSync(file, 'utf8')) })
    const [jump, shut, server] = [
      await startSshd(`${near}.pub`),
      await startSshd(`${near}.pub`, ['AllowTcpForwarding no']),
      await startSshd(`${far}.pub`),
    ]
    const hop = { ...jump, login: login(near) }
    expect(await whoLogsIn(server, login(far), [hop])).toBe('root')
    expect(await whoLogsIn(server, login(far), [hop, { ...shut, login: login(near) }])).toMatchObject({
      kind: 'jump-refused',
      port: server.address.port,
      through: `127.0.0.1:${shut.address.port}`,
    })
    expect(await whoLogsIn(server, login(near), [hop])).toMatchObject({ kind: 'login-refused' })
  })
})

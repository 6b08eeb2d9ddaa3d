// The connection against a real OpenSSH server on the loopback, run by this test. It logs in as root with
// a key of its own, so it needs root; outside its temporary folder only /run/sshd is made.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { decideHostKey, fingerprintOf, type OfferedKey } from '../../../main/connect/known-hosts.ts'
import { connectSsh } from '../../../main/connect/ssh.ts'
import { command, Secret } from '../../../shared/domain/command.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import { generateKeyPair } from '../../support/fake-ssh-server.ts'
import { needs } from '../../support/needs.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const sshd = '/usr/sbin/sshd'
const canRun = process.getuid?.() === 0 && existsSync(sshd)
const reason = 'needs root and openssh-server'

type Connecting = { key?: string; fingerprint?: string; onHostKeysProven?: (keys: readonly OfferedKey[]) => void }

type Server = {
  readonly pid: number
  connect(options?: Connecting): Promise<Result<Connection>>
  connection(): Promise<Connection>
}

async function startSshd(lines: readonly string[] = []): Promise<Server> {
  const folder = temporaryFolder()
  const [host, login] = [generateKeyPair(), generateKeyPair()]
  writeFileSync(join(folder, 'host'), host.private, { mode: 0o600 })
  writeFileSync(join(folder, 'authorized'), login.public, { mode: 0o600 })
  const port = await freePort()
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    // The shell reads no start-up file of whoever tests.
    `SetEnv HOME=${folder}`,
    ...lines,
  ]
  writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`)
  // Where sshd separates its privileges; a machine without systemd has it only after the first start.
  mkdirSync('/run/sshd', { recursive: true })
  const child = spawn(sshd, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' })
  await once(child, 'spawn')
  onTestFinished(() => stop(child))
  const { pid } = child
  if (pid === undefined) throw new Error('sshd does not start')
  await answering(port)
  const address = { host: '127.0.0.1', port, user: 'root' }
  const right = fingerprintOf(Buffer.from(host.public.split(' ')[1] ?? '', 'base64'))
  const connectWith: Server['connect'] = async (options = {}) => {
    const connected = await connectSsh({
      address,
      login: { kind: 'key', privateKey: new Secret(options.key ?? login.private) },
      verifyHostKey: (key) => decideHostKey({ pins: [], imported: [] }, address, key, options.fingerprint ?? right),
      ...(options.onHostKeysProven === undefined ? {} : { onHostKeysProven: options.onHostKeysProven }),
      deadlineSeconds: 10,
    })
    if (connected.ok) onTestFinished(() => connected.value.close())
    return connected
  }
  return {
    pid,
    connect: connectWith,
    connection: async () => {
      const connected = await connectWith()
      if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
      return connected.value
    },
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill()
  await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answering(port: number): Promise<void> {
  await expect
    .poll(
      () =>
        new Promise<boolean>((resolve) => {
          const socket = connect({ host: '127.0.0.1', port })
          socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
          socket.once('connect', () => socket.destroy())
        }),
      { timeout: 5000 },
    )
    .toBe(true)
}

/** Living processes below that one, children before grandchildren: [pid, command line]. */
function descendants(root: number): (readonly [number, string])[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = textOf(`/proc/${name}/stat`)
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (stat !== '' && state !== 'Z') parents.set(Number(name), Number(parent))
  }
  const found = [root]
  for (const above of found) for (const [pid, parent] of parents) if (parent === above) found.push(pid)
  return found.slice(1).map((pid) => [pid, textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')] as const)
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Command lines with that word, wherever their processes hang now. */
function named(word: string): string[] {
  const lines = readdirSync('/proc').map((name) => (/^\d+$/.test(name) ? textOf(`/proc/${name}/cmdline`) : ''))
  return lines.filter((line) => line.includes(word))
}

describe('a real sshd', () => {
  it('runs commands and scripts, with input, and as root without sudo', async (context) => {
    needs(context, canRun, reason)
    const link = await (await startSshd()).connection()
    const script = { name: 'script', text: 'cat; echo err >&2; exit 7' }
    expect(await link.run(script, { as: 'login', deadlineSeconds: 10, stdin: 'in' })).toEqual({
      ok: true,
      value: { exitCode: 7, stdout: 'in', stderr: 'err\n', truncated: false },
    })
    expect(await link.run(command('id', '-u'), { as: 'root', deadlineSeconds: 10 })).toMatchObject({
      value: { stdout: '0\n' },
    })
  })

  it('refuses a wrong key, and is refused for a wrong host key', async (context) => {
    needs(context, canRun, reason)
    const server = await startSshd()
    const key = generateKeyPair().private
    expect(await server.connect({ key })).toMatchObject({ failure: { kind: 'login-refused' } })
    const fingerprint = `SHA256:${'A'.repeat(43)}`
    expect(await server.connect({ fingerprint })).toMatchObject({
      failure: { kind: 'host-key-mismatch', given: fingerprint },
    })
  })

  it('announces a further host key and proves it, right after the login (P4)', async (context) => {
    needs(context, canRun, reason)
    const further = generateKeyPair()
    const file = join(temporaryFolder(), 'further')
    writeFileSync(file, further.private, { mode: 0o600 })
    const server = await startSshd([`HostKey ${file}`])
    const proven: string[] = []
    const onHostKeysProven = (keys: readonly OfferedKey[]) =>
      void proven.push(...keys.map((key) => Buffer.from(key.blob).toString('base64')))
    expect(await server.connect({ onHostKeysProven })).toMatchObject({ ok: true })
    await expect.poll(() => proven).toContain(further.public.split(' ')[1])
    expect(proven).toHaveLength(2)
  })

  it('returns at once although a leftover holds every descriptor, and the leftover goes too', async (context) => {
    needs(context, canRun, reason)
    const server = await startSshd()
    const link = await server.connection()
    const before = performance.now()
    const text = 'sleep 4711.1 & echo done'
    expect(await link.run({ name: 'left', text }, { as: 'root', deadlineSeconds: 20 })).toMatchObject({
      value: { stdout: 'done\n' },
    })
    expect(performance.now() - before).toBeLessThan(3000)
    await expect.poll(() => named('4711.1'), { timeout: 3000 }).toEqual([])
  })

  it('has nothing of ours left when a call passes its deadline, or the connection is closed', async (context) => {
    needs(context, canRun, reason)
    const server = await startSshd()
    const link = await server.connection()
    await link.run(command('sleep', '4711.2'), { as: 'root', deadlineSeconds: 0.5 })
    await expect.poll(() => named('4711.2'), { timeout: 5000 }).toEqual([])
    const stream = await link.stream(command('sleep', '4711.3'), { as: 'root', deadlineSeconds: 10 })
    expect(stream.ok).toBe(true)
    await link.close()
    await expect.poll(() => named('4711.3'), { timeout: 5000 }).toEqual([])
    await expect.poll(() => descendants(server.pid), { timeout: 5000 }).toEqual([])
  })

  it('has nothing of ours left when its own process of the link is killed', async (context) => {
    needs(context, canRun, reason)
    const server = await startSshd()
    const link = await server.connection()
    await link.stream(command('sleep', '4711.4'), { as: 'root', deadlineSeconds: 10 })
    const pending = link.run(command('sleep', '4711.4'), { as: 'root', deadlineSeconds: 60 })
    await sleep(300)
    for (const [pid, line] of descendants(server.pid)) if (line.startsWith('sshd')) process.kill(pid, 'SIGKILL')
    expect(await pending).toMatchObject({ failure: { kind: 'link-lost', during: 'sleep' } })
    await expect.poll(() => named('4711.4'), { timeout: 8000 }).toEqual([])
  })

  it('with room for two sessions still answers five questions at once', async (context) => {
    needs(context, canRun, reason)
    const link = await (await startSshd(['MaxSessions 2'])).connection()
    const runs = Array.from({ length: 5 }, (_, index) =>
      link.run({ name: 'r', text: `sleep 0.1; echo ${index}` }, { as: 'login', deadlineSeconds: 20 }),
    )
    const outputs = (await Promise.all(runs)).map((run) => run.ok && run.value.stdout)
    expect(outputs).toEqual(runs.map((_, index) => `${index}\n`))
  })

  it.for([
    ['forwards', []],
    ['does not forward', ['AllowTcpForwarding no']],
  ] as const)('that %s brings http to its loopback', async ([, lines], context) => {
    needs(context, canRun, reason)
    const site = createHttpServer((request, response) => response.end(`you asked ${request.url}`))
    site.listen(0, '127.0.0.1')
    await once(site, 'listening')
    onTestFinished(() => void site.close())
    const link = await (await startSshd(lines)).connection()
    const { port } = site.address() as AddressInfo
    const response = await link.http({ port, method: 'GET', path: '/metrics', deadlineSeconds: 10 })
    let text = ''
    if (response.ok) for await (const bytes of response.value.body) text += Buffer.from(bytes).toString()
    expect(text).toBe('you asked /metrics')
    expect(await link.http({ port: 1, method: 'GET', path: '/', deadlineSeconds: 10 })).toEqual({
      ok: false,
      failure: { kind: 'http-failed', port: 1, detail: 'refused' },
    })
  })

  it('that takes only what we do not offer is refused for its algorithms', async (context) => {
    needs(context, canRun, reason)
    const server = await startSshd(['Ciphers chacha20-poly1305@openssh.com'])
    expect(await server.connect()).toMatchObject({ failure: { kind: 'algorithms-refused' } })
  })
})

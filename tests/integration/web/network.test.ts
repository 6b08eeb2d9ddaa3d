// The service on an address of a local network: with TLS and named operators or not at all; who is not signed in is told
// nothing but how. A real process, real certificates, and 127.0.0.2 as the address of that network.
import { spawnSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { exitCodes } from '../../../main/terminal/exit-codes.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { WindowContract } from '../../../shared/contract/window.ts'
import { needs } from '../../support/needs.ts'
import { runCli } from '../../support/run-cli.ts'
import { type ShellProcess, startShell } from '../../support/shell-process.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const address = '127.0.0.2'
const name = 'rackside.hospital.example'
const passphrase = 'a long passphrase of the ward'
const hasOpenSsl = spawnSync('openssl', ['version']).status === 0

type Files = { readonly certificate: string; readonly key: string }

/** Signs itself. */
function certificateFor(names: string): Files {
  const folder = temporaryFolder()
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=console'],
    ...['-days', '9', '-addext', `subjectAltName=${names}`, '-keyout', key, '-out', certificate],
  ])
  if (made.status !== 0) throw new Error(String(made.stderr))
  chmodSync(key, 0o600)
  return { certificate, key }
}

const served = ({ certificate, key }: Files, ...more: string[]) => [
  ...['serve', '--json', '--port', `${port}`, '--address', address],
  ...['--tls-certificate', certificate, '--tls-key', key, ...more],
]
let port = 0

type Answer = { readonly status: number; readonly body: string; readonly policy: string }

function ask(path: string, { host = `${name}:${port}`, ...headers }: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: address, port, path, headers: { host, ...headers }, rejectUnauthorized: false },
      (reply) => {
        let body = ''
        reply.setEncoding('utf8').on('data', (text: string) => (body += text))
        reply.once('end', () => {
          resolve({ status: reply.statusCode ?? 0, body, policy: String(reply.headers['content-security-policy']) })
        })
      },
    )
    asked.once('error', reject)
    asked.end()
  })
}

type Calls = { product: ContractRouterClient<Contract>; window: ContractRouterClient<WindowContract> }

/** As a page of this host, without a key. Rejects with what an upgrade was refused with. */
async function openSocket(host = `${name}:${port}`, origin = `https://${host}`) {
  const socket = new WebSocket(`wss://${address}:${port}/link`, ['rackside.1'], {
    ...{ headers: { host, origin }, rejectUnauthorized: false },
  })
  onTestFinished(() => socket.terminate())
  await new Promise<void>((resolve, reject) => {
    socket.once('unexpected-response', (_request, reply) => reject(new Error(`refused ${reply.statusCode}`)))
    socket.once('error', reject)
    socket.once('close', (code, reason) => reject(new Error(`closed ${code} ${reason}`)))
    socket.once('open', () => socket.ping())
    socket.once('pong', () => resolve())
  })
  return { socket }
}

async function openPage(session: { key?: string } = {}, host?: string, origin?: string) {
  const { socket } = await openSocket(host, origin)
  const headers = () => ({ ...(session.key && { 'x-rackside-session': session.key }) })
  return createORPCClient(new RPCLink({ websocket: socket as never, headers })) as Calls
}

async function keyOf(window: Calls['window']): Promise<string> {
  const signedIn = await window.signIn({ name: 'wang', passphrase, kind: 'window' })
  if (!signedIn.ok) throw new Error(signedIn.failure.kind)
  return signedIn.value.sessionKey
}

async function begin(home: string): Promise<void> {
  const file = join(home, 'passphrase')
  writeFileSync(file, `${passphrase}\n`, { mode: 0o600 })
  const begun = await runCli(['operators', 'begin', 'wang', '--passphrase-file', file], { home: join(home, 'state') })
  if (begun.code !== 0) throw new Error(begun.stderr)
}

describe('the service on a local network', { timeout: 60_000 }, () => {
  let files: Files
  let shell: ShellProcess

  beforeEach((context) => {
    needs(context, hasOpenSsl, 'openssl')
    port = 20_000 + (process.pid % 20_000)
  })

  async function started(home = temporaryFolder(), ...more: string[]): Promise<string> {
    await begin(home)
    files = certificateFor(`DNS:${name},IP:${address}`)
    shell = startShell(served(files, '--tls-name', name, ...more), { home })
    await shell.until(`https://${name}:${port}`)
    return home
  }

  it('is there by its names, with TLS and nothing else, and not on any other address', async () => {
    await started()
    for (const host of [`${name}:${port}`, `${address}:${port}`]) {
      const page = await ask('/', { host })
      expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<!doctype html>') })
      expect(page.policy).toContain(`connect-src 'self' wss://${host};`)
    }
    for (const host of [
      'evil.example',
      name,
      `${name}.:${port}`,
      `${address}:${port}.evil.example`,
      `127.0.0.1:${port}`,
    ]) {
      expect(await ask('/', { host })).toMatchObject({ status: 421 })
      await expect(openPage({}, host)).rejects.toThrow('refused 403')
    }
    await expect(openPage({}, `${name}:${port}`, `https://${address}:${port}`)).rejects.toThrow('refused 403')
    await expect(openPage({}, `${name}:${port}`, `http://${name}:${port}`)).rejects.toThrow('refused 403')
    // What is sent in clear is not answered in clear.
    expect(await inClear(`GET / HTTP/1.1\r\nhost: ${name}:${port}\r\n\r\n`)).not.toContain('<!doctype')
    await expect(reached('127.0.0.1')).resolves.toBe(false)
    expect(`${shell.said.stdout}${shell.said.stderr}`).not.toMatch(/code=|token/)
  })

  it('tells nobody anything before they sign in, and lets in nobody by being at the computer', async () => {
    await started()
    const session: { key?: string } = {}
    const { product, window } = await openPage(session)
    const needed = { data: { kind: 'sign-in-needed' } }
    await expect(product.appliances.list({})).rejects.toMatchObject(needed)
    await expect(window.keyFiles({})).rejects.toMatchObject(needed)
    await expect(window.openWindow({})).rejects.toMatchObject(needed)
    await expect(window.beginOperators({ name: 'mallory', passphrase })).rejects.toMatchObject(needed)
    expect(await window.about({})).toMatchObject({ ok: true, value: { operator: '', importFolder: '' } })
    session.key = await keyOf(window)
    expect(await product.appliances.list({})).toEqual({ ok: true, value: [] })
    expect(await window.about({})).toMatchObject({ value: { importFolder: expect.stringContaining('import') } })
    session.key = `${session.key.slice(0, -1)}${session.key.endsWith('A') ? 'B' : 'A'}`
    await expect(product.appliances.list({})).rejects.toMatchObject(needed)
  })

  it('lets nobody in any more when operators are ended while it runs, not even through an open window', async () => {
    await started()
    const session: { key?: string } = {}
    const { product, window } = await openPage(session)
    session.key = await keyOf(window)
    expect(await product.operators.end({})).toMatchObject({ ok: true })
    await expect(product.appliances.list({})).rejects.toMatchObject({ data: { kind: 'sign-in-needed' } })
    await expect(window.beginOperators({ name: 'mallory', passphrase })).rejects.toMatchObject({
      data: { kind: 'sign-in-needed' },
    })
    await expect(openPage()).rejects.toThrow('closed 4401 no-key')
  })

  it('gives nobody a key: another window signs in too, and one that is open is gone when nobody has to any more', async () => {
    await started()
    const session: { key?: string } = {}
    const { product, window } = await openPage(session)
    session.key = await keyOf(window)
    expect(await window.openWindow({})).toEqual({ ok: true, value: { address: `https://${name}:${port}/` } })
    const { socket } = await openSocket()
    const gone = new Promise((resolve) => socket.once('close', resolve))
    await product.operators.end({})
    expect(await gone).toBe(4401)
  })

  it('hears only so many sign-ins of one computer, and asks whoever is signed in all the same', async () => {
    await started()
    const session: { key?: string } = {}
    const { window } = await openPage(session)
    const key = await keyOf(window)
    const stranger = (await openPage()).window
    const tried = await Promise.all(
      Array.from({ length: 30 }, () => stranger.signIn({ name: 'wang', passphrase: 'guessed', kind: 'window' })),
    )
    const kinds = tried.map((one) => (one.ok ? 'in' : one.failure.kind))
    expect(kinds.filter((kind) => kind === 'sign-in-busy').length).toBeGreaterThanOrEqual(20)
    expect(kinds.filter((kind) => kind === 'sign-in-refused')).toHaveLength(5)
    const audit = readFileSync(join(shell.home, 'state', 'audit.jsonl'), 'utf8')
    expect(audit).toMatch(/"act":"sign-in-refused".*"from":"127\.0\.0\.1"/)
    // The name is locked for signing in; its person goes on.
    session.key = key
    expect(await window.stepUp({ passphrase })).toEqual({ ok: true, value: {} })
  })

  it('says of itself how it is to whoever shows the token of the site, and to nobody else', async () => {
    const home = temporaryFolder()
    const file = join(home, 'token')
    const token = 'a-token-of-the-site-0123456789abcdef'
    writeFileSync(file, token, { mode: 0o600 })
    await started(home, '--metrics-token-file', file)
    const shown = { authorization: `Bearer ${token}` }
    for (const path of ['/health', '/metrics']) {
      expect(await ask(path)).toMatchObject({ status: 401 })
      expect(await ask(path, { authorization: `Bearer ${token}x` })).toMatchObject({ status: 401 })
    }
    const health = await ask('/health', shown)
    expect([health.status, JSON.parse(health.body)]).toEqual([
      200,
      { ok: true, answers: true, watching: true, vault: 'none' },
    ])
    // Nobody is signed in there: it is no window yet.
    await openPage()
    const { body } = await ask('/metrics', shown)
    const [, until] = /^rackside_console_certificate_expiry_timestamp_seconds (\S+)$/m.exec(body) ?? []
    expect(Number(until)).toBeGreaterThan(Date.now() / 1000)
    expect(body).toMatch(/^rackside_console_windows 0$/m)
    expect(body).toMatch(/^rackside_console_info\{version="[\d.]+",node="[\d.]+"\} 1$/m)
    const [, memory] = /^process_resident_memory_bytes (\d+)$/m.exec(body) ?? []
    expect(Number(memory)).toBeGreaterThan(20e6)
  })

  it('does not begin without a certificate, with one of another key, time or name, or where nobody has to sign in', async () => {
    const home = temporaryFolder()
    const at = { home: join(home, 'state') }
    const refusal = async (words: readonly string[]) => {
      const { code, json } = await runCli(words, at)
      return [code, (json() as { failure: unknown }).failure]
    }
    const is = (reason: string, detail: unknown = expect.any(String)) => [
      exitCodes['serving-refused'],
      { kind: 'serving-refused', reason, detail },
    ]
    files = certificateFor(`DNS:${name},IP:${address}`)
    const bare = ['serve', '--json', '--port', `${port}`, '--address', address]
    expect(await refusal(bare)).toEqual(is('needs-tls', address))
    expect(await refusal(served(files, '--tls-name', name))).toEqual(is('needs-operators', address))
    await begin(home)
    const other = certificateFor(`DNS:${name}`)
    const open = { ...other, key: join(home, 'open.pem') }
    writeFileSync(open.key, readFileSync(other.key), { mode: 0o644 })
    const late = { ...files, certificate: join(home, 'nothing.pem') }
    expect(await refusal(served({ ...files, key: other.key }))).toEqual(is('key-of-another-certificate'))
    expect(await refusal(served(late))).toEqual(is('certificate-unreadable', late.certificate))
    expect(await refusal(served({ ...files, certificate: files.key }))).toEqual(is('certificate-unreadable'))
    expect(await refusal(served(other))).toEqual(is('name-not-in-certificate', address))
    expect(await refusal(served(files, '--tls-name', 'other.example'))).toEqual(
      is('name-not-in-certificate', 'other.example'),
    )
    expect((await refusal(served(open)))[1]).toMatchObject({
      kind: 'secret-file-unusable',
      problem: 'readable-by-others',
    })
    const [code, failure] = await refusal(['serve', '--json', '--address', '0.0.0.0'])
    expect([code, failure]).toEqual([2, expect.objectContaining({ kind: 'usage', problem: 'not-one-address' })])
    const elsewhere = served(certificateFor('IP:203.0.113.7')).map((word) => (word === address ? '203.0.113.7' : word))
    // It may come: a service is started again after this one.
    const notNow = { kind: 'serving-not-now', reason: 'address-not-here', detail: '203.0.113.7' }
    expect(await refusal(elsewhere)).toEqual([exitCodes['serving-not-now'], notNow])
  })
})

function inClear(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => socket.write(text))
    let answer = ''
    socket.on('data', (bytes) => (answer += bytes))
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(answer))
  })
}

function reached(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true))
    socket.once('error', () => resolve(false))
    onTestFinished(() => void socket.destroy())
  })
}

// The web shell's listener against whoever shares this computer with it: other pages in the same browser, names
// turned to 127.0.0.1, clients that send slowly, too much or nonsense. A real listener and real sockets.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { WebSocket } from 'ws'
import type { ConsoleClient } from '../../../main/core/link/console-client.ts'
import type { PageFiles } from '../../../main/core/page/page-files.ts'
import type { WantedPort } from '../../../main/shells/web/arguments.ts'
import { type Metrics, metricsPage } from '../../../main/shells/web/metrics-page.ts'
import { openWebServer } from '../../../main/shells/web/web-server.ts'
import { windowKeys } from '../../../main/shells/web/window-keys.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { ask, dial, halfOpen, rawExchange } from '../../support/web-requests.ts'

const text = (content: string) => new Uint8Array(Buffer.from(content))
const files: PageFiles = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', bytes: text('<!doctype html>the page'), lasting: false }],
  ['/assets/a-1.js', { type: 'text/javascript; charset=utf-8', bytes: text('go()'), lasting: true }],
])

async function open(port: WantedPort = 0, metrics?: Metrics) {
  const keys = windowKeys({ randomKey: () => randomBytes(32).toString('base64url'), clock: () => performance.now() })
  const served: WebSocket[] = []
  const opened = await openWebServer({ port, files, keys, metrics, serve: (socket) => void served.push(socket) })
  if (!opened.ok) throw new Error(opened.failure.kind)
  onTestFinished(() => opened.value.close())
  const { port: at, origin } = opened.value
  const withKey = { origin, protocols: ['rackside.1', `rackside.token.${keys.token}`] }
  const post = (body: string, headers: Record<string, string> = {}) => {
    const own = { origin, 'content-type': 'application/json' }
    return ask(at, '/session', { method: 'POST', headers: { ...own, ...headers }, body })
  }
  return { keys, served, port: at, origin, withKey, post, close: opened.value.close }
}

describe('what a site reads', () => {
  it('is there only where somebody made a token for it, and only for whoever shows it', async () => {
    const without = await open()
    const shows = (word: string) => ({ headers: { authorization: word } })
    expect(await ask(without.port, '/metrics', shows(`Bearer ${without.keys.token}`))).toMatchObject({ status: 404 })
    const file = join(temporaryFolder(), 'token')
    const token = 'a-token-of-the-site-0123456789abcdef'
    writeFileSync(file, `${token}\n`, { mode: 0o600 })
    const client = { product: { appliances: { list: async () => ok([]) } } } as unknown as ConsoleClient
    const made = metricsPage(file, { client: async () => client, nowMs: () => 0 })
    if (!made.ok || made.value === undefined) throw new Error('no metrics')
    const { port, keys } = await open(0, made.value)
    expect(await ask(port, '/metrics', shows(`Bearer ${token}`))).toMatchObject({ status: 200, body: '' })
    for (const word of ['', 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, `Bearer ${keys.token}`]) {
      expect(await ask(port, '/metrics', shows(word))).toMatchObject({ status: 401 })
    }
    chmodSync(file, 0o644)
    expect(metricsPage(file, { client: async () => client, nowMs: () => 0 })).toMatchObject({ ok: false })
  })
})

describe('the page', () => {
  it('is there for everybody who names the host, without data, without a trace in caches', async () => {
    const { port, keys } = await open()
    const page = await ask(port, '/')
    expect(page).toMatchObject({ status: 200, body: '<!doctype html>the page' })
    expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    expect(JSON.stringify(page)).not.toContain(keys.token)
    expect(await ask(port, '/appliances/ward-3')).toMatchObject({ status: 200, body: page.body })
    expect(await ask(port, '/assets/a-1.js')).toMatchObject({ status: 200, body: 'go()' })
    expect(await ask(port, '/favicon.ico')).toMatchObject({ status: 204, body: '' })
  })

  it('answers HEAD with the headers alone, and other methods with a refusal', async () => {
    const { port, origin } = await open()
    expect(await ask(port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      expect(await ask(port, '/', { method, headers: { origin } })).toMatchObject({ status: 405 })
    }
    expect(await ask(port, '/session')).toMatchObject({ status: 405 })
    expect(await ask(port, '/elsewhere', { method: 'POST', headers: { origin } })).toMatchObject({ status: 404 })
  })

  it('has the security headers on every kind of answer', async () => {
    const { port, post } = await open()
    const evil = { headers: { host: 'evil.example' } }
    const answers = [
      ask(port, '/'),
      ask(port, '/no.js'),
      ask(port, '/', evil),
      ask(port, '/', { method: 'PUT' }),
      post(''),
    ]
    for (const { headers } of await Promise.all(answers)) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      })
      const policy = String(headers['content-security-policy']).split('; ')
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port}`)
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  it.each([
    '/../../../../etc/passwd',
    '/..%2f..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '//etc/passwd.txt',
    '/assets/a-1.js%00.html',
    '/assets/',
  ])('gives no file from outside for %s', async (path) => {
    const { port } = await open()
    const { body } = await ask(port, path)
    expect(['There is no such file.\n', '<!doctype html>the page']).toContain(body)
  })
})

describe('a name turned to this computer (DNS rebinding)', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1', '127.0.0.1:1', '0.0.0.0', '[::1]'])(
    'is refused as Host %s',
    async (name) => {
      const { port, withKey } = await open()
      const host = name.includes(':1') ? name : `${name}:${port}`
      if (name === '127.0.0.1') expect(await ask(port, '/', { headers: { host: name } })).toMatchObject({ status: 421 })
      else expect(await ask(port, '/', { headers: { host } })).toMatchObject({ status: 421 })
      if (name !== '127.0.0.1') expect(await dial(port, { ...withKey, host })).toEqual({ refused: 403 })
    },
  )

  it('is refused even when its page brings the key and a matching Origin', async () => {
    const { port, withKey, served } = await open()
    const host = `evil.example:${port}`
    expect(await dial(port, { ...withKey, host, origin: `http://${host}` })).toEqual({ refused: 403 })
    expect(served).toEqual([])
  })
})

describe('a foreign page in the same browser', () => {
  it.each(['http://evil.example', 'http://127.0.0.1:1', 'http://localhost', 'null', 'https://127.0.0.1'])(
    'at %s cannot connect, with or without the key',
    async (origin) => {
      const { port, withKey, served } = await open()
      expect(await dial(port, { ...withKey, origin })).toEqual({ refused: 403 })
      expect(await dial(port, { protocols: ['rackside.1'], origin })).toEqual({ refused: 403 })
      expect(served).toEqual([])
    },
  )

  it('cannot spend a code (CSRF)', async () => {
    const { post, keys } = await open()
    const code = keys.newCode()
    const body = JSON.stringify({ code })
    for (const origin of ['http://evil.example', 'null', ''])
      expect(await post(body, { origin })).toMatchObject({ status: 403 })
    expect(await post(body, { 'content-type': 'text/plain' })).toMatchObject({ status: 415 })
    expect(JSON.parse((await post(body)).body)).toEqual({ token: keys.token })
  })

  it('nor can whoever does not say where it comes from', async () => {
    const { port, withKey, keys } = await open()
    expect(await dial(port, { ...withKey, origin: undefined })).toEqual({ refused: 403 })
    const body = JSON.stringify({ code: keys.newCode() })
    const headers = { 'content-type': 'application/json' }
    expect(await ask(port, '/session', { method: 'POST', headers, body })).toMatchObject({ status: 403 })
  })
})

describe('the link', () => {
  it('opens for the page with the key, and answers with the one protocol that is no secret', async () => {
    const { port, withKey, served } = await open()
    const attempt = await dial(port, withKey)
    expect('open' in attempt && attempt.open.protocol).toBe('rackside.1')
    expect(served).toHaveLength(1)
  })

  it('tells the page why it is refused, and serves it nothing', async () => {
    const { port, origin, keys, served } = await open()
    const wrong = ['rackside.1', `rackside.token.${keys.token.slice(1)}x`]
    expect(await dial(port, { origin, protocols: wrong })).toEqual({ code: 4401, reason: 'wrong-key' })
    expect(await dial(port, { origin, protocols: ['rackside.1'] })).toEqual({ code: 4401, reason: 'no-key' })
    const code = ['rackside.1', `rackside.token.${keys.newCode()}`]
    expect(await dial(port, { origin, protocols: code })).toEqual({ code: 4401, reason: 'wrong-key' })
    expect(served).toEqual([])
  })

  it('is at one place, for one protocol; the key in an address opens nothing', async () => {
    const { port, origin, withKey, keys } = await open()
    expect(await dial(port, { ...withKey, path: '/' })).toEqual({ refused: 404 })
    expect(await dial(port, { origin, protocols: ['rackside.1'], path: `/link?token=${keys.token}` })).toEqual({
      refused: 404,
    })
    expect(await dial(port, { origin, protocols: [`rackside.token.${keys.token}`] })).toEqual({ refused: 400 })
  })

  it('is for a handful of windows, and for questions, not for data', async () => {
    const { port, withKey, served } = await open()
    const attempts = await Promise.all(Array.from({ length: 32 }, () => dial(port, withKey)))
    expect(attempts.every((attempt) => 'open' in attempt)).toBe(true)
    expect(await dial(port, withKey)).toEqual({ refused: 503 })
    const [first] = attempts
    if (first === undefined || !('open' in first)) throw new Error('no socket')
    const closed = new Promise((resolve) => first.open.once('close', (code) => resolve(code)))
    first.open.send('x'.repeat(300 * 1024))
    expect(await closed).toBe(1009)
    expect(served).toHaveLength(32)
  })
})

describe('a one-time code', () => {
  it('gives the key once; used, wrong or malformed ones give nothing', async () => {
    const { post, keys } = await open()
    const body = JSON.stringify({ code: keys.newCode() })
    expect(JSON.parse((await post(body)).body)).toEqual({ token: keys.token })
    for (const bad of [body, '{"code":"guess"}', '{"code":1}', '{}', 'not json', '', '[]', '{"code":"a","more":1}']) {
      const { status, body: answer, headers } = await post(bad)
      expect([status, JSON.parse(answer)]).toEqual([403, { reason: 'code-used' }])
      expect(headers['cache-control']).toBe('no-store')
    }
    expect(await post(JSON.stringify({ code: 'x'.repeat(2000) }))).toMatchObject({ status: 413 })
  })
})

describe('a client that is slow or sends nonsense', () => {
  it('is ended when its headers do not come', async () => {
    const { port } = await open()
    const { text, seconds } = await rawExchange(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `)
    expect([text.split('\r\n')[0], seconds < 9]).toEqual(['HTTP/1.1 408 Request Timeout', true])
  })

  it('is ended when its body does not come', async () => {
    const { port, origin } = await open()
    const head = ['POST /session HTTP/1.1', `Host: 127.0.0.1:${port}`, `Origin: ${origin}`, 'Content-Length: 50']
    const { seconds } = await rawExchange(port, [...head, 'Content-Type: application/json', '', '{"code"'].join('\r\n'))
    expect(seconds).toBeLessThan(14)
  })

  it('is let go after its refused upgrade, whether or not it closes its own side', async () => {
    const { port } = await open()
    const upgrade = 'GET /x HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    const many = await Promise.all(Array.from({ length: 128 }, () => halfOpen(port, upgrade)))
    expect(new Set(many.map(({ text }) => text.split('\r\n')[0]))).toEqual(new Set(['HTTP/1.1 403 Forbidden']))
    await vi.waitFor(async () => expect(await ask(port, '/')).toMatchObject({ status: 200 }), 2000)
  })

  it('gets a refusal for what is no HTTP, and for endless headers', async () => {
    const { port, origin } = await open()
    expect((await rawExchange(port, 'hello\r\n\r\n')).text).toMatch(/^HTTP\/1\.1 400/)
    const huge = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Much: ${'x'.repeat(20_000)}\r\n\r\n`
    expect((await rawExchange(port, huge)).text).toMatch(/^HTTP\/1\.1 431/)
    expect(await ask(port, '/')).toMatchObject({ status: 200 })
    expect(origin).toBe(`http://127.0.0.1:${port}`)
  })
})

describe('the listener', () => {
  it('says that a port is busy', async () => {
    const { port } = await open()
    const keys = windowKeys({ randomKey: () => 'key', clock: () => 0 })
    const second = await openWebServer({ port, files, keys, serve: () => undefined })
    expect(second).toEqual({ ok: false, failure: { kind: 'port-busy', port } })
  })

  it('takes a free port where the usual one is busy', async () => {
    const first = await open('usual')
    const second = await open('usual')
    expect(second.port).not.toBe(first.port)
    expect(await ask(second.port, '/')).toMatchObject({ status: 200 })
  })

  it('closes whatever its clients hold open: a refused upgrade, a request that goes on, a socket that says nothing', async () => {
    const { port, close } = await open()
    const upgrade = 'GET /x HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    await Promise.all([halfOpen(port, upgrade), halfOpen(port, 'GET /missing.js HTTP/1.1\r\nHost: evil\r\n\r\n')])
    const silent = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    onTestFinished(() => void silent.destroy())
    silent.on('error', () => undefined)
    await once(silent, 'connect')
    const began = performance.now()
    await close()
    expect(performance.now() - began).toBeLessThan(3000)
    expect((await open(port)).port).toBe(port)
  })

  it('closes with its windows told, and lets the port go', async () => {
    const { port, withKey, close } = await open()
    const attempt = await dial(port, withKey)
    if (!('open' in attempt)) throw new Error('no socket')
    const told = new Promise((resolve) => attempt.open.once('close', (code, reason) => resolve([code, String(reason)])))
    await close()
    expect(await told).toEqual([1001, 'ended'])
    expect((await open(port)).port).toBe(port)
  })
})

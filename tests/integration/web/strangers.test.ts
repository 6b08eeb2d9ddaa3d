// Everything that the web shell answers, enumerated from the server itself, asked by whoever is not its page: under forty
// other names, from forty other origins, without the key. Over HTTP and by the upgrade (P28 to P32).
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { WebSocket } from 'ws'
import type { Metrics } from '../../../main/shells/web/metrics-page.ts'
import { pageApp } from '../../../main/shells/web/page-app.ts'
import { openWebServer } from '../../../main/shells/web/web-server.ts'
import { windowKeys } from '../../../main/shells/web/window-keys.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { hostileHosts, hostileOrigins } from '../../support/hostile-origins.ts'
import { ask } from '../../support/web-requests.ts'

const page = '<!doctype html>the page'
const secret = 'what this console measured'
const files = new Map([
  ['/index.html', { type: 'text/html', bytes: new Uint8Array(Buffer.from(page)), lasting: false }],
])
const metrics: Metrics = {
  isToken: (shown) => shown === 'the token of the site',
  text: async () => ok(secret),
  health: async () => ({ ok: true, answers: true, watching: true, vault: 'unlocked' }),
}

/** What each route gives to whoever shows nothing. A route that is not here fails the test: say what it gives. */
const forStrangers: Readonly<Record<string, 'the page' | 'nothing'>> = {
  'GET /*': 'the page',
  'GET /favicon.ico': 'nothing',
  'GET /session': 'nothing',
  'POST /session': 'nothing',
  'POST /*': 'nothing',
  'GET /metrics': 'nothing',
  'GET /health': 'nothing',
}

async function open() {
  const keys = windowKeys({ randomKey: () => randomBytes(32).toString('base64url'), clock: () => performance.now() })
  const served: WebSocket[] = []
  const serving = { port: 0, files, keys, metrics, serve: (socket: WebSocket) => void served.push(socket) }
  const opened = await openWebServer(serving)
  if (!opened.ok) throw new Error(opened.failure.kind)
  onTestFinished(() => opened.value.close())
  return { keys, served, port: opened.value.port }
}

/** Sent as it is: no client of ours adds, orders or mends a header. */
function send(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8')))
    onTestFinished(() => void socket.destroy())
    let text = ''
    const done = () => resolve(text)
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString()
      // An upgrade that was let in stays open.
      if (text.startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.once('close', done)
  })
}

const upgrade = (token: string) => [
  ...['connection: Upgrade', 'upgrade: websocket', 'sec-websocket-version: 13'],
  ...['sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==', `sec-websocket-protocol: rackside.1, rackside.token.${token}`],
]
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0)
const refusals = [400, 403, 404, 421]

describe('every route of the web shell', () => {
  const keys = windowKeys({ randomKey: () => 'key', clock: () => 0 })
  const routes = [...new Set(pageApp(files, keys, metrics).routes.map(({ method, path }) => `${method} ${path}`))]

  it('is one of those that are known, and none of the known ones is gone', () => {
    expect(routes.sort()).toEqual(Object.keys(forStrangers).sort())
  })

  it.each(Object.entries(forStrangers))('%s gives %s to whoever shows nothing', async (route, gives) => {
    const { port, keys: own } = await open()
    const [method = '', path = ''] = route.split(' ')
    const own127 = `127.0.0.1:${port}`
    const asked = { method, headers: { host: own127, origin: `http://${own127}` } }
    const answer = await ask(port, path === '/*' ? '/appliances/ward' : path, asked)
    expect(answer.body.includes(page)).toBe(gives === 'the page')
    expect(answer.body).not.toContain(secret)
    expect(answer.body).not.toContain(own.token)
    expect(answer.headers['set-cookie']).toBeUndefined()
    if (gives === 'nothing' && path !== '/favicon.ico') expect([401, 403, 404, 405, 415]).toContain(answer.status)
  })

  it('asks for the key in no address, cookie or other header than the one that a foreign page cannot send', async () => {
    const { port, keys: own, served } = await open()
    const host = `host: 127.0.0.1:${port}`
    const plain = upgrade('').slice(0, 4)
    for (const more of [
      [`cookie: rackside.token=${own.token}`],
      [`authorization: Bearer ${own.token}`],
      [`x-rackside-token: ${own.token}`],
    ]) {
      const lines = [`GET /link?token=${own.token} HTTP/1.1`, host, `origin: http://127.0.0.1:${port}`]
      expect(statusOf(await send(port, [...lines, ...plain, ...more]))).toBe(404)
    }
    expect(served).toEqual([])
  })
})

describe('a name that is not the console’s own', () => {
  it.each(hostileHosts(12_345).map((host, at) => [at, host === undefined ? 'no Host' : JSON.stringify(host)] as const))(
    'number %i, %s, gets nothing by any route, and no link even with the key',
    async (at) => {
      const { port, keys, served } = await open()
      const host = hostileHosts(port)[at]
      const named = host === undefined ? [] : [`host: ${host}`]
      for (const first of ['GET / HTTP/1.1', 'GET /metrics HTTP/1.1', 'POST /session HTTP/1.1']) {
        const shown = ['authorization: Bearer the token of the site', 'connection: close', 'content-length: 0']
        const answer = await send(port, [first, ...named, ...shown])
        expect([answer.includes(page), answer.includes(secret)]).toEqual([false, false])
        expect(refusals).toContain(statusOf(answer))
      }
      const origin = `origin: http://${host ?? ''}`
      const link = await send(port, ['GET /link HTTP/1.1', ...named, origin, ...upgrade(keys.token)])
      expect(refusals).toContain(statusOf(link))
      expect(served).toEqual([])
    },
  )

  it('does not become its own by being said twice', async () => {
    const { port, keys, served } = await open()
    const own = `host: 127.0.0.1:${port}`
    for (const hosts of [
      [own, 'host: evil.example'],
      ['host: evil.example', own],
      [own, own],
    ]) {
      expect(refusals).toContain(statusOf(await send(port, ['GET / HTTP/1.1', ...hosts, 'connection: close'])))
      const origin = `origin: http://127.0.0.1:${port}`
      const link = await send(port, ['GET /link HTTP/1.1', ...hosts, origin, ...upgrade(keys.token)])
      expect(refusals).toContain(statusOf(link))
    }
    expect(served).toEqual([])
  })
})

describe('a page of another origin', () => {
  it.each(
    hostileOrigins(12_345).map(
      (origin, at) => [at, origin === undefined ? 'no Origin' : JSON.stringify(origin)] as const,
    ),
  )('number %i, %s, gets no link with the key, and cannot spend a code', async (at) => {
    const { port, keys, served } = await open()
    const origin = hostileOrigins(port)[at]
    const named = [`host: 127.0.0.1:${port}`, ...(origin === undefined ? [] : [`origin: ${origin}`])]
    expect(refusals).toContain(statusOf(await send(port, ['GET /link HTTP/1.1', ...named, ...upgrade(keys.token)])))
    const body = JSON.stringify({ code: keys.newCode() })
    const about = ['content-type: application/json', `content-length: ${body.length}`, 'connection: close']
    const answer = await send(port, ['POST /session HTTP/1.1', ...named, ...about, '', body])
    expect(refusals).toContain(statusOf(answer))
    expect(answer).not.toContain(keys.token)
    expect(served).toEqual([])
  })

  it('is what stands between: the own one gets both', async () => {
    const { port, keys, served } = await open()
    const named = [`host: 127.0.0.1:${port}`, `origin: http://127.0.0.1:${port}`]
    expect(statusOf(await send(port, ['GET /link HTTP/1.1', ...named, ...upgrade(keys.token)]))).toBe(101)
    expect(served).toHaveLength(1)
    const body = JSON.stringify({ code: keys.newCode() })
    const about = ['content-type: application/json', `content-length: ${body.length}`, 'connection: close']
    expect(await send(port, ['POST /session HTTP/1.1', ...named, ...about, '', body])).toContain(keys.token)
  })
})

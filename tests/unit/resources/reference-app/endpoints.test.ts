// What the app refuses, what its other endpoints claim, and the headers every answer carries.
import http from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { type App, closeAll, findClosedAddress, postDraft, startApp, startModel } from './app-under-test.ts'

afterEach(closeAll)

const startWithoutModel = async (): Promise<App> => startApp('http://127.0.0.1:9/v1')

describe('input that is refused', () => {
  const cases: [string, unknown, number, string][] = [
    ['no JSON', '{"visit":', 400, 'body_not_json'],
    ['a list', [], 400, 'body_not_object'],
    ['null', 'null', 400, 'body_not_object'],
    ['no visit', { language: 'en' }, 400, 'visit_not_text'],
    ['a visit that is no text', { visit: 5, language: 'en' }, 400, 'visit_not_text'],
    ['a blank visit', { visit: ' \n', language: 'en' }, 400, 'visit_empty'],
    ['a visit too long', { visit: 'a'.repeat(20_001), language: 'en' }, 413, 'visit_too_long'],
    ['no language', { visit: 'a' }, 400, 'language_unknown'],
    ['an unknown language', { visit: 'a', language: 'toString' }, 400, 'language_unknown'],
    ['a body too large', { visit: 'a'.repeat(66_000), language: 'en' }, 413, 'body_too_large'],
  ]
  it.each(cases)('%s', async (_name, body, status, code) => {
    const app = await startWithoutModel()
    const response = await postDraft(app, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ error: code })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(app.log).toEqual([])
  })

  it('the longest visit in Chinese fits the body', async () => {
    const app = await startApp(await findClosedAddress())
    const response = await postDraft(app, { visit: '咳'.repeat(20_000), language: 'zh-CN' })
    expect(response.status).toBe(200)
    await response.text()
  })

  it('another content type, and bytes that are not UTF-8', async () => {
    const app = await startWithoutModel()
    const send = (type: string, body: string | Uint8Array<ArrayBuffer>) =>
      fetch(`${app.address}/api/draft`, { method: 'POST', headers: { 'content-type': type }, body })
    const plain = await send('text/plain', '{"visit":"a","language":"en"}')
    expect([plain.status, await plain.json()]).toEqual([400, { error: 'content_type_not_json' }])
    const bytes = await send('application/json', Uint8Array.of(0x22, 0xff, 0x22))
    expect([bytes.status, await bytes.json()]).toEqual([400, { error: 'body_not_json' }])
  })

  it('a body of undeclared size is refused while it is still arriving', async () => {
    const app = await startWithoutModel()
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = http.request(`${app.address}/api/draft`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        agent: false,
      })
      request.on('response', (response) => {
        resolve(response)
        response.resume()
        request.on('error', () => {})
        request.destroy()
      })
      request.on('error', reject)
      // Never ended: only the bytes so far can be what is refused.
      request.write('x'.repeat(70_000))
    })
    expect(answer.statusCode).toBe(413)
  })
})

describe('other paths', () => {
  it('serves the fixed files, with the security headers', async () => {
    const app = await startWithoutModel()
    for (const path of [
      '/',
      '/page.js',
      '/page.css',
      '/page-text.js',
      '/draft-stream.js',
      '/clean-text.js',
      '/icon.svg',
    ]) {
      const response = await fetch(app.address + path)
      expect(response.status, path).toBe(200)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'self'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect((await response.text()).length).toBeGreaterThan(100)
    }
  })

  it.each(['/server.mjs', '/README.md', '/page.html', '/..%2fserver.mjs', '//page.js', '/__proto__'])(
    'does not serve %s',
    async (path) => {
      const app = await startWithoutModel()
      const response = await fetch(app.address + path)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ error: 'not_found' })
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
    },
  )

  it('refuses other methods', async () => {
    const app = await startWithoutModel()
    const read = await fetch(`${app.address}/api/draft`)
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST'])
    const written = await fetch(`${app.address}/healthz`, { method: 'POST', body: 'a' })
    expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    const preflight = await fetch(`${app.address}/api/draft`, { method: 'OPTIONS' })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([405, null])
  })
})

describe('health and readiness', () => {
  const readiness = async (app: App): Promise<[number, unknown]> => {
    const response = await fetch(`${app.address}/readyz`)
    return [response.status, await response.json()]
  }
  const notReady = (reason: string) => [503, { status: 'not-ready', reason }]
  const models = (...names: string[]) => JSON.stringify({ object: 'list', data: names.map((id) => ({ id })) })

  it('health holds without a model', async () => {
    const app = await startApp(await findClosedAddress())
    const response = await fetch(`${app.address}/healthz`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
    expect(await readiness(app)).toEqual(notReady('model_unreachable'))
  })

  it('ready when the endpoint lists the model, asked with the key', async () => {
    const model = await startModel((request, response) => {
      const known = request.url === '/v1/models' && request.headers.authorization === 'Bearer key-2'
      response.writeHead(known ? 200 : 401).end(models('other', 'clinic-model'))
    })
    expect(await readiness(await startApp(model, { environment: { MODEL_API_KEY: 'key-2' } }))).toEqual([
      200,
      { status: 'ready' },
    ])
    expect(await readiness(await startApp(model))).toEqual(notReady('model_key_refused'))
  })

  it.each([
    ['another model', models('other'), 'model_not_listed'],
    ['no JSON', 'hello', 'model_list_malformed'],
    ['no list', '{"data":{}}', 'model_list_malformed'],
    ['null', 'null', 'model_list_malformed'],
    ['a list without end', 'x'.repeat(1_100_000), 'model_list_malformed'],
  ])('not ready: %s', async (_name, body, reason) => {
    const model = await startModel((_request, response) => response.end(body))
    expect(await readiness(await startApp(model))).toEqual(notReady(reason))
  })

  it.each(['before the headers', 'in the body'])('not ready: silence %s', async (where) => {
    const model = await startModel((_request, response) => {
      if (where === 'in the body') response.write('{')
    })
    expect(await readiness(await startApp(model, { timeouts: { readiness: 60 } }))).toEqual(notReady('model_timeout'))
  })
})

// The app's own smoke test: passes where a draft comes, and says what is wrong where none does.
import { spawnSync } from 'node:child_process'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { appFolder, closeAll, importApp } from './app-under-test.ts'

const closers: (() => void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await closeAll()
})

/** What the test says of an app that answers so. */
async function saidOf(status: number, answer: string, timeout = 2000): Promise<string | undefined> {
  const bodies: string[] = []
  const server = http.createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    bodies.push(`${request.method} ${request.url} ${request.headers['content-type']} ${body}`)
    response.writeHead(status)
    if (answer === 'never') response.write(': waiting\n\n')
    else response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { tryOut } = await importApp('smoke-test.mjs')
  const said = await tryOut({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, timeout })
  expect(bodies[0]).toMatch(/^POST \/api\/draft application\/json {"visit":"Made-up visit.*","language":"en"}$/)
  return said
}

const text = 'data: {"text":"Cough."}\n\n'

describe('the smoke test', () => {
  it('passes where a draft comes to its end, also one that is cut short', async () => {
    expect(await saidOf(200, `: waiting\n\n${text}data: {"done":true,"finishReason":"length"}\n\n`)).toBeUndefined()
  })

  it('passes as soon as a draft has begun, and leaves then', async () => {
    const begun = `data: {"text":${JSON.stringify('Cough. '.repeat(12))}}\n\n`
    expect(await saidOf(200, `${begun}data: {"text":"half`)).toBeUndefined()
  })

  it.each([
    [200, `${text}data: {"error":"model_timeout"}\n\n`, 'the draft ended with model_timeout'],
    [200, 'data: {"done":true,"finishReason":"stop"}\n\n', 'the draft is empty'],
    [200, text, 'the draft broke off'],
    [200, '', 'the draft is empty'],
    [500, '{"error":"internal_error"}', 'POST /api/draft answers 500: {"error":"internal_error"}'],
  ])('says of %i %j what is wrong', async (status, answer, said) => {
    expect(await saidOf(status, answer)).toBe(said)
  })

  it('does not wait for ever, nor read for ever', async () => {
    expect(await saidOf(200, 'never', 100)).toBe('POST /api/draft: no end within 0.1 s')
    expect(await saidOf(200, `data: ${'x'.repeat(2_000_000)}`)).toBe('POST /api/draft: the answer has no end')
  })

  it('as a program ends with status 1 where nobody answers, and says so on its last line', () => {
    const file = fileURLToPath(new URL('smoke-test.mjs', appFolder))
    const env = { ...process.env, SERVICE_HOST: '127.0.0.1', SERVICE_PORT: '9' }
    const { status, stdout } = spawnSync(process.execPath, [file], { env, encoding: 'utf8' })
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^POST \/api\/draft: .*ECONNREFUSED.*\n$/)])
  })
})

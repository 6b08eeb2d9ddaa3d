// The app as its container runs it: settings from the environment, a quiet log, an orderly end.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { chunk, closeAll, importApp, serverFile, startModel, streamHead, until } from './app-under-test.ts'

const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await closeAll()
})

type Run = { child: ChildProcess; printed: () => string; ended: Promise<number | null> }

function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, [serverFile], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let content = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (piece: string) => {
      content += piece
    })
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, printed: () => content, ended }
}

describe('the process', () => {
  it.skipIf(process.platform === 'win32')('logs no text, and ends on SIGTERM within two seconds', async () => {
    const secret = 'Zebra-visit-4711'
    const echo = 'Zebra-answer-4712'
    const model = await startModel((request, response) => {
      if (request.headers.authorization !== 'Bearer Zebra-key-4713') {
        response.writeHead(401).end()
        return
      }
      streamHead(response)
      response.write(chunk(echo))
    })
    const { child, printed, ended } = run({
      PORT: '0',
      HOST: '127.0.0.1',
      MODEL_BASE_URL: model,
      MODEL_NAME: 'clinic-model',
      MODEL_API_KEY: 'Zebra-key-4713',
    })
    await until(() => printed().includes('listening'))
    const { port } = JSON.parse(printed()) as { port: number }
    const send = (body: string, query = '') =>
      fetch(`http://127.0.0.1:${port}/api/draft${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    // JSON.parse quotes what it cannot read; the path and the query are the client's words too.
    expect((await send(`${secret} is not JSON`)).status).toBe(400)
    expect((await send('{}', `?visit=${secret}`)).status).toBe(400)
    expect((await fetch(`http://127.0.0.1:${port}/${secret}`)).status).toBe(404)
    const streaming = await send(JSON.stringify({ visit: secret, language: 'en' }))
    const reader = (streaming.body as ReadableStream<Uint8Array>).getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toContain(echo)
    const startedAt = performance.now()
    child.kill('SIGTERM')
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('shutting_down')
    expect(await ended).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(printed()).not.toContain('Zebra')
    const lines = printed()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string; outcome?: string })
    expect(lines.map(({ event, outcome }) => [event, outcome])).toEqual([
      ['listening', undefined],
      ['draft', 'shutting_down'],
      ['stopped', undefined],
    ])
  })

  it('ends with a named reason when a setting is missing', async () => {
    const { printed, ended } = run({ MODEL_BASE_URL: 'http://model-server:8080/v1' })
    expect(await ended).toBe(78)
    expect(JSON.parse(printed())).toMatchObject({
      event: 'configuration_refused',
      code: 'setting_missing',
      setting: 'MODEL_NAME',
    })
  })
})

describe('settings', () => {
  const least = { MODEL_BASE_URL: 'http://model-server:8080/v1/', MODEL_NAME: 'clinic-model' }

  it('has the documented defaults', async () => {
    const { readConfiguration } = await importApp('configuration.mjs')
    const configuration = readConfiguration(least)
    expect(configuration).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      modelName: 'clinic-model',
      modelApiKey: undefined,
      maxOutputTokens: 400,
      timeouts: { connect: 10_000, idle: 60_000, readiness: 3_000 },
    })
    expect(configuration.modelBaseUrl.href).toBe('http://model-server:8080/v1')
  })

  it('reads the key from a file', async () => {
    const { readConfiguration } = await importApp('configuration.mjs')
    const folder = mkdtempSync(join(tmpdir(), 'reference-app-'))
    try {
      const file = join(folder, 'key')
      writeFileSync(file, 'key-3\n')
      const configuration = readConfiguration({ ...least, MODEL_API_KEY_FILE: file })
      expect(configuration.modelApiKey).toBe('key-3')
      writeFileSync(file, 'key-4\n')
      expect(configuration.modelApiKey).toBe('key-4')
      rmSync(file)
      expect(configuration.modelApiKey).toBe('key-4')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['MAX_OUTPUT_TOKENS', '0'],
    ['MODEL_BASE_URL', 'model-server:8080'],
    ['MODEL_BASE_URL', 'http://user:word@model-server/v1'],
    ['MODEL_API_KEY', 'two words'],
    ['MODEL_API_KEY_FILE', '/nonexistent/key'],
    ['MODEL_THINKING', 'maybe'],
  ])('refuses %s=%s without quoting it', async (name, value) => {
    const { readConfiguration } = await importApp('configuration.mjs')
    let message = ''
    try {
      readConfiguration({ ...least, [name]: value })
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toContain(name)
    expect(message).not.toContain(value)
  })
})

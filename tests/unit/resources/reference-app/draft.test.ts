// A draft streams through as the model writes it, and a reader who leaves stops the model.
import type { IncomingMessage } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import {
  chunk,
  closeAll,
  postDraft,
  readEvents,
  readJson,
  startApp,
  startModel,
  streamHead,
  until,
} from './app-under-test.ts'

afterEach(closeAll)

const visit = { visit: 'Cough for 5 days.', language: 'en' }

describe('a draft that streams', () => {
  it('forwards each piece as it comes, then the finish reason', async () => {
    let release = () => {}
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.write(chunk('Chief '))
      release = () => {
        response.write(chunk('complaint'))
        response.write(`data: ${JSON.stringify({ choices: [], usage: { total_tokens: 9 } })}\r\n\r\n`)
        response.end(`${chunk('', 'stop')}data: [DONE]\n\n`)
      }
    })
    const app = await startApp(model)
    const response = await postDraft(app, visit)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    // The first piece is here before the model has sent its second.
    let seen = decoder.decode((await reader.read()).value)
    expect(seen).toBe('data: {"text":"Chief "}\n\n')
    release()
    for (;;) {
      const { value, done } = await reader.read()
      if (done) break
      seen += decoder.decode(value)
    }
    expect(seen.split('\n\n').slice(1)).toEqual([
      'data: {"text":"complaint"}',
      'data: {"done":true,"finishReason":"stop"}',
      '',
    ])
  })

  it('asks the model with the fixed prompt, the bounds and the key', async () => {
    const asked: { body: Record<string, unknown>; request: IncomingMessage }[] = []
    const model = await startModel(async (request, response) => {
      asked.push({ body: await readJson(request), request })
      streamHead(response)
      response.end(`${chunk('主诉', 'length')}data: [DONE]\n\n`)
    })
    const app = await startApp(`${model}/`, {
      environment: { MODEL_API_KEY: 'key-1', MAX_OUTPUT_TOKENS: '77', MODEL_THINKING: 'off' },
    })
    const events = await readEvents(await postDraft(app, { visit: '咳嗽5天', language: 'zh-CN' }))
    expect(events).toEqual([{ text: '主诉' }, { done: true, finishReason: 'length' }])
    expect(asked[0]?.request.url).toBe('/v1/chat/completions')
    expect(asked[0]?.request.headers.authorization).toBe('Bearer key-1')
    expect(asked[0]?.body).toMatchObject({
      model: 'clinic-model',
      stream: true,
      max_tokens: 77,
      chat_template_kwargs: { enable_thinking: false },
      messages: [
        { role: 'system', content: expect.stringContaining('草稿，须由临床医生核对') },
        { role: 'user', content: '咳嗽5天' },
      ],
    })
    await readEvents(await postDraft(app, visit))
    expect(asked[1]?.body).toMatchObject({
      messages: [{ content: expect.stringContaining('draft for a clinician to check') }, {}],
    })
  })

  it('keeps characters whole when the model splits them across packets', async () => {
    const model = await startModel(async (_request, response) => {
      streamHead(response)
      const bytes = Buffer.from(`${chunk('咳嗽', 'stop')}data: [DONE]\n\n`)
      for (const byte of bytes) {
        response.write(Buffer.of(byte))
        await new Promise((resolve) => setImmediate(resolve))
      }
      response.end()
    })
    expect(await readEvents(await postDraft(await startApp(model), visit))).toEqual([
      { text: '咳嗽' },
      { done: true, finishReason: 'stop' },
    ])
  })

  it('takes a finished draft as whole even when the connection then breaks or hangs', async () => {
    const broken = await startModel((_request, response) => {
      streamHead(response)
      response.write(chunk('note', 'stop'), () => response.destroy())
    })
    expect(await readEvents(await postDraft(await startApp(broken), visit))).toEqual([
      { text: 'note' },
      { done: true, finishReason: 'stop' },
    ])
  })
})

describe('a reader that leaves', () => {
  it.each(['before the first token', 'mid-stream'])('%s: the model is stopped', async (when) => {
    let asked = false
    let closed = false
    const model = await startModel((_request, response) => {
      asked = true
      response.on('close', () => {
        closed = true
      })
      if (when === 'before the first token') return
      streamHead(response)
      const timer = setInterval(() => response.write(chunk('more ')), 5)
      response.on('close', () => clearInterval(timer))
    })
    const app = await startApp(model)
    const controller = new AbortController()
    const response = await postDraft(app, visit, controller.signal)
    if (when === 'mid-stream') await response.body?.getReader().read()
    await until(() => asked)
    expect(closed).toBe(false)
    controller.abort()
    await until(() => closed)
    await until(() => app.log.length > 0)
    expect(app.log[0]?.details?.['outcome']).toBe('client_left')
  })

  it('a model that never ends is cut off', async () => {
    let written = 0
    const model = await startModel((_request, response) => {
      streamHead(response)
      const piece = chunk('z'.repeat(1_000))
      const fill = () => {
        while (!response.destroyed) {
          written += piece.length
          if (!response.write(piece)) break
        }
      }
      response.on('drain', fill)
      fill()
    })
    const app = await startApp(model)
    const events = await readEvents(await postDraft(app, visit))
    // This model never ends by itself: the bound on a draft does.
    expect(events.at(-1)).toEqual({ error: 'model_output_too_long' })
    expect(events.length).toBe(201)
    expect(written).toBeGreaterThan(200_000)
  })

  it('shutting down ends a running draft with an event', async () => {
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.write(chunk('part'))
    })
    const app = await startApp(model)
    const response = await postDraft(app, visit)
    const events = readEvents(response)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const startedAt = performance.now()
    await app.shutDown()
    expect(performance.now() - startedAt).toBeLessThan(1_500)
    expect((await events).at(-1)).toEqual({ error: 'shutting_down' })
  })
})

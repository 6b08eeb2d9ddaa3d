// Every way the model endpoint can fail ends the draft in one event with a fixed code.
import type { RequestListener } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  chunk,
  closeAll,
  findClosedAddress,
  postDraft,
  readEvents,
  startApp,
  startModel,
  streamHead,
  until,
} from './app-under-test.ts'

afterEach(closeAll)

const visit = { visit: 'Cough for 5 days.', language: 'en' }

describe('a model that fails', () => {
  const answers: [string, string, RequestListener][] = [
    ['a refused key', 'model_key_refused', (_request, response) => response.writeHead(401).end('who are you')],
    ['an unknown model', 'model_not_found', (_request, response) => response.writeHead(404).end()],
    ['a full queue', 'model_busy', (_request, response) => response.writeHead(503).end()],
    ['a text too long for it', 'model_refused_input', (_request, response) => response.writeHead(400).end()],
    ['a fault of its own', 'model_error', (_request, response) => response.writeHead(500).end()],
    ['a redirect', 'model_error', (_request, response) => response.writeHead(302, { location: '/' }).end()],
    ['no answer at all', 'model_stream_broken', (request) => request.socket.destroy()],
    [
      'an answer that is no event stream',
      'model_stream_broken',
      (_request, response) => response.end('{"choices":[]}'),
    ],
    [
      'no text',
      'model_empty_answer',
      (_request, response) => {
        streamHead(response)
        response.end(`${chunk(' \n')}${chunk('', 'length')}data: [DONE]\n\n`)
      },
    ],
    [
      'an endless line',
      'model_stream_broken',
      (_request, response) => {
        streamHead(response)
        response.end('x'.repeat(300_000))
      },
    ],
  ]
  it.each(answers)('%s -> %s', async (_name, code, answer) => {
    const app = await startApp(await startModel(answer))
    expect(await readEvents(await postDraft(app, visit))).toEqual(
      code === 'model_empty_answer' ? [{ text: ' \n' }, { error: code }] : [{ error: code }],
    )
    expect(app.log).toEqual([{ event: 'draft', details: { outcome: code, milliseconds: expect.any(Number) } }])
  })

  const midStream: [string, string, string][] = [
    ['an error event', 'data: {"error":{"message":"Cough for 5 days."}}\n\n', 'model_error'],
    ['text that is not JSON', 'data: {oops\n\n', 'model_stream_broken'],
    ['an end without a finish reason', 'data: [DONE]\n\n', 'model_stream_broken'],
    ['an unknown finish reason', chunk('', 'content_filter'), 'model_error'],
    ['too much text', chunk('y'.repeat(200_001)), 'model_output_too_long'],
  ]
  it.each(midStream)('mid-stream: %s', async (_name, content, code) => {
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.end(`${chunk('part')}${content}`)
    })
    expect(await readEvents(await postDraft(await startApp(model), visit))).toEqual([{ text: 'part' }, { error: code }])
  })

  it('mid-stream: the connection breaks', async () => {
    const model = await startModel((_request, response) => {
      streamHead(response)
      response.write(chunk('part'), () => response.destroy())
    })
    expect(await readEvents(await postDraft(await startApp(model), visit))).toEqual([
      { text: 'part' },
      { error: 'model_stream_broken' },
    ])
  })

  it('mid-stream: the model goes quiet', async () => {
    let closed = false
    const model = await startModel((_request, response) => {
      response.on('close', () => {
        closed = true
      })
      streamHead(response)
      response.write(chunk('part'))
      response.write(': still here\n\n')
    })
    const app = await startApp(model, { timeouts: { idle: 60 } })
    expect(await readEvents(await postDraft(app, visit))).toEqual([{ text: 'part' }, { error: 'model_idle_timeout' }])
    await until(() => closed)
  })

  it('no first token', async () => {
    const app = await startApp(await startModel(() => {}), { timeouts: { firstToken: 60 } })
    expect(await readEvents(await postDraft(app, visit))).toEqual([{ error: 'model_idle_timeout' }])
  })

  it('is not there', async () => {
    const app = await startApp(await findClosedAddress())
    expect(await readEvents(await postDraft(app, visit))).toEqual([{ error: 'model_unreachable' }])
  })

  it('does not finish connecting', async () => {
    const sockets: net.Socket[] = []
    const silent = net.createServer((socket) => sockets.push(socket.on('error', () => {})))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    // TLS never begins on this port, so the connection is never made.
    const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/v1`
    const app = await startApp(address, { timeouts: { connect: 60 } })
    expect(await readEvents(await postDraft(app, visit))).toEqual([{ error: 'model_connect_timeout' }])
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
  })
})

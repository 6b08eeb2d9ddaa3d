// The clinic note app of the demo: the endpoints of the reference app, ready only while the model that it uses is.
// Its drafts come at the model's pace, from the demo's prepared texts; the summary that is sent in is not read.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import * as z from 'zod'
import { proofOf, takesRequests } from '../container-life.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { appPage } from './app-page.ts'
import { cannedAnswer } from './canned-text.ts'
import { listenerOf, pathOf, readBody, sendJson, signalOf } from './http-answer.ts'
import { writeAtPace } from './paced-writing.ts'
import { piecesOf } from './text-pieces.ts'

const draftRequest = z.object({ visit: z.string().min(1), language: z.enum(['en', 'zh-CN']) })
/** What chooses the prepared note: the reference app's instructions in a word. */
const instructions = { en: 'structured note', 'zh-CN': '门诊小结' } as const

export function appServer(machine: Machine, app: SimulatedContainer): RequestListener {
  return listenerOf((request, response) => {
    switch (`${request.method} ${pathOf(request)}`) {
      case 'GET /':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
        return void response.end(appPage)
      case 'GET /healthz':
        return sendJson(response, 200, { status: 'ok' })
      case 'GET /readyz':
        return sayWhetherReady(machine, app, response)
      case 'POST /api/draft':
        return draft(machine, app, request, response)
      default:
        return sendJson(response, 404, { error: 'not_found' })
    }
  })
}

function sayWhetherReady(machine: Machine, app: SimulatedContainer, response: ServerResponse): void {
  const { reason } = lookForModel(machine, app)
  if (reason === undefined) sendJson(response, 200, { status: 'ready' })
  else sendJson(response, 503, { status: 'not-ready', reason })
}

type Look = { container?: SimulatedContainer; reason?: 'model_unreachable' | 'model_busy' | 'model_not_listed' }

/** The model as the app finds it: by the name in its endpoint, on a network that both are in. */
function lookForModel(machine: Machine, app: SimulatedContainer): Look {
  const { MODEL_BASE_URL: endpoint = '', MODEL_NAME: name } = app.environment
  const address = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  const container = machine.state.containers.find(
    (one) =>
      one.state === 'running' &&
      [app.network, ...(app.joined ?? [])].includes(one.network) &&
      one.alias === address?.hostname &&
      String(one.containerPort) === address.port,
  )
  const proof = container && proofOf(container)
  if (container === undefined || proof?.serves !== 'openai-chat') return { reason: 'model_unreachable' }
  if (!takesRequests(container, machine.nowMs())) return { reason: 'model_busy' }
  return name === undefined || name === proof.modelName ? { container } : { reason: 'model_not_listed' }
}

async function draft(
  machine: Machine,
  app: SimulatedContainer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) return sendJson(response, 413, { error: 'body_too_large' })
  const asked = readDraftRequest(body)
  if (asked === undefined) return sendJson(response, 400, { error: 'body_not_understood' })
  const { container, reason } = lookForModel(machine, app)
  const send = (event: object) => response.write(`data: ${JSON.stringify(event)}\n\n`)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  if (container === undefined) {
    send({ error: reason })
    return void response.end()
  }
  const pieces = piecesOf(cannedAnswer({ instructions: instructions[asked.language], asked: asked.visit }))
  const task = { pieces, promptTokens: piecesOf(asked.visit).length, signal: signalOf(response) }
  const writing = writeAtPace(machine, container, task)
  let next = await writing.next()
  for (; next.done !== true; next = await writing.next()) send({ text: next.value })
  send(next.value ? { done: true, finishReason: 'stop' } : { error: 'model_stream_broken' })
  response.end()
}

function readDraftRequest(body: string): z.infer<typeof draftRequest> | undefined {
  try {
    return draftRequest.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

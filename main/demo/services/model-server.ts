// A model runtime that behaves as llama.cpp's llama-server does, on the answers of its own README: it listens at
// once, says 503 to everything while its model is loading, and then writes the demo's prepared texts.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { takesRequests } from '../container-life.ts'
import { writeLog } from '../engine/container-changes.ts'
import type { Machine } from '../machine.ts'
import { answerChat, type ServedModel } from './chat-answer.ts'
import { readChatRequest } from './chat-request.ts'
import { listenerOf, pathOf, readBody, sendJson } from './http-answer.ts'
import { modelMetrics } from './model-metrics.ts'

export function modelServer(machine: Machine, served: ServedModel): RequestListener {
  return listenerOf((request, response) => {
    if (!takesRequests(served.container, machine.nowMs())) {
      return sendError(response, 503, 'unavailable_error', 'Loading model')
    }
    switch (`${request.method} ${pathOf(request)}`) {
      case 'GET /health':
        return sendJson(response, 200, { status: 'ok' })
      case 'GET /v1/models':
        return sendJson(response, 200, modelList(served))
      case 'GET /metrics':
        response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        return void response.end(modelMetrics(machine, served.container))
      case 'POST /v1/chat/completions':
        return takeChat(machine, served, request, response)
      default:
        return sendError(response, 404, 'not_found_error', 'File Not Found')
    }
  })
}

async function takeChat(
  machine: Machine,
  served: ServedModel,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) return sendError(response, 413, 'invalid_request_error', 'the body is too large')
  const read = readChatRequest(body)
  if (!read.ok) return sendError(response, 400, 'invalid_request_error', read.problem)
  await answerChat(machine, served, read.chat, response)
  writeLog(machine, served.container.id, 'srv  log_server_r: done request: POST /v1/chat/completions 127.0.0.1 200')
}

function sendError(response: ServerResponse, code: number, type: string, message: string): void {
  sendJson(response, code, { error: { code, message, type } })
}

function modelList({ container, modelName }: ServedModel): object {
  const created = Math.floor(container.startedAtMs / 1000)
  return { object: 'list', data: [{ id: modelName, object: 'model', created, owned_by: 'rackside-demo' }] }
}

// The engine's REST API, as far as the console asks it. What it does not know it answers with 501 and the
// path, so that a new question shows at once that the demo has to learn it.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { signalOf } from '../services/http-answer.ts'
import { findContainer } from './container-changes.ts'
import { noSuchContainer } from './container-commands.ts'
import { engineInfo, serverAbout, serverHeaders } from './engine-about.ts'
import { containerRow, imageRow } from './engine-lists.ts'
import { logPieces, logType } from './engine-logs.ts'
import { inspectContainer, inspectImage, inspectNetwork } from './inspect.ts'
import { hasLabels } from './labels.ts'

/** `left` aborts when nobody waits for more. */
type Written = { readonly type: string; readonly pieces: (left: AbortSignal) => AsyncIterable<Buffer> }
type Reply = { readonly status: number; readonly type: string; readonly body: string | Buffer }
type Question = { readonly machine: Machine; readonly name: string; readonly query: URLSearchParams }
type Route = { readonly path: RegExp; answer(question: Question): Reply | Written }

const routes: readonly Route[] = [
  { path: /^\/_ping$/, answer: () => ({ status: 200, type: 'text/plain; charset=utf-8', body: 'OK' }) },
  { path: /^\/version$/, answer: () => json(serverAbout) },
  { path: /^\/info$/, answer: ({ machine }) => json(engineInfo(machine)) },
  { path: /^\/containers\/json$/, answer: listContainers },
  {
    path: /^\/containers\/([^/]+)\/json$/,
    answer: (question) => ofContainer(question, (found) => json(inspectContainer(question.machine, found))),
  },
  {
    path: /^\/containers\/([^/]+)\/logs$/,
    answer: (question) => ofContainer(question, (found) => log(question, found)),
  },
  {
    path: /^\/images\/json$/,
    answer: ({ machine: { state } }) => json(state.images.map((one) => imageRow(one, state.containers))),
  },
  { path: /^\/images\/(.+)\/json$/, answer: showImage },
  { path: /^\/networks$/, answer: listNetworks },
]

/** Each request of one connection or of many; answers at once, but for a log that goes on. */
export function engineRequests(machine: Machine): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    request.resume()
    const reply = answer(machine, request.method ?? 'GET', request.url ?? '/')
    if ('pieces' in reply) return void writePieces(response, reply)
    const { status, type, body } = reply
    response.writeHead(status, { ...serverHeaders, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
    response.end(body)
  }
}

async function writePieces(response: ServerResponse, { type, pieces }: Written): Promise<void> {
  response.writeHead(200, { ...serverHeaders, 'Content-Type': type })
  response.flushHeaders()
  const left = signalOf(response)
  for await (const piece of pieces(left)) {
    if (left.aborted) return
    if (!response.write(piece)) await drained(response, left)
  }
  response.end()
}

function drained(response: ServerResponse, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve)
    left.addEventListener('abort', () => resolve(), { once: true })
  })
}

function answer(machine: Machine, method: string, target: string): Reply | Written {
  const [given = '', ...rest] = target.split('?')
  const path = given.replace(/^\/v1\.\d+(?=\/)/, '')
  const asks = method === 'GET' || method === 'HEAD'
  for (const route of asks ? routes : []) {
    const match = route.path.exec(path)
    if (match === null) continue
    const name = decoded(match[1] ?? '')
    if (name === undefined) return refusal(400, `invalid path: ${path}`)
    return route.answer({ machine, name, query: new URLSearchParams(rest.join('?')) })
  }
  return refusal(501, `the demo does not know the request: ${method} ${path}`)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function json(value: unknown, status = 200): Reply {
  return { status, type: 'application/json', body: `${JSON.stringify(value)}\n` }
}

function refusal(status: number, message: string): Reply {
  return json({ message }, status)
}

function isSet(query: URLSearchParams, name: string): boolean {
  return ['1', 'true', 'True'].includes(query.get(name) ?? '')
}

function listContainers({ machine, query }: Question): Reply {
  const filters = labelFilters(query)
  if (filters === undefined) return unknownFilters(query)
  const shown = machine.state.containers.filter((one) => isSet(query, 'all') || one.state === 'running')
  return json(shown.filter((one) => hasLabels(one, filters)).map((one) => containerRow(machine, one)))
}

function listNetworks({ machine: { state }, query }: Question): Reply {
  const filters = labelFilters(query)
  if (filters === undefined) return unknownFilters(query)
  return json(state.networks.filter((one) => hasLabels(one, filters)).map((one) => inspectNetwork(state, one)))
}

function unknownFilters(query: URLSearchParams): Reply {
  return refusal(501, `the demo does not know the filters: ${query.get('filters')}`)
}

/** `{"label":["name"]}`, or as older clients write it `{"label":{"name":true}}`; undefined for any other. */
function labelFilters(query: URLSearchParams): readonly string[] | undefined {
  try {
    const { label = [], ...others } = JSON.parse(query.get('filters') || '{}')
    if (Object.keys(others).length > 0) return undefined
    return Array.isArray(label) ? label.map(String) : Object.keys(label)
  } catch {
    return undefined
  }
}

function showImage({ machine, name }: Question): Reply {
  const found = machine.state.images.find((one) => one.configDigest === name)
  return found === undefined ? refusal(404, `No such image: ${name}`) : json(inspectImage(found))
}

function ofContainer({ machine, name }: Question, show: (found: SimulatedContainer) => Reply | Written) {
  const found = findContainer(machine.state, name)
  return found === undefined ? refusal(404, noSuchContainer(name)) : show(found)
}

function log({ machine, query }: Question, container: SimulatedContainer): Reply | Written {
  if (!isSet(query, 'stdout') && !isSet(query, 'stderr'))
    return refusal(400, 'Bad parameters: you must choose at least one stream')
  const asked = {
    follow: isSet(query, 'follow'),
    hasTimes: isSet(query, 'timestamps'),
    isShown: isSet(query, 'stdout'),
  }
  const tail = query.get('tail') ?? 'all'
  const since = query.get('since') ?? ''
  const tailLines = /^\d+$/.test(tail) ? Number(tail) : undefined
  return { type: logType, pieces: (left) => logPieces(machine, container, { ...asked, tailLines, since, left }) }
}

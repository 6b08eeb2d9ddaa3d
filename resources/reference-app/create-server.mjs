// The app's HTTP server, apart from the process around it so that tests can run it in place.
// Static files come from a fixed list read once at start: no request ever becomes a path.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { InputRefusal } from './draft-input.mjs'
import { createDraftRoute } from './draft-route.mjs'
import { describeError, writeLog } from './log.mjs'
import { findUnreadyReason } from './readiness.mjs'
import { apiHeaders, pageHeaders } from './security-headers.mjs'

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Configuration } from './configuration.mjs' */
/** @import { Log } from './log.mjs' */

const javascript = 'text/javascript; charset=utf-8'
const staticFiles = [
  { path: '/', file: 'page.html', type: 'text/html; charset=utf-8' },
  { path: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { path: '/page.js', file: 'page.js', type: javascript },
  { path: '/page-text.js', file: 'page-text.js', type: javascript },
  { path: '/draft-stream.js', file: 'draft-stream.js', type: javascript },
  { path: '/clean-text.js', file: 'clean-text.js', type: javascript },
  { path: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
]
const lingerAfterRefusal = 1_000
const graceAtShutDown = 1_000

/**
 * @param {Configuration} configuration
 * @param {{ log?: Log }} [options]
 * @returns {{ server: http.Server, shutDown: () => Promise<void> }} not yet listening
 */
export function createServer(configuration, { log = writeLog } = {}) {
  const draftRoute = createDraftRoute(configuration, log)
  const routes = createRoutes(configuration, draftRoute.handler)
  const server = http.createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    response.on('error', () => {
      // The client left; closing is handled where the answer is written.
    })
    handle(routes, request, response).catch((error) => refuse(request, response, error, log))
  })
  const shutDown = () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), graceAtShutDown)
      server.close(() => {
        clearTimeout(timer)
        resolve()
      })
      server.closeIdleConnections()
      draftRoute.stopAll()
    })
  return { server, shutDown }
}

/**
 * @typedef {(request: IncomingMessage, response: ServerResponse) => Promise<void>} Handler
 * @typedef {{ methods: string[], handler: Handler }} Route
 */

/**
 * @param {Configuration} configuration
 * @param {Handler} draft
 * @returns {Map<string, Route>}
 */
function createRoutes(configuration, draft) {
  /** @type {Map<string, Route>} */
  const routes = new Map()
  for (const { path, file, type } of staticFiles) {
    const content = readFileSync(new URL(file, import.meta.url))
    routes.set(path, {
      methods: ['GET', 'HEAD'],
      handler: async (_request, response) => {
        response.writeHead(200, { ...pageHeaders, 'content-type': type, 'content-length': content.length })
        response.end(content)
      },
    })
  }
  routes.set('/healthz', {
    methods: ['GET', 'HEAD'],
    handler: async (_request, response) => sendJson(response, 200, { status: 'ok' }),
  })
  routes.set('/readyz', {
    methods: ['GET', 'HEAD'],
    handler: async (_request, response) => {
      const reason = await findUnreadyReason(configuration)
      if (reason === undefined) sendJson(response, 200, { status: 'ready' })
      else sendJson(response, 503, { status: 'not-ready', reason })
    },
  })
  routes.set('/api/draft', { methods: ['POST'], handler: draft })
  return routes
}

/**
 * @param {Map<string, Route>} routes
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function handle(routes, request, response) {
  const route = routes.get((request.url ?? '').split('?')[0] ?? '')
  if (route === undefined) throw new InputRefusal(404, 'not_found')
  if (!route.methods.includes(request.method ?? '')) {
    response.setHeader('allow', route.methods.join(', '))
    throw new InputRefusal(405, 'method_not_allowed')
  }
  await route.handler(request, response)
}

/**
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {unknown} error
 * @param {Log} log
 */
function refuse(request, response, error, log) {
  if (!(error instanceof InputRefusal)) log('request_failure', describeError(error))
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, code } = error instanceof InputRefusal ? error : { status: 500, code: 'internal_error' }
  sendJson(response, status, { error: code })
  // The rest of an unwanted body is discarded for a moment, so that the answer is not lost to a reset.
  if (!request.complete) {
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy()
    }, lingerAfterRefusal)
    request.on('close', () => clearTimeout(timer))
    request.resume()
  }
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
function sendJson(response, status, body) {
  const content = JSON.stringify(body)
  response.writeHead(status, {
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(content),
  })
  response.end(content)
}

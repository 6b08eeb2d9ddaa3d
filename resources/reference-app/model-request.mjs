// Opens one request to the model endpoint and turns every way it can fail into a fixed code.
// node:http rather than fetch: only there can connecting be timed apart from a slow first token.
import http from 'node:http'
import https from 'node:https'

/** @import { Configuration } from './configuration.mjs' */

/** A failure of the model endpoint. It carries a code and nothing the endpoint said. */
export class ModelFailure extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code)
    this.name = 'ModelFailure'
    this.code = code
  }
}

/**
 * One request under one deadline at a time. `expect` starts or replaces the deadline, `pause` lifts it,
 * `close` ends everything; after a deadline or an abort, `failure` says which it was.
 */
class ModelRequest {
  /** @type {ModelFailure | undefined} */
  failure
  /** @type {http.IncomingMessage | undefined} */
  response
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /**
   * @param {Configuration} configuration
   * @param {{ method: string, path: string, body?: string, accept: string, signal?: AbortSignal }} options
   */
  constructor(configuration, { method, path, body, accept, signal }) {
    const url = new URL(configuration.modelBaseUrl)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
    /** @type {http.OutgoingHttpHeaders} */
    const headers = { accept }
    if (configuration.modelApiKey !== undefined) headers.authorization = `Bearer ${configuration.modelApiKey}`
    if (body !== undefined) {
      headers['content-type'] = 'application/json'
      headers['content-length'] = Buffer.byteLength(body)
    }
    const secure = url.protocol === 'https:'
    // agent: false gives each request its own connection, so that closing it reaches the model at once.
    this.request = (secure ? https : http).request(url, { method, headers, agent: false })
    this.request.on('error', alreadyHandled)
    this.connected = new Promise((resolve, reject) => {
      this.request.on('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', resolve))
      this.request.once('error', reject)
      this.request.once('close', () => reject(new ModelFailure('model_unreachable')))
    })
    this.answered = new Promise((resolve, reject) => {
      this.request.once('response', resolve)
      this.request.once('error', reject)
      this.request.once('close', () => reject(new ModelFailure('model_stream_broken')))
    })
    this.connected.catch(alreadyHandled)
    this.answered.catch(alreadyHandled)
    this.signal = signal
    this.onAbort = () => this.fail('stopped')
    signal?.addEventListener('abort', this.onAbort, { once: true })
    if (signal?.aborted) this.fail('stopped')
    else this.request.end(body)
  }

  /** @param {number} milliseconds @param {string} code */
  expect(milliseconds, code) {
    this.pause()
    this.#timer = setTimeout(() => this.fail(code), milliseconds)
  }

  pause() {
    clearTimeout(this.#timer)
  }

  /** @param {string} code */
  fail(code) {
    this.failure ??= new ModelFailure(code)
    this.pause()
    this.response?.destroy(this.failure)
    this.request.destroy(this.failure)
  }

  close() {
    this.pause()
    this.signal?.removeEventListener('abort', this.onAbort)
    this.response?.destroy()
    this.request.destroy()
  }

  /**
   * Resolves with a response whose status is 200; `whileWaiting` sets the deadline once connected.
   * @param {() => void} whileWaiting
   * @returns {Promise<http.IncomingMessage>}
   */
  async open(whileWaiting) {
    try {
      await this.connected
    } catch {
      throw this.failure ?? new ModelFailure('model_unreachable')
    }
    whileWaiting()
    /** @type {http.IncomingMessage} */
    let response
    try {
      response = await this.answered
    } catch {
      throw this.failure ?? new ModelFailure('model_stream_broken')
    }
    this.response = response
    response.on('error', alreadyHandled)
    if (this.failure !== undefined) throw this.failure
    if (response.statusCode !== 200) throw new ModelFailure(codeForStatus(response.statusCode ?? 0))
    response.setEncoding('utf8')
    return response
  }
}

/**
 * @param {Configuration} configuration
 * @param {ConstructorParameters<typeof ModelRequest>[1]} options
 */
export function startModelRequest(configuration, options) {
  return new ModelRequest(configuration, options)
}

/** @param {number} status */
function codeForStatus(status) {
  if (status === 401 || status === 403) return 'model_key_refused'
  if (status === 404) return 'model_not_found'
  if (status === 429 || status === 503) return 'model_busy'
  if (status === 400 || status === 413 || status === 422) return 'model_refused_input'
  return 'model_error'
}

function alreadyHandled() {
  // Reported through `failure` or the promise that awaits it; an unheard error would end the process.
}

// POST /api/draft: one visit summary in, one streamed draft out. Nothing of either is kept or logged;
// the log gets the outcome code and the time taken.
import { once } from 'node:events'
import { readDraftInput } from './draft-input.mjs'
import { streamDraft } from './draft-model.mjs'
import { describeError } from './log.mjs'
import { ModelFailure } from './model-request.mjs'
import { buildMessages } from './prompts.mjs'
import { apiHeaders } from './security-headers.mjs'

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Configuration } from './configuration.mjs' */
/** @import { Log } from './log.mjs' */

const heartbeatInterval = 15_000
const slowestReader = 60_000

/**
 * @param {Configuration} configuration
 * @param {Log} log
 * @returns {{ handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>, stopAll: () => void }}
 */
export function createDraftRoute(configuration, log) {
  /** One per running draft; the abort reason is the outcome code. @type {Set<AbortController>} */
  const running = new Set()
  const stopAll = () => {
    for (const draft of running) draft.abort('shutting_down')
  }

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  const handler = async (request, response) => {
    const { visit, language } = await readDraftInput(request)
    const startedAt = performance.now()
    const draft = new AbortController()
    running.add(draft)
    response.on('close', () => draft.abort('client_left'))
    response.writeHead(200, {
      ...apiHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      connection: 'close',
    })
    response.flushHeaders()
    // A comment now and then keeps proxies from closing the line while the model reads a long text.
    const heartbeat = setInterval(() => response.write(': waiting\n\n'), heartbeatInterval)
    let outcome = 'done'
    try {
      for await (const piece of streamDraft(configuration, buildMessages(visit, language), draft.signal)) {
        const event = 'text' in piece ? piece : { done: true, finishReason: piece.finishReason }
        await sendEvent(response, event, draft)
      }
    } catch (error) {
      outcome = outcomeOf(error, draft.signal)
      if (outcome === 'internal_error') log('draft_failure', describeError(error))
      if (!response.destroyed) response.write(eventText({ error: outcome }))
    } finally {
      clearInterval(heartbeat)
      running.delete(draft)
      response.end()
    }
    log('draft', { outcome, milliseconds: Math.round(performance.now() - startedAt) })
  }
  return { handler, stopAll }
}

/**
 * Waits for a slow reader rather than filling memory, but not for ever.
 * @param {ServerResponse} response
 * @param {object} event
 * @param {AbortController} draft
 */
async function sendEvent(response, event, draft) {
  draft.signal.throwIfAborted()
  if (response.write(eventText(event))) return
  const timer = setTimeout(() => {
    draft.abort('reader_too_slow')
    response.destroy()
  }, slowestReader)
  try {
    await once(response, 'drain', { signal: draft.signal })
  } finally {
    clearTimeout(timer)
  }
}

/** @param {object} event */
function eventText(event) {
  return `data: ${JSON.stringify(event)}\n\n`
}

/**
 * @param {unknown} error
 * @param {AbortSignal} signal
 */
function outcomeOf(error, signal) {
  if (signal.aborted) return String(signal.reason)
  return error instanceof ModelFailure ? error.code : 'internal_error'
}

// Sends a visit summary to the app and reads the draft back as it streams. The page shows codes in words;
// this module only tells what happened.

/**
 * @typedef {{ text: string } | { done: true, finishReason: string } | { error: string }} DraftEvent
 */

/**
 * Ends with exactly one `done` or `error` event, or throws when the signal aborts.
 * @param {{ visit: string, language: string, signal: AbortSignal, address?: string | URL }} options
 * @returns {AsyncGenerator<DraftEvent, void, void>}
 */
export async function* requestDraft({ visit, language, signal, address = 'api/draft' }) {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ visit, language }),
      cache: 'no-store',
      signal,
    })
    if (!response.ok || response.body === null) {
      yield { error: await refusalCode(response) }
      return
    }
    for await (const event of readEvents(response.body)) {
      yield event
      if (!('text' in event)) return
    }
  } catch (error) {
    if (signal.aborted) throw error
  }
  yield { error: 'connection_lost' }
}

/** @param {Response} response */
async function refusalCode(response) {
  try {
    const code = (await response.json()).error
    return typeof code === 'string' ? code : 'unknown'
  } catch {
    return 'unknown'
  }
}

/**
 * A reader, not `for await` over the body: not every browser can iterate a stream.
 * @param {ReadableStream<Uint8Array>} body
 * @returns {AsyncGenerator<DraftEvent, void, void>}
 */
async function* readEvents(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (line.startsWith('data: ')) yield JSON.parse(line.slice(6))
      }
    }
  } finally {
    await reader.cancel().catch(() => {
      // The stream is over either way.
    })
  }
}

// Tries the running app out as a person does: hands in a made-up visit and reads the beginning of the draft; leaving stops
// the model, which has others to serve. Ends with status 0 when a draft came, and else says on its last line what is wrong.
// Nothing of a patient is in it.
import http from 'node:http'
import { pathToFileURL } from 'node:url'

const visit = 'Made-up visit for a smoke test. Cough for three days, no fever. Lungs clear. Rest and fluids.'
/** Characters of a draft that are enough. */
const enough = 80
const longestAnswer = 1_048_576
/** Below the time that the appliance gives it. */
const patience = 100_000

/**
 * @param {{ host: string, port: number, timeout?: number }} app
 * @returns {Promise<string | undefined>} what is wrong; undefined where a draft came
 */
export async function tryOut({ host, port, timeout = patience }) {
  try {
    const { status, text } = await requestDraft(host, port, timeout)
    if (status !== 200) return `POST /api/draft answers ${status}: ${text.slice(0, 200)}`
    return problemIn(eventsIn(text))
  } catch (error) {
    return `POST /api/draft: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** @param {readonly any[]} events */
function problemIn(events) {
  const failed = events.find((event) => event.error !== undefined)
  if (failed !== undefined) return `the draft ended with ${String(failed.error).slice(0, 100)}`
  const draft = draftIn(events)
  if (draft.trim() === '') return 'the draft is empty'
  const isWhole = events.some((event) => event.done === true)
  return isWhole || draft.length >= enough ? undefined : 'the draft broke off'
}

/** @param {readonly any[]} events */
function draftIn(events) {
  return events.map((event) => (typeof event.text === 'string' ? event.text : '')).join('')
}

/** Of whole lines only: the last one may be half there. */
function eventsIn(/** @type {string} */ text) {
  return text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice('data: '.length)))
}

/**
 * @param {string} host
 * @param {number} port
 * @param {number} timeout
 * @returns {Promise<{ status: number, text: string }>}
 */
function requestDraft(host, port, timeout) {
  const body = JSON.stringify({ visit, language: 'en' })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, path: '/api/draft', method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        text += piece
        if (response.statusCode === 200 && draftIn(eventsIn(text)).length >= enough) {
          resolve({ status: 200, text })
          request.destroy()
        }
        if (text.length > longestAnswer) request.destroy(new Error('the answer has no end'))
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.on('error', reject)
    })
    const timer = setTimeout(() => request.destroy(new Error(`no end within ${timeout / 1000} s`)), timeout)
    request.on('close', () => clearTimeout(timer))
    request.on('error', reject)
    request.end(body)
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problem = await tryOut({
    host: process.env['SERVICE_HOST'] ?? '127.0.0.1',
    port: Number(process.env['SERVICE_PORT'] ?? '8080'),
  })
  console.log(problem ?? 'a draft came')
  process.exitCode = problem === undefined ? 0 : 1
}

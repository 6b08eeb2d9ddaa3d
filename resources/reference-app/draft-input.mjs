// Reads and checks the body of a draft request. The size is counted as the bytes arrive, so that no
// declared length is trusted, and every refusal is a status and a code that quotes nothing of the body.
import { isLanguage } from './prompts.mjs'

/** @import { IncomingMessage } from 'node:http' */
/** @import { Language } from './prompts.mjs' */

const largestBody = 65_536
const longestVisit = 20_000

/** A request the app refuses, with the status and code to answer. */
export class InputRefusal extends Error {
  /** @param {number} status @param {string} code */
  constructor(status, code) {
    super(code)
    this.name = 'InputRefusal'
    this.status = status
    this.code = code
  }
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<{ visit: string, language: Language }>}
 */
export async function readDraftInput(request) {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new InputRefusal(400, 'content_type_not_json')
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw new InputRefusal(413, 'body_too_large')
  const input = parseJson(await readBody(request))
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InputRefusal(400, 'body_not_object')
  }
  const { visit, language } = /** @type {Record<string, unknown>} */ (input)
  if (typeof visit !== 'string') throw new InputRefusal(400, 'visit_not_text')
  if (visit.length > longestVisit) throw new InputRefusal(413, 'visit_too_long')
  if (visit.trim() === '') throw new InputRefusal(400, 'visit_empty')
  if (!isLanguage(language)) throw new InputRefusal(400, 'language_unknown')
  return { visit, language }
}

/**
 * Listeners, not `for await`: leaving such a loop early would close the socket before the refusal is sent.
 * @param {IncomingMessage} request
 * @returns {Promise<Buffer>}
 */
function readBody(request) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    let pieces = []
    let size = 0
    request.on('data', (/** @type {Buffer} */ piece) => {
      size += piece.length
      if (size <= largestBody) {
        pieces.push(piece)
        return
      }
      pieces = []
      reject(new InputRefusal(413, 'body_too_large'))
    })
    request.on('end', () => resolve(Buffer.concat(pieces)))
    request.on('error', () => reject(new InputRefusal(400, 'body_incomplete')))
    request.on('close', () => reject(new InputRefusal(400, 'body_incomplete')))
  })
}

/** @param {Buffer} body */
function parseJson(body) {
  try {
    return /** @type {unknown} */ (JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)))
  } catch {
    throw new InputRefusal(400, 'body_not_json')
  }
}

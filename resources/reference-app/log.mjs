// One JSON line per event on standard output. Callers pass codes, counts and times only; an error is
// reduced to its name and code here, because a message (JSON.parse's, say) can quote a patient's text.

/** @typedef {(event: string, details?: Record<string, string | number>) => void} Log */

/** @type {Log} */
export function writeLog(event, details = {}) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`)
}

/**
 * @param {unknown} error
 * @returns {Record<string, string>}
 */
export function describeError(error) {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { name: error.name, ...code }
}

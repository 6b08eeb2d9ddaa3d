// Builds one part in a process of its own: what the builders leave behind (400 MB of memory, a service of esbuild's)
// would otherwise stay as long as the console that needed the part.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { codeOf } from './build-lock.mjs'

/** @typedef {import('./source-stamp.mjs').Part} Part */
/** @typedef {{ message: string, code?: unknown }} Refusal */

const thisFile = fileURLToPath(import.meta.url)

/**
 * Rejects with what the builder said, and the code of the system where there was one (EACCES).
 * @param {Part} part
 * @param {string} root
 * @param {string} place
 * @returns {Promise<void>}
 */
export function buildPart(part, root, place) {
  const builder = fork(thisFile, [part, root, place], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    /** @type {Refusal | undefined} */
    let refused
    builder.on('message', (said) => (refused = /** @type {Refusal} */ (said)))
    builder.on('error', reject)
    builder.on('close', (code, signal) => {
      if (code === 0) return resolve()
      const { message, code: why } = refused ?? { message: `the builder ended with ${signal ?? code}` }
      reject(Object.assign(new Error(message), why === undefined ? {} : { code: why }))
    })
  })
}

/** @param {string} part @param {string} root @param {string} place */
async function buildHere(part, root, place) {
  if (part === 'page') return (await import('./build-page.mjs')).buildPage(root, place)
  return (await import('./build.mjs')).buildProgram(root, place)
}

if (process.argv[1] === thisFile) {
  const [part = '', root = '', place = ''] = process.argv.slice(2)
  try {
    await buildHere(part, root, place)
    process.exit(0)
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`
    process.send?.({ message, code: codeOf(error) }, () => process.exit(1))
  }
}

// Builds renderer/, the page of every window, into dist/renderer. Its addresses are absolute, so that they hold
// under http://127.0.0.1:PORT/ and under rackside://app/, and on a page deep in the product that is loaded again.
// No script in it is inline: the content security policy allows none but the files built here.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { removeOldPieces, replaceFile } from './replace-file.mjs'
import { sourceStamp } from './source-stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the sources under `projectRoot` into `place`/dist/renderer. The page itself comes after what it names,
 * and the stamp last: a window opened meanwhile gets the old page or the new one, whole.
 * @param {string} projectRoot
 * @param {string} place
 */
export async function buildPage(projectRoot = root, place = projectRoot) {
  const stamp = sourceStamp(projectRoot, 'page')
  const { files } = await bundlePage(projectRoot)
  const folder = join(place, 'dist', 'renderer')
  rmSync(join(place, 'dist', 'page-stamp'), { force: true })
  for (const { name, contents } of files) replaceFile(join(folder, name), contents)
  const assets = join(folder, 'assets')
  if (existsSync(assets)) removeOldPieces(assets, /./)
  replaceFile(join(place, 'dist', 'page-stamp'), stamp ?? '')
}

/** The files of the page, and what they are made of. @param {string} projectRoot */
export function bundlePage(projectRoot) {
  return inSurroundings(() => bundle(join(projectRoot, 'renderer')))
}

/**
 * What the builder takes from the environment, whoever started this: it draws its progress on a terminal unless it takes
 * the place for a CI, and with NODE_ENV=development or test it would pack the slow React for developers.
 */
const surroundings = { CI: '1', NODE_ENV: 'production' }

/** @template T @param {() => Promise<T>} work */
async function inSurroundings(work) {
  const before = { ...process.env }
  Object.assign(process.env, surroundings)
  try {
    return await work()
  } finally {
    for (const name of Object.keys(surroundings)) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

/** What the page is made of, the page last. @param {string} renderer */
async function bundle(renderer) {
  const built = await build({
    root: renderer,
    configFile: false,
    envDir: false,
    publicDir: false,
    base: '/',
    mode: 'production',
    // Written by nothing that is done here; should it be one day, then where git does not look.
    cacheDir: join(root, 'node_modules', '.cache', 'vite'),
    logLevel: 'warn',
    plugins: [react()],
    build: {
      write: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
      reportCompressedSize: false,
      sourcemap: false,
    },
  })
  const outputs = Array.isArray(built) ? built : [built]
  const pieces = outputs.flatMap((one) => {
    if (!('output' in one)) throw new Error('the builder of the page watches instead of building')
    return one.output
  })
  const files = pieces.map((file) => ({
    name: file.fileName,
    contents: file.type === 'chunk' ? file.code : file.source,
  }))
  return {
    files: files.sort((a, b) => Number(a.name.endsWith('.html')) - Number(b.name.endsWith('.html'))),
    madeOf: pieces.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : [])),
  }
}

// Bundles the product into dist/, packages included, so that starting the CLI reads a handful of files
// instead of hundreds.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { sourceStamp } from './source-stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Builds the sources under `projectRoot` into `place`/dist. Every file is renamed into place whole and the
 * stamp comes last: whoever reads at the same time sees the old build or the new one, and a killed build is stale.
 * @param {string} projectRoot
 * @param {string} place
 */
export async function buildProduct(projectRoot = root, place = projectRoot) {
  const dist = join(place, 'dist')
  mkdirSync(dist, { recursive: true })
  const stamp = sourceStamp(projectRoot)
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: { cli: 'main/shells/cli/main.ts' },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What a call does not need is not loaded: `--version` reads no SSH and no engine.
    splitting: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    // These load files of their own at run time: a native module, and ssh2's optional ones.
    external: ['libsql', 'ssh2', 'systeminformation'],
    // CommonJS packages inside the bundle still call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    sourcemap: true,
    write: false,
    logLevel: 'warning',
  })
  rmSync(join(dist, 'stamp'), { force: true })
  // A process that runs from the old build may still load a piece of it: pieces go a day later.
  removeOldPieces(dist)
  for (const { path, contents } of outputFiles) replaceFile(join(dist, basename(path)), contents)
  replaceFile(join(dist, 'stamp'), stamp ?? '')
}

/** @param {string} dist */
function removeOldPieces(dist) {
  const dayMilliseconds = 24 * 3600 * 1000
  for (const name of readdirSync(dist)) {
    if (!/^chunk-|^[a-z-]+-[A-Z0-9]{8}\.mjs/.test(name)) continue
    const path = join(dist, name)
    if (Date.now() - statSync(path).mtimeMs > dayMilliseconds) rmSync(path, { force: true })
  }
}

/**
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
function replaceFile(path, contents) {
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, contents)
  renameSync(fresh, path)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProduct()

// Bundles the program into dist/, packages included, so that starting the CLI reads a handful of files
// instead of hundreds; started by hand, the pages of the windows as well. With a folder as its word it builds what a
// desktop package is made of there, and the list of packages that came into it.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { removeOldPieces, replaceFile } from './replace-file.mjs'
import { sourceStamp } from './source-stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is started: the name in dist/, and its source. */
const programs = {
  cli: 'main/shells/cli/main.ts',
  web: 'main/shells/web/main.ts',
  start: 'main/shells/start/main.ts',
  'electron/main': 'main/shells/electron/main.ts',
}
/** Stands for what is left out: an empty module. */
const noGrpc = join(root, 'scripts', 'no-grpc.cjs')
const preload = 'main/shells/electron/preload.ts'

/**
 * Builds the sources under `projectRoot` into `place`/dist. The stamp comes last: a killed build is stale.
 * @param {string} projectRoot
 * @param {string} place
 */
export async function buildProgram(projectRoot = root, place = projectRoot) {
  const dist = join(place, 'dist')
  mkdirSync(dist, { recursive: true })
  const stamp = sourceStamp(projectRoot, 'program')
  const built = [...(await bundlePrograms(projectRoot, dist)), ...(await bundlePreload(projectRoot, dist))]
  rmSync(join(dist, 'stamp'), { force: true })
  removeOldPieces(dist, /^chunk-|^[a-z-]+-[A-Z0-9]{8}\.mjs/)
  for (const { path, contents } of built) replaceFile(join(dist, relative(dist, path)), contents)
  replaceFile(join(dist, 'stamp'), stamp ?? '')
}

/**
 * What a package of the desktop runs, in a folder that nothing was built in before: no maps, and nothing of other shells.
 * @param {string} place
 * @returns {Promise<string[]>} the files that came into it, as paths below the root
 */
async function buildPackaged(place) {
  const dist = join(place, 'dist')
  const desktop = { ...programOptions(dist), entryPoints: { 'electron/main': programs['electron/main'] } }
  const { outputFiles, metafile } = await build({ ...desktop, absWorkingDir: root, sourcemap: false, metafile: true })
  const built = [...outputFiles, ...(await bundlePreload(root, dist))]
  for (const { path, contents } of built) replaceFile(path, contents)
  const page = await (await import('./build-page.mjs')).bundlePage(root)
  for (const { name, contents } of page.files) replaceFile(join(dist, 'renderer', name), contents)
  return [...Object.keys(metafile.inputs), ...page.madeOf.map((path) => relative(root, path))]
}

/** @param {string} projectRoot @param {string} dist */
async function bundlePrograms(projectRoot, dist) {
  const here = Object.entries(programs).filter(([, source]) => existsSync(join(projectRoot, source)))
  const entryPoints = Object.fromEntries(here)
  const { outputFiles } = await build({ ...programOptions(dist), entryPoints, absWorkingDir: projectRoot })
  return outputFiles
}

/** @param {string} dist */
function programOptions(dist) {
  return /** @satisfies {import('esbuild').BuildOptions} */ ({
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What a call does not need is not loaded: `--version` reads no SSH and no engine.
    splitting: true,
    platform: 'node',
    target: 'node20.18',
    format: 'esm',
    // These load files of their own at run time: a native module, and ssh2's optional ones. Electron brings itself.
    external: ['libsql', 'ssh2', 'systeminformation', 'electron'],
    // dockerode loads gRPC for BuildKit sessions, a third of the bundle, and Rackside builds no images.
    alias: { '@grpc/grpc-js': noGrpc, '@grpc/proto-loader': noGrpc },
    // CommonJS packages inside the bundle still call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    sourcemap: true,
    write: false,
    logLevel: 'warning',
  })
}

/** A sandboxed preload cannot be a module and has no packages. @param {string} projectRoot @param {string} dist */
async function bundlePreload(projectRoot, dist) {
  if (!existsSync(join(projectRoot, preload))) return []
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: { 'electron/preload': preload },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'browser',
    target: 'chrome130',
    format: 'cjs',
    external: ['electron'],
    write: false,
    logLevel: 'warning',
  })
  return outputFiles
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const place = process.argv[2]
  if (place === undefined) {
    const { buildPage } = await import('./build-page.mjs')
    await Promise.all([buildProgram(), buildPage()])
  } else {
    replaceFile(join(place, 'made-of.json'), JSON.stringify((await buildPackaged(place)).sort()))
  }
}

// Runs a TypeScript script of this folder: `node scripts/run.mjs lab/main.ts up --json`.
// Bundled by esbuild into dist/scripts/, then imported; the script sees its own arguments.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const name = process.argv[2]
if (name === undefined) {
  console.error('usage: node scripts/run.mjs FOLDER/FILE.ts [arguments]')
  process.exit(2)
}
// One output per process: two scripts started at once never read each other's half-written bundle.
const outfile = join(root, 'dist', 'scripts', `${name.replace(/\.ts$/, '')}.${process.pid}.mjs`)
mkdirSync(dirname(outfile), { recursive: true })
await build({
  absWorkingDir: root,
  entryPoints: [join('scripts', name)],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.18',
  format: 'esm',
  packages: 'external',
  sourcemap: 'inline',
  define: { 'import.meta.dirname': JSON.stringify(join(root, 'scripts', dirname(name))) },
  logLevel: 'warning',
})
process.argv.splice(1, 2, join(root, 'scripts', name))
process.on('exit', () => rmSync(outfile, { force: true }))
await import(pathToFileURL(outfile).href)

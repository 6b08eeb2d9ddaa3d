// A part of a bench that has to be a process of its own, built next to the bench and gone with it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** `source`: below this folder. `folder`: what `import.meta.dirname` is in it. */
export async function ownProgram(source: string, folder: string): Promise<string> {
  const name = source.replace(/\.ts$/, '').replaceAll('/', '-')
  const outfile = join(import.meta.dirname, '../../dist/scripts', `bench-${name}.${process.pid}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, source)],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', target: 'node20.18' },
    define: { 'import.meta.dirname': JSON.stringify(folder) },
  })
  process.once('exit', () => rmSync(outfile, { force: true }))
  return outfile
}

// The Chromium inside the npm package, unpacked once into node_modules/.cache with the libraries that the
// package brings for machines without them. Its own start-up code is not used: it writes into the system's
// temporary folder, changes this process's environment, and decides by the name of a cloud service.
import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'

export interface BrowserProgram {
  readonly executable: string
  /** What that process needs beside the environment it is given; nobody else's environment changes. */
  readonly environment: Readonly<Record<string, string>>
}

const execute = promisify(execFile)
const packages = join(import.meta.dirname, '..', '..', 'node_modules')
const packageFolder = join(packages, '@sparticuz', 'chromium')
const cacheFolder = join(packages, '.cache', 'chromium')

/** Unpacks on the first call; several processes may call it at once. */
export async function unpackedChromium(): Promise<BrowserProgram> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  const folder = join(cacheFolder, version)
  const executable = join(folder, 'chromium')
  if (!existsSync(executable)) await unpackInto(folder)
  return {
    executable,
    environment: {
      LD_LIBRARY_PATH: join(folder, 'libraries', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/** Complete or not there: renamed as a whole; who comes second uses what the first one made. */
async function unpackInto(folder: string): Promise<void> {
  const making = `${folder}.${process.pid}.part`
  await mkdir(join(making, 'libraries'), { recursive: true })
  await mkdir(join(making, 'fonts'))
  await Promise.all([
    pipeline(
      createReadStream(join(packageFolder, 'bin', 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(making, 'chromium'), { mode: 0o755 }),
    ),
    untar('al2023.tar.br', join(making, 'libraries')),
    untar('fonts.tar.br', join(making, 'fonts')),
    // The graphics libraries are looked for beside the program.
    untar('swiftshader.tar.br', making),
  ])
  await writeFile(join(making, 'fonts.conf'), fontConfiguration(folder))
  // A browser that outlived the packages has its cache of fonts there again, and nothing else.
  if (!existsSync(join(folder, 'chromium'))) await rm(folder, { recursive: true, force: true })
  await rename(making, folder).catch(async (error: unknown) => {
    await rm(making, { recursive: true })
    if (!existsSync(join(folder, 'chromium'))) throw error
  })
}

async function untar(name: string, target: string): Promise<void> {
  // By way of a file: tar stops reading at the end mark and would break the pipe behind it.
  const file = join(target, `${name}.unpacked`)
  await pipeline(createReadStream(join(packageFolder, 'bin', name)), createBrotliDecompress(), createWriteStream(file))
  await execute('tar', ['-x', '--no-same-owner', '-f', file, '-C', target])
  await rm(file)
}

/** One Latin face everywhere (the package's), Chinese from the machine: pictures of two machines stay alike. */
function fontConfiguration(folder: string): string {
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts')]
  const chinese = ['WenQuanYi Micro Hei', 'Noto Sans CJK SC', 'WenQuanYi Zen Hei', 'Droid Sans Fallback']
  const faces = (names: readonly string[]) => names.map((name) => `<family>${name}</family>`).join('')
  const alias = (family: string, names: readonly string[]) =>
    `<alias binding="strong"><family>${family}</family><prefer>${faces(names)}</prefer></alias>`
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((path) => `<dir>${path}</dir>`),
    `<cachedir>${join(folder, 'font-cache')}</cachedir>`,
    alias('system-ui', ['Open Sans', ...chinese]),
    alias('sans-serif', ['Open Sans', ...chinese]),
    alias('ui-monospace', ['DejaVu Sans Mono', 'WenQuanYi Micro Hei Mono', ...chinese]),
    alias('monospace', ['DejaVu Sans Mono', 'WenQuanYi Micro Hei Mono', ...chinese]),
    '</fontconfig>',
    '',
  ].join('\n')
}

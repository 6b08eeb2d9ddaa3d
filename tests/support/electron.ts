// Real Electron for tests: the runtime that ELECTRON_OVERRIDE_DIST_PATH names, a display, and an app folder built
// from the sources. The desktop shell of a test is the product's own, on a console that the test decides on.
import { type ChildProcess, execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { _electron, type ElectronApplication } from 'playwright-core'
import { onTestFinished, type TestContext } from 'vitest'
import { type Display, openDisplay } from './display.ts'
import { needs } from './needs.ts'
import { repositoryRoot } from './repository-files.ts'

const program = process.platform === 'win32' ? 'electron.exe' : 'electron'
const runtime = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''

export const electronProgram = runtime === '' ? undefined : join(runtime, program)

/** Skips with the reason; in CI a missing runtime or display fails the test instead. */
export function needsElectron(context: TestContext, display: Display | undefined): void {
  const named = electronProgram !== undefined && existsSync(electronProgram)
  needs(context, named, 'ELECTRON_OVERRIDE_DIST_PATH names no Electron runtime')
  needs(context, display !== undefined, 'there is no display and no Xvfb')
}

export type ElectronStart = {
  readonly appFolder: string
  readonly display: Display
  readonly environment: Readonly<Record<string, string>>
  readonly words?: readonly string[]
}

/** Resolves when the main process runs; its first window may still be on the way. */
export function startElectron(start: ElectronStart): Promise<ElectronApplication> {
  return _electron.launch({
    args: electronWords(start),
    cwd: start.appFolder,
    env: electronEnvironment(start),
    timeout: 30_000,
  })
}

/** Chromium does not start as root with its sandbox. */
export function electronWords({ appFolder, words = [] }: ElectronStart): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), appFolder, ...words]
}

/** Nothing of this process's environment but what starts a program on a display. */
export function electronEnvironment({ display, environment }: ElectronStart): Record<string, string> {
  const { PATH = '', XAUTHORITY } = process.env
  // A display that was there before may ask for its cookie.
  const cookie = XAUTHORITY === undefined ? {} : { XAUTHORITY }
  return { PATH, DISPLAY: display.name, ...cookie, LANG: 'en_US.UTF-8', ...environment }
}

/** A home of the test's own. Chromium's processes may write there a moment longer than the first one lives. */
export function profileHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'rackside-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }))
  return home
}

/** Ends what is left of an Electron that leads a process group of its own, all its processes at once. */
export async function endElectron({ pid }: ChildProcess, ended: Promise<unknown>): Promise<void> {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // Nothing is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  await ended
}

/** The display of the suite, closed by whoever opened it. */
export function displayForTests(): Promise<Display | undefined> {
  return openDisplay(process.env)
}

/** The folder whose dist/ is up to date with the sources, as the launcher finds it. */
export async function builtProduct(): Promise<string> {
  const ask = "import('./scripts/ready-place.mjs').then((m) => m.readyPlace(process.cwd(), ['program', 'page']))"
  const words = ['--eval', `${ask}.then((place) => console.log(place))`]
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: repositoryRoot })
  return stdout.trim()
}

/** The shell on a pretend console, with a page that only knows its link; entry and page are in tests/electron. */
export async function buildPretendDesktop(folder: string): Promise<void> {
  const tests = join(repositoryRoot, 'tests', 'electron')
  const page = join(folder, 'page')
  mkdirSync(page, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'pretend', type: 'module', main: 'main.mjs' }))
  const shared = {
    bundle: true,
    external: ['electron', 'libsql', 'ssh2', 'systeminformation'],
    absWorkingDir: repositoryRoot,
  }
  const requiring = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
  await Promise.all([
    build({
      ...shared,
      entryPoints: [join(tests, 'pretend-desktop', 'main.ts')],
      outfile: join(folder, 'main.mjs'),
      platform: 'node',
      format: 'esm',
      target: 'node20.18',
      banner: { js: requiring },
    }),
    build({
      ...shared,
      entryPoints: [join(repositoryRoot, 'main', 'shells', 'electron', 'preload.ts')],
      outfile: join(folder, 'preload.cjs'),
      platform: 'browser',
      format: 'cjs',
    }),
    build({
      ...shared,
      entryPoints: [join(tests, 'pretend-desktop', 'page.mjs')],
      outfile: join(page, 'page.js'),
      platform: 'browser',
      format: 'esm',
    }),
  ])
  const html = '<!doctype html><html lang="en"><head><title>Pretend</title></head><body><h1>Pretend</h1>'
  writeFileSync(join(page, 'index.html'), `${html}<script type="module" src="/page.js"></script></body></html>`)
}

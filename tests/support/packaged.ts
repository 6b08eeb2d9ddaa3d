// The desktop as it is installed: packed once for a run of tests, started as its person starts it. The fuses leave no way
// into its main process; its page is reached as Chromium offers it.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { pageOfProgram } from '../../scripts/gallery/program-page.ts'
import type { Display } from './display.ts'
import { electronEnvironment } from './electron.ts'
import { repositoryRoot } from './repository-files.ts'

const run = promisify(execFile)

export type Packages = { readonly unpacked: string; readonly deb: string }

/** As `npm run package` makes them of these sources, with the runtime of the tests. */
export async function packProduct(folder: string): Promise<Packages> {
  const words = ['scripts/run.mjs', 'package/main.ts', 'deb', '--quick', '--out', folder]
  const { stdout } = await run(process.execPath, words, { cwd: repositoryRoot, maxBuffer: 1e7 })
  const deb = stdout.trim().split('\n').at(-1) ?? ''
  return { unpacked: join(folder, 'linux-unpacked'), deb }
}

/** What the package would put on a system, put in a folder: its scripts do not run. */
export async function unpackDeb(deb: string, folder: string): Promise<string> {
  await run('dpkg-deb', ['--extract', deb, folder])
  return join(folder, 'opt', 'Rackside')
}

export type InstalledStart = {
  readonly place: string
  readonly display: Display
  readonly environment: Readonly<Record<string, string>>
}

export type Installed = {
  readonly child: ChildProcess
  readonly page: Page
  readonly ended: Promise<number | null>
}

export async function startInstalled(start: InstalledStart): Promise<Installed> {
  const child = spawnInstalled(start, ['--remote-debugging-port=0'])
  const ended = exitOf(child)
  const page = await pageOfProgram(child)
  page.setDefaultTimeout(30_000)
  return { child, page, ended }
}

/** Chromium does not start as root with its sandbox. */
export function spawnInstalled(start: InstalledStart, words: readonly string[] = []): ChildProcess {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return spawn(join(start.place, 'rackside'), [...asRoot, ...words], {
    cwd: start.place,
    env: electronEnvironment({ ...start, appFolder: '' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

export function exitOf(child: ChildProcess): Promise<number | null> {
  return once(child, 'exit').then(([code]) => code as number | null)
}

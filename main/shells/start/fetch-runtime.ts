// Fetches the Electron runtime with the package's own installer (mirror, proxy, cache and checksums are its business),
// in a folder aside and in a process that can be ended. The installer has no time limit of its own: what it has
// written is looked at, and when nothing changes for a while it is given up. What is renamed into place is whole.
import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { installedProgram } from './electron-runtime.ts'

export type Fetching = {
  readonly packageFolder: string
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly stallMilliseconds: number
  /** Called when more has arrived. */
  readonly onBytes: (bytes: number) => void
}

const lookMilliseconds = 250
const asideName = /^rackside-electron-(\d+)$/

/** The program of the runtime, fetched. */
export async function fetchRuntime(fetching: Fetching): Promise<Result<string>> {
  const { packageFolder } = fetching
  const cache = join(dirname(packageFolder), '.cache')
  const aside = join(cache, `rackside-electron-${process.pid}`)
  try {
    accessSync(packageFolder, constants.W_OK)
    mkdirSync(join(aside, 'tmp'), { recursive: true })
    for (const name of ['install.js', 'package.json', 'checksums.json']) {
      copyFileSync(join(packageFolder, name), join(aside, name))
    }
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    return unavailable('not-installed', (error as Error).message)
  }
  removeLeftOvers(cache)
  try {
    const installed = await runInstaller(aside, fetching)
    return installed.ok ? putInPlace(aside, fetching) : installed
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function runInstaller(aside: string, fetching: Fetching): Promise<Result<void>> {
  const { packageFolder, environment, stallMilliseconds, onBytes } = fetching
  const tmp = join(aside, 'tmp')
  // The oldest Node this runs on loads the installer's modules only when it is told to.
  const flags = process.features.require_module === false ? ['--experimental-require-module'] : []
  const child = spawn(process.execPath, [...flags, join(aside, 'install.js')], {
    env: {
      ...environment,
      ...{ TMPDIR: tmp, TEMP: tmp, TMP: tmp, ELECTRON_GET_NO_PROGRESS: '1' },
      NODE_PATH: [join(packageFolder, 'node_modules'), dirname(packageFolder)].join(pathSeparator),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = collect(child)
  let stalled = false
  const before = sizeOf(aside)
  let [bytes, most, changedAt] = [before, before, performance.now()]
  const look = setInterval(() => {
    const now = sizeOf(aside)
    if (now !== bytes) {
      ;[bytes, changedAt] = [now, performance.now()]
      // The installer moves what has arrived away before it unpacks it.
      if (now > most) onBytes(now - before)
      most = Math.max(most, now)
    } else if (performance.now() - changedAt > stallMilliseconds) {
      stalled = true
      child.kill('SIGKILL')
    }
  }, lookMilliseconds)
  const code = await endOf(child)
  clearInterval(look)
  if (stalled) return unavailable('download-stalled', '')
  return code === 0 ? ok(undefined) : unavailable('download-failed', reasonIn(said.text()))
}

const pathSeparator = process.platform === 'win32' ? ';' : ':'

function collect(child: ChildProcess): { text: () => string } {
  let text = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    text = `${text}${bytes}`.slice(-8000)
  })
  return { text: () => text }
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
}

/** What the installer threw, and what that was caused by, without what may be a login in an address. */
function reasonIn(text: string): string {
  const [first = ''] = text.split('\n').filter((line) => /^\w*Error\b/.test(line))
  const cause = /\[cause\]: (.*?)\s*\{?$/m.exec(text)?.[1]
  const reason = cause === undefined ? first : `${first} (${cause})`
  return evidence(reason.replaceAll(/\/\/[^/@\s]*@/g, '//'), 300)
}

/** Another start may have put its own there meanwhile: that one is as good. */
function putInPlace(aside: string, fetching: Fetching): Result<string> {
  const { packageFolder } = fetching
  if (installedProgram(fetching) === undefined) {
    rmSync(join(packageFolder, 'path.txt'), { force: true })
    rmSync(join(packageFolder, 'dist'), { recursive: true, force: true })
    renameSync(join(aside, 'dist'), join(packageFolder, 'dist'))
    // Last: without it the rest does not count.
    renameSync(join(aside, 'path.txt'), join(packageFolder, 'path.txt'))
  }
  const program = installedProgram(fetching)
  return program === undefined ? unavailable('download-failed', 'the archive has no runtime') : ok(program)
}

/** What starts left behind that were killed. */
function removeLeftOvers(cache: string): void {
  for (const name of readdirSync(cache)) {
    const maker = asideName.exec(name)?.[1]
    if (maker !== undefined && !isAlive(Number(maker))) rmSync(join(cache, name), { recursive: true, force: true })
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Files come and go while they are counted. */
function sizeOf(folder: string): number {
  let bytes = 0
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
    }
  } catch {
    // Counted again in a moment.
  }
  return bytes
}

function unavailable(reason: FailureOf<'desktop-unavailable'>['reason'], detail: string): Result<never> {
  return fail({ kind: 'desktop-unavailable', reason, detail: evidence(detail) })
}

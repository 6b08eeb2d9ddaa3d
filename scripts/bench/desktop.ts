// How long a person waits for the installed program's window, and what it holds of memory and disk, beside an Electron of the
// same version that shows one line: both started in turn, so that a busy machine slows both alike.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ProgramPage, pageOfProgram } from '../gallery/program-page.ts'
import { makePackage } from '../package/make-package.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { memoryBytesOf, processesOf } from './processes-of.ts'

const rounds = 7
/** What was only needed to start is given back by then. */
const settleMilliseconds = 3000

export const desktopBench: Bench = {
  name: 'desktop',
  about: 'the installed desktop beside an empty Electron window: start to paint, memory of all processes, size',
  targets: [
    { figure: 'paintedMs', atMost: 2000 },
    { figure: 'paintedTimesEmpty', atMost: 3 },
    { figure: 'memoryTimesEmpty', atMost: 2 },
    { figure: 'sizeTimesEmpty', atMost: 1.15 },
  ],
  measure,
}

type Round = { readonly paintedMs: number; readonly memoryBytes: number }

async function measure(): Promise<Figures> {
  const electron = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? ''
  if (electron === '') throw new Error('ELECTRON_OVERRIDE_DIST_PATH has to name the folder of an Electron runtime')
  if ((process.env['DISPLAY'] ?? '') === '') throw new Error('there is no display: run it with xvfb-run')
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  try {
    const root = join(import.meta.dirname, '..', '..')
    const out = join(folder, 'packed')
    const [place = ''] = await makePackage({ root, kind: 'dir', electron, out, quick: true })
    const empty = emptyElectron(resolve(electron), folder)
    const own: Round[] = []
    const peer: Round[] = []
    for (let round = 0; round < rounds; round += 1) {
      const home = join(folder, `home-${round}`)
      own.push(await oneStart(place, [join(place, 'rackside')], home))
      peer.push(await oneStart(empty.place, [join(empty.place, 'electron'), empty.app], `${home}-empty`))
    }
    return figuresOf(own, peer, { ownBytes: bytesUnder(place), emptyBytes: bytesUnder(empty.place) })
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** In a folder of its own: its processes are told from others by the place of their program. */
function emptyElectron(electron: string, folder: string): { readonly place: string; readonly app: string } {
  const [place, app] = [join(folder, 'empty'), join(folder, 'app')]
  cpSync(electron, place, { recursive: true })
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'empty', main: 'main.cjs' }))
  writeFileSync(join(app, 'page.html'), '<!doctype html><title>Empty</title><h1>One line</h1>')
  const open = "new BrowserWindow({ width: 1280, height: 800 }).loadFile('page.html')"
  writeFileSync(
    join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('${'electron'}'); app.whenReady().then(() => ${open})`,
  )
  return { place, app }
}

async function oneStart(place: string, [program = '', ...words]: string[], home: string): Promise<Round> {
  mkdirSync(home)
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const startedAt = Date.now()
  const child = spawn(program, [...asRoot, '--remote-debugging-port=0', ...words], {
    env: { ...process.env, HOME: home, TMPDIR: home, RACKSIDE_HOME: join(home, 'state'), LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  try {
    const paintedMs = (await paintedAt(await pageOfProgram(child))) - startedAt
    await sleep(settleMilliseconds)
    return { paintedMs, memoryBytes: memoryBytesOf(place) }
  } finally {
    for (const id of processesOf(place)) process.kill(id, 'SIGKILL')
    await ended
  }
}

/** Of every file below, packages included. */
function bytesUnder(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, one) => (one.isFile() ? sum + statSync(join(one.parentPath, one.name)).size : sum),
    0,
  )
}

/** Of its heading, by the page's own clock: how soon this is asked makes no difference. */
async function paintedAt(page: ProgramPage): Promise<number> {
  await page.locator('h1').first().waitFor()
  const paint = "performance.timeOrigin + (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN)"
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const at = await page.evaluate<number | null>(paint)
    if (at !== null && Number.isFinite(at)) return at
    await sleep(50)
  }
  throw new Error('it was never painted')
}

type Sizes = { readonly ownBytes: number; readonly emptyBytes: number }

function figuresOf(own: readonly Round[], peer: readonly Round[], { ownBytes, emptyBytes }: Sizes): Figures {
  const of = (rows: readonly Round[], figure: keyof Round) => median(rows.map((row) => row[figure]))
  const [paintedMs, emptyPaintedMs] = [of(own, 'paintedMs'), of(peer, 'paintedMs')]
  const [memory, emptyMemory] = [of(own, 'memoryBytes'), of(peer, 'memoryBytes')]
  return {
    ...{ paintedMs, emptyPaintedMs, paintedTimesEmpty: paintedMs / emptyPaintedMs },
    ...{ memoryMegabytes: memory / 1e6, emptyMemoryMegabytes: emptyMemory / 1e6 },
    memoryTimesEmpty: memory / emptyMemory,
    ...{ installedMegabytes: ownBytes / 1e6, emptyMegabytes: emptyBytes / 1e6, sizeTimesEmpty: ownBytes / emptyBytes },
  }
}

// How long a person waits for the window in the browser: from starting the web shell to its address, and from opening
// that to the first words of the board, beside an empty Node and a page of one line in the same browser.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Browser, openBrowser } from '../gallery/browser.ts'
import { type FirstPaint, firstPaintOf } from '../gallery/first-paint.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { startMeasuredShell } from './web-shell.ts'

const rounds = 7

export const webStart: Bench = {
  name: 'web-start',
  about: 'the web shell and the first words of its board, beside an empty Node and a page of one line, medians in turn',
  targets: [
    { figure: 'addressMs', atMost: 1000 },
    { figure: 'paintMs', atMost: 1000 },
    { figure: 'residentMegabytes', atMost: 120 },
  ],
  measure,
}

type Round = {
  readonly addressMs: number
  readonly emptyNodeMs: number
  readonly residentBytes: number
  readonly board: FirstPaint
  readonly line: FirstPaint
}

async function measure(): Promise<Figures> {
  const browser = await openBrowser()
  const plain = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<h1>One line</h1>'))
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
  const { port } = plain.address() as AddressInfo
  const home = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const all: Round[] = []
  try {
    for (let round = 0; round < rounds; round += 1) {
      all.push(await oneRound(browser, join(home, String(round)), `http://127.0.0.1:${port}/`))
    }
  } finally {
    plain.close()
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  }
  return figuresOf(all)
}

async function oneRound(browser: Browser, home: string, lineUrl: string): Promise<Round> {
  const shell = await startMeasuredShell(home)
  try {
    const board = await firstPaintOf(browser, shell.url, 'h1')
    const line = await firstPaintOf(browser, lineUrl, 'h1')
    return { addressMs: shell.addressMs, emptyNodeMs: emptyNodeMs(), residentBytes: shell.residentBytes(), board, line }
  } finally {
    await shell.end()
  }
}

function emptyNodeMs(): number {
  const started = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return performance.now() - started
}

function figuresOf(all: readonly Round[]): Figures {
  const of = (figure: (round: Round) => number) => median(all.map(figure))
  const [addressMs, nodeMs] = [of((one) => one.addressMs), of((one) => one.emptyNodeMs)]
  const [paintMs, oneLinePaintMs] = [of(({ board }) => board.paintMs), of(({ line }) => line.paintMs)]
  return {
    ...{ addressMs, emptyNodeMs: nodeMs, addressTimesNode: addressMs / nodeMs },
    ...{ paintMs, oneLinePaintMs, paintTimesOneLine: paintMs / oneLinePaintMs },
    boardMs: of(({ board }) => board.seenMs),
    fetchedKilobytes: of(({ board }) => board.bytes) / 1000,
    fetchedFiles: of(({ board }) => board.files),
    residentMegabytes: of((one) => one.residentBytes) / 1e6,
  }
}

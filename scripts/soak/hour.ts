// The hour soak: a console in the browser that watches ten demo appliances, as it stands open at a hospital all day.
// Neither the console nor its page may grow.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openBrowser } from '../gallery/browser.ts'
import { heapOf } from '../gallery/page-heap.ts'
import type { Soak, SoakReport } from './frame.ts'
import { type Growth, growthOf } from './growth.ts'
import { makeSoakFolder, soakRoot } from './soak-folders.ts'

const appliances = 10
/** Fewer, to try it; the result then says nothing about an hour. */
const minutes = Number(process.env['RACKSIDE_SOAK_MINUTES'] ?? 60)
/** Engines fill their caches and the page its charts meanwhile. */
const warmUpMinutes = Math.min(10, minutes / 4)
const mayGrow = 0.05
const run = promisify(execFile)
const rackside = join(soakRoot, 'scripts', 'rackside.mjs')

export const hourSoak: Soak = {
  name: 'hour',
  about: `${minutes} minutes of a console and its page with ${appliances} demo appliances: neither grows (Linux)`,
  async run() {
    const { top } = makeSoakFolder('hour')
    const environment = { ...process.env, RACKSIDE_HOME: join(top, 'home') }
    const shell = spawn(process.execPath, [rackside, 'web', '--no-open', '--json'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const browser = await openBrowser()
    try {
      const url = await addressOf(shell)
      for (let made = 0; made < appliances; made += 1) {
        await run(process.execPath, [rackside, 'demo', '--keep', '--yes'], { env: environment })
      }
      const page = await browser.newPage()
      await page.goto(url)
      await page
        .getByTestId('appliance-card')
        .nth(appliances - 1)
        .waitFor()
      return reportOf(await watched(shell, await heapOf(page)))
    } finally {
      await browser.close()
      const gone = new Promise((resolve) => shell.once('close', resolve))
      if (shell.kill()) await gone
      rmSync(top, { recursive: true, force: true })
    }
  },
}

async function watched(
  shell: ChildProcess,
  pageBytes: () => Promise<number>,
): Promise<{ console: number[]; page: number[] }> {
  const seen = { console: [] as number[], page: [] as number[] }
  for (let minute = 0; minute < minutes; minute += 1) {
    await sleep(60_000)
    seen.console.push(residentBytes(shell))
    seen.page.push(await pageBytes())
    console.log(`${minute + 1} min: console ${megabytes(seen.console)}, page ${megabytes(seen.page)} MB`)
  }
  return seen
}

function reportOf({ console: ofConsole, page }: { console: number[]; page: number[] }): SoakReport {
  const grown = { console: growthOf(ofConsole, warmUpMinutes), page: growthOf(page, warmUpMinutes) }
  const problems = Object.entries(grown)
    .filter(([, { part }]) => part > mayGrow)
    .map(([what, { fromBytes, toBytes }]) => `the ${what} grew from ${fromBytes} to ${toBytes} bytes`)
  return { counts: { minutes, 'demo appliances': appliances, ...inWords(grown) }, problems }
}

function inWords({ console: ofConsole, page }: { console: Growth; page: Growth }): Record<string, number> {
  const whole = (bytes: number) => Math.round(bytes / 1e6)
  return {
    'MB of the console after warming up': whole(ofConsole.fromBytes),
    'MB of the console at the end': whole(ofConsole.toBytes),
    'MB of the heap of its page after warming up': whole(page.fromBytes),
    'MB of the heap of its page at the end': whole(page.toBytes),
  }
}

/** VmRSS of Linux, which proc(5) counts in kB of 1024 bytes. */
function residentBytes({ pid }: ChildProcess): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kib === undefined) throw new Error('the console has ended')
  return Number(kib) * 1024
}

const megabytes = (all: readonly number[]): string => ((all.at(-1) ?? 0) / 1e6).toFixed(1)

/** From its first line. */
function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('a console without its output')
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout })
    lines.once('close', () => reject(new Error('the web shell ended before it said its address')))
    lines.once('line', (line) => resolve((JSON.parse(line) as { url: string }).url))
  })
}

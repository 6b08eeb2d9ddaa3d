// The hour soak: a console in the browser that watches ten demo appliances, as it stands open at a hospital all day.
// Neither the console nor its page may grow.
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type MeasuredShell, racksideProgram, startMeasuredShell } from '../bench/web-shell.ts'
import { openBrowser } from '../gallery/browser.ts'
import { heapOf } from '../gallery/page-heap.ts'
import type { Soak, SoakReport } from './frame.ts'
import { type Growth, growthOf } from './growth.ts'
import { makeSoakFolder } from './soak-folders.ts'

const appliances = 10
/** Fewer, to try it; the result then says nothing about an hour. */
const minutes = Number(process.env['RACKSIDE_SOAK_MINUTES'] ?? 60)
/** Engines fill their caches and the page its charts meanwhile. */
const warmUpMinutes = Math.min(10, minutes / 4)
const mayGrow = 0.05
const run = promisify(execFile)

export const hourSoak: Soak = {
  name: 'hour',
  about: `${minutes} minutes of a console and its page with ${appliances} demo appliances: neither grows (Linux)`,
  async run() {
    const { top } = makeSoakFolder('hour')
    const home = join(top, 'home')
    const shell = await startMeasuredShell(home)
    const browser = await openBrowser()
    try {
      for (let made = 0; made < appliances; made += 1) {
        await run(process.execPath, [racksideProgram, 'demo', '--keep', '--yes'], {
          env: { ...process.env, RACKSIDE_HOME: home },
        })
      }
      const page = await browser.newPage()
      await page.goto(shell.url)
      await page
        .getByTestId('appliance-card')
        .nth(appliances - 1)
        .waitFor()
      return reportOf(await watched(shell, await heapOf(page)))
    } finally {
      await browser.close()
      await shell.end()
      rmSync(top, { recursive: true, force: true })
    }
  },
}

async function watched(
  shell: MeasuredShell,
  pageBytes: () => Promise<number>,
): Promise<{ console: number[]; page: number[] }> {
  const seen = { console: [] as number[], page: [] as number[] }
  for (let minute = 0; minute < minutes; minute += 1) {
    await sleep(60_000)
    seen.console.push(shell.residentBytes())
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

const megabytes = (all: readonly number[]): string => ((all.at(-1) ?? 0) / 1e6).toFixed(1)

// The product itself in real Electron: the built page over the real link, and how the process begins and ends for
// whoever started it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { exitCodes } from '../../main/terminal/exit-codes.ts'
import type { Display } from '../support/display.ts'
import {
  builtProduct,
  displayForTests,
  electronEnvironment,
  electronProgram,
  electronWords,
  endElectron,
  needsElectron,
  profileHome,
  startElectron,
} from '../support/electron.ts'
import { until } from '../support/pretend-desktop.ts'

let display: Display | undefined
let place: string

beforeAll(async () => {
  display = await displayForTests()
  place = await builtProduct()
}, 120_000)
afterAll(() => display?.close())
beforeEach((context) => needsElectron(context, display))

function startOf(home: string, words: readonly string[] = []) {
  if (display === undefined) throw new Error('no display')
  return { appFolder: place, display, environment: { HOME: home, RACKSIDE_HOME: join(home, 'state') }, words }
}

type Started = {
  readonly child: ChildProcess
  readonly opened: Promise<unknown>
  readonly ended: Promise<number | null>
  errors(): string
}

/** As the launcher starts it: with a channel on which the window is announced. */
function launch(home: string): Started {
  const start = startOf(home)
  const child = spawn(electronProgram ?? '', electronWords(start), {
    env: electronEnvironment(start),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  })
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  onTestFinished(() => endElectron(child, ended))
  return { child, opened: once(child, 'message').then(([news]) => news), ended, errors: () => errors }
}

describe('the desktop', () => {
  it('shows the built page, linked to the console, with no complaint of the page', async () => {
    const home = profileHome()
    const electron = await startElectron(startOf(home))
    try {
      const page = await electron.firstWindow()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await page.getByRole('link', { name: 'Appliances' }).first().waitFor()
      await page.reload()
      // It knows who it is only from the console.
      await page.getByText('Appliances').first().waitFor()
      await until(
        () => page.title(),
        (title) => title.includes('Rackside'),
      )
      expect(page.url()).toMatch(/^rackside:\/\/app\/#/)
      expect(await page.evaluate('[typeof process, typeof require, typeof module]')).toEqual(Array(3).fill('undefined'))
      expect(complaints).toEqual([])
    } finally {
      await electron.close()
    }
    expect(statSync(join(home, 'state', 'window')).mode & 0o777).toBe(0o700)
  })

  it('ends quietly when it is told to before its page is there', async () => {
    const electron = await startElectron(startOf(profileHome()))
    const ended = once(electron.process(), 'exit').then(([code]) => code as number | null)
    await electron.firstWindow()
    await electron.close()
    expect(await ended).toBe(0)
  })

  it('has no developer tools', async () => {
    const electron = await startElectron(startOf(profileHome()))
    try {
      await electron.firstWindow()
      const opened = await electron.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.openDevTools()
        return contents?.isDevToolsOpened()
      })
      expect(opened).toBe(false)
    } finally {
      await electron.close()
    }
  })

  it('announces its window to whoever started it, and a second start announces the first one’s', async () => {
    const home = profileHome()
    const first = launch(home)
    expect(await first.opened).toEqual({ rackside: 'window-open' })
    const second = launch(home)
    expect(await second.opened).toEqual({ rackside: 'window-open' })
    expect(await second.ended).toBe(0)
    expect(first.child.exitCode).toBeNull()
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends in order on %s', async (signal) => {
    const { child, opened, ended } = launch(profileHome())
    await opened
    child.kill(signal)
    expect(await ended).toBe(0)
  })

  it('outlives whoever started it', async () => {
    const { child, opened, ended } = launch(profileHome())
    await opened
    child.disconnect()
    child.stderr?.destroy()
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('tells a defect in a dialog and on standard error, and ends with 1', async () => {
    const electron = await startElectron(startOf(profileHome()))
    const child = electron.process()
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    await (await electron.firstWindow()).getByRole('link', { name: 'Appliances' }).first().waitFor()
    await electron.evaluate(({ dialog }) => {
      dialog.showErrorBox = (title) => console.log(`dialog: ${title}`)
      setImmediate(() => {
        throw new Error('planted by the test')
      })
    })
    expect(await ended).toBe(1)
    expect(output).toContain('planted by the test')
    expect(output).toContain('dialog: Rackside stopped because of a defect')
  })

  it('says why it cannot start, and ends with the code for it', async () => {
    const home = profileHome()
    writeFileSync(join(home, 'state'), 'a file where the folder should be')
    const { ended, errors } = launch(home)
    expect(await ended).toBe(exitCodes['state-unwritable'])
    expect(errors()).toContain(join(home, 'state'))
  })
})

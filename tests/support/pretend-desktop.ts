// The desktop shell on a pretend console, started for one test and gone with it. Built once for each file of tests.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest'
import type { ConsoleRun } from '../../shared/domain/run.ts'
import type { Display } from './display.ts'
import {
  buildPretendDesktop,
  displayForTests,
  endElectron,
  needsElectron,
  profileHome,
  startElectron,
} from './electron.ts'
import { repositoryRoot } from './repository-files.ts'
import { settingUp } from './set-up-purpose.ts'

export type PretendDesktop = {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly environment: Record<string, string>
  /** What the process wrote on standard output until now. */
  readonly output: () => string
  /** Resolves when the process has ended. */
  readonly ended: Promise<number | null>
}

export const aRun: ConsoleRun = {
  planId: 'plan-1',
  address: { user: 'li', host: '10.0.0.9', port: 22 },
  purpose: settingUp('clinic-starter'),
  startedAt: '2026-11-22T08:00:00.000Z',
  state: 'running',
}

/** Call it at the top of a file; each test then opens its own. */
export function pretendDesktops() {
  let appFolder: string
  let display: Display | undefined
  beforeAll(async () => {
    appFolder = mkdtempSync(join(tmpdir(), 'rackside-electron-'))
    display = await displayForTests()
    await buildPretendDesktop(appFolder)
  })
  afterAll(async () => {
    await display?.close()
    rmSync(appFolder, { recursive: true, force: true })
  })
  beforeEach((context) => needsElectron(context, display))
  return {
    appFolder: () => appFolder,
    display: () => display,
    async open(words: readonly string[] = []): Promise<PretendDesktop> {
      const opened = await openWindow(words)
      // By hand: a page with this policy lets nobody poll by eval.
      await until(
        () => opened.page.evaluate('globalThis.pretendPage?.ports.length'),
        (ports) => ports === 1,
      )
      return opened
    },
    /** Whatever its page is. */
    openWindow,
  }

  async function openWindow(words: readonly string[] = []): Promise<PretendDesktop> {
    if (display === undefined) throw new Error('no display')
    const home = profileHome()
    const icon = join(repositoryRoot, 'resources', 'icons', 'tray.png')
    const environment = { HOME: home, PRETEND_PROFILE: join(home, 'profile'), PRETEND_ICON: icon }
    const electron = await startElectron({ appFolder, display, environment, words })
    const child = electron.process()
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    onTestFinished(() => endElectron(child, ended))
    const page = await electron.firstWindow()
    return { electron, page, environment, output: () => output, ended }
  }
}

/** Looks again until it is so; the test's own time limit is the end of patience. */
export async function until<T>(look: () => Promise<T>, so: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look()
    if (so(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** What the shell does with the system is recorded instead of shown; `answers` are the buttons that are pressed. */
export async function watchSystem(electron: ElectronApplication, answers: readonly number[] = []): Promise<void> {
  await electron.evaluate(({ dialog, Tray, Notification, powerSaveBlocker }, buttons) => {
    const seen: SystemSeen = { questions: [], menus: [], notifications: [], heldAwake: 0 }
    globalThis.seen = seen
    const left = [...buttons]
    dialog.showMessageBox = async (...given: unknown[]) => {
      const { message, detail, buttons: offered } = given.at(-1) as Electron.MessageBoxOptions
      seen.questions.push({ message, detail: detail ?? '', buttons: offered ?? [] })
      return { response: left.shift() ?? 0, checkboxChecked: false }
    }
    const setMenu = Tray.prototype.setContextMenu
    Tray.prototype.setContextMenu = function (menu) {
      seen.menus.push(menu?.items ?? [])
      setMenu.call(this, menu)
    }
    Notification.prototype.show = function () {
      seen.notifications.push(`${this.title}: ${this.body}`)
    }
    const { start, stop } = powerSaveBlocker
    powerSaveBlocker.start = (kind) => {
      seen.heldAwake += 1
      return start.call(powerSaveBlocker, kind)
    }
    powerSaveBlocker.stop = (id) => {
      seen.heldAwake -= 1
      return stop.call(powerSaveBlocker, id)
    }
  }, answers)
}

export type SystemSeen = {
  readonly questions: { readonly message: string; readonly detail: string; readonly buttons: readonly string[] }[]
  readonly menus: Electron.MenuItem[][]
  readonly notifications: string[]
  heldAwake: number
}

declare global {
  var seen: SystemSeen
}

// A browser and a web shell of a person of their own, for all tests of a file; without a browser these tests are not run.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../scripts/gallery/browser.ts'
import { type PersonHome, personHome } from './e2e-home.ts'
import { startWebShell, type WebShell } from './e2e-web-shell.ts'
import { type ConsoleWindow, openConsoleWindow } from './e2e-window.ts'
import { needs } from './needs.ts'

export interface AtWebShell {
  readonly browser: Browser
  readonly shell: WebShell
}

/** Called where the tests are described; what it returns is there once they run. `prepare`: before the shell starts. */
export function atWebShell(prepare: (home: PersonHome) => Promise<void> = async () => undefined): () => AtWebShell {
  let home: PersonHome
  let there: AtWebShell
  beforeAll(async () => {
    if (!canOpenBrowser) return
    home = personHome()
    await prepare(home)
    const [browser, shell] = await Promise.all([openBrowser(), startWebShell(home)])
    there = { browser, shell }
  }, 120_000)
  beforeEach((context) => needs(context, canOpenBrowser, browserNeeds))
  afterAll(async () => {
    await there?.browser.close()
    await there?.shell.end('SIGTERM')
    home?.remove()
  })
  return () => there
}

/** The same, with one window for all of them. */
export function inWebWindow(): () => ConsoleWindow {
  const at = atWebShell()
  let window: ConsoleWindow
  beforeAll(async () => {
    if (canOpenBrowser) window = await openConsoleWindow(at().browser, at().shell.url)
  }, 120_000)
  return () => window
}

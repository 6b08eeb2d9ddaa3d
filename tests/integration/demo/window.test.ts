// The demo journey in Chromium against the real web shell: no root, no Docker, no lab and no network.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../../scripts/gallery/browser.ts'
import {
  type DemoJourney,
  failAndRecover,
  fromAlertToItsEnd,
  fromButtonToProof,
  printIt,
  removeIt,
  seeItLive,
} from '../../support/e2e-demo.ts'
import { type PersonHome, personHome } from '../../support/e2e-home.ts'
import { startWebShell, type WebShell } from '../../support/e2e-web-shell.ts'
import { type ConsoleWindow, openConsoleWindow } from '../../support/e2e-window.ts'
import { needs } from '../../support/needs.ts'
import { photographScreen } from '../../support/screenshots.ts'
import { today } from '../../support/today.ts'

/** "Try the demo" to the streamed proof, safety acts not counted. */
const mostPresses = 5

describe('the demo appliance, by clicking', { timeout: 240_000 }, () => {
  let home: PersonHome
  let browser: Browser
  let shell: WebShell
  let window: ConsoleWindow
  let journey: DemoJourney

  beforeAll(async () => {
    if (!canOpenBrowser) return
    home = personHome()
    ;[browser, shell] = await Promise.all([openBrowser(), startWebShell(home)])
    window = await openConsoleWindow(browser, shell.url)
    const { page } = window
    // Pictures of every screen take minutes: on request only.
    const wanted = process.env['RACKSIDE_SCREENSHOTS'] !== undefined
    journey = { page, look: async (screen) => (wanted ? photographScreen(page, screen) : undefined) }
  }, 120_000)
  beforeEach((context) => needs(context, canOpenBrowser, browserNeeds))
  afterAll(async () => {
    await browser?.close()
    await shell?.end('SIGTERM')
    home?.remove()
  })

  it('takes few presses from the button to the streamed proof', async () => {
    const { presses, fields, decisions } = await fromButtonToProof(journey)
    expect(presses.length).toBeLessThanOrEqual(mostPresses)
    expect([fields, decisions]).toEqual([[], []])
  })

  it('is watched live, and says that it is a demo', async () => {
    await seeItLive(journey)
  })

  it('is put on paper without what a screen has', async () => {
    await printIt(journey)
  })

  it('fails on purpose, is seen to be down, and recovers', async () => {
    await failAndRecover(journey)
  })

  // Disks are looked at once a minute: two minutes.
  today(0, 5)('raises an alert that somebody takes care of, and that ends with what was wrong', async () => {
    await fromAlertToItsEnd(journey)
  })

  it('is gone after one press', async () => {
    await removeIt(journey)
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })
})

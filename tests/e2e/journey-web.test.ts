// The journey by clicking, in Chromium against the web shell and a lab appliance: an address, a fingerprint compared,
// a login, one setup, a proof, a live chart. Leaves a picture of every screen in both languages, themes and sizes.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../scripts/gallery/browser.ts'
import { sayHello } from '../support/e2e-add.ts'
import { type PersonHome, personHome } from '../support/e2e-home.ts'
import {
  addToEmptyBoard,
  type Journey,
  seeTheRest,
  setUpByClicking,
  upgradeByClicking,
  watchIt,
} from '../support/e2e-journey.ts'
import { startWebShell, type WebShell } from '../support/e2e-web-shell.ts'
import { type ConsoleWindow, openConsoleWindow } from '../support/e2e-window.ts'
import { artifactsFolder, bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { otherBundle, removeOtherBundles } from '../support/other-bundle.ts'
import { photographScreen } from '../support/screenshots.ts'
import { today } from '../support/today.ts'

describe('from an empty board to a proven appliance, by clicking', () => {
  let home: PersonHome
  let browser: Browser
  let appliance: LabAppliance
  let artifacts: string
  let importFolder: string
  let shell: WebShell
  let window: ConsoleWindow
  let journey: Journey

  beforeAll(async () => {
    if (!canRunLab || !canOpenBrowser) return
    artifacts = await artifactsFolder()
    importFolder = mkdtempSync(join(tmpdir(), 'rackside-import-'))
    symlinkSync(artifacts, join(importFolder, 'first'))
    ;[browser, appliance] = await Promise.all([openBrowser(), bareAppliance('ascend-910b4x8')])
    home = personHome()
    home.takeKeyOf(appliance)
    shell = await startWebShell(home, { importFolder })
    window = await openConsoleWindow(browser, shell.url)
    const { page } = window
    journey = { page, appliance, name: 'bedside-1', look: (screen) => photographScreen(page, screen) }
  })
  beforeEach((context) => {
    needs(context, canRunLab, labNeeds)
    needs(context, canOpenBrowser, browserNeeds)
  })
  afterAll(async () => {
    await browser?.close()
    await shell?.end('SIGTERM')
    home?.remove()
    removeOtherBundles()
    if (importFolder !== undefined) rmSync(importFolder, { recursive: true })
    if (appliance !== undefined) await lab('fault', appliance.name, 'slow', 'undo')
  })

  it('adds an appliance: greeted, its fingerprint compared, logged in with a key', async () => {
    await addToEmptyBoard(journey)
    expect(window.page.url()).not.toContain('token')
  })

  it('sets it up with one press, shows how far it is, and proves it with a streamed answer', async () => {
    await setUpByClicking(journey)
    expect(await inside(appliance, 'docker', 'ps', '--format', '{{.Names}}')).toContain('rackside-clinic-model')
  })

  it('shows it healthy, with live utilization and memory of every accelerator', async () => {
    await watchIt(journey)
  })

  // What is replaced is watched for a minute.
  today(0)('upgrades it to what another bundle brings', async () => {
    const better = otherBundle(artifacts, '"--metrics", "--threads-http", "2"')
    symlinkSync(better, join(importFolder, 'second'))
    await upgradeByClicking(journey, 'second')
    const command = await inside(
      appliance,
      'sh',
      '-c',
      'tr "\\0" " " < /proc/$(pgrep -f threads-http | head -1)/cmdline',
    )
    expect(command).toContain('--threads-http 2')
  })

  it('shows the board, the catalog, the runs and the settings', async () => {
    await seeTheRest(journey)
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })

  it('refuses another machine behind the same address, and offers nothing but to leave', async () => {
    const pinned = appliance.hostKeyFingerprint
    const other = await bareAppliance('ascend-910b4x8')
    const { page } = window
    await sayHello(page, other)
    const dialog = page.getByRole('dialog')
    await dialog.locator('[data-testid=failure][data-kind=host-key-changed]').waitFor()
    // Both fingerprints, set letter by letter for comparing.
    const shown = (await dialog.innerText()).replace(/\s/g, '')
    expect(shown).toContain(pinned)
    expect(shown).toContain(other.hostKeyFingerprint)
    const buttons = await dialog.getByRole('button').allInnerTexts()
    expect(buttons.filter((text) => text !== '')).toEqual([english.trust.reinstalled, english.common.cancel])
    expect(await dialog.getByRole('button', { name: english.common.cancel }).evaluate(isFocused)).toBe(true)
    await journey.look('host-key-changed')
    // Trusting the new key is a dialog of its own, which nothing can be agreed to in before it is compared.
    await dialog.getByText(english.trust.reinstalled).click()
    const retrust = page.getByTestId('retrust')
    expect(await retrust.getByRole('button', { name: english.trust.trustNew }).isDisabled()).toBe(true)
    await retrust.getByRole('button', { name: english.common.cancel }).click()
    await retrust.waitFor({ state: 'hidden' })
    await dialog.getByRole('button', { name: english.common.cancel }).click()
    await dialog.waitFor({ state: 'hidden' })
  })
})

/** Runs in the page. */
function isFocused(element: { readonly ownerDocument: { readonly activeElement: unknown } }): boolean {
  return element.ownerDocument.activeElement === element
}

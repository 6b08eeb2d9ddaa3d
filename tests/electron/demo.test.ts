// The demo journey in the desktop shell: real Electron, the built product, both ends of the SSH link in its main process.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import type { Display } from '../support/display.ts'
import {
  type DemoJourney,
  failAndRecover,
  fromButtonToProof,
  removeIt,
  seeItLive,
  typeInItsTerminal,
} from '../support/e2e-demo.ts'
import { answerSaveDialogWith, type DesktopWindow, openDesktopWindow } from '../support/e2e-desktop.ts'
import { type PersonHome, personHome } from '../support/e2e-home.ts'
import { displayForTests, electronProgram, needsElectron } from '../support/electron.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('the demo appliance, in the desktop window', { timeout: 120_000 }, () => {
  let home: PersonHome
  let display: Display | undefined
  let window: DesktopWindow
  let journey: DemoJourney

  beforeAll(async () => {
    display = await displayForTests()
    if (display === undefined || electronProgram === undefined) return
    home = personHome()
    window = await openDesktopWindow(home, display)
    journey = { page: window.page, look: async () => undefined }
  }, 120_000)
  beforeEach((context) => needsElectron(context, display))
  afterAll(async () => {
    await window?.application.close()
    await display?.close()
    home?.remove()
  }, 60_000)

  it('is set up, proven and watched', async () => {
    expect((await fromButtonToProof(journey)).presses.length).toBeLessThanOrEqual(5)
    await seeItLive(journey)
  })

  it('has a terminal under the walls of its page', async () => {
    await typeInItsTerminal(journey)
  })

  it('saves the page as a PDF of A4 sheets where its person says', async () => {
    const file = join(temporaryFolder(), 'hardware.pdf')
    await answerSaveDialogWith(window.application, file)
    await window.page.getByRole('tab', { name: english.appliance.tab.hardware, exact: true }).click()
    await window.page.getByRole('button', { name: english.common.savePdf, exact: true }).click()
    await expect.poll(() => existsSync(file) && statSync(file).size > 5000, { timeout: 30_000 }).toBe(true)
    const pdf = readFileSync(file, 'latin1')
    expect(pdf.slice(0, 5)).toBe('%PDF-')
    // 210 by 297 millimetres in points.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[4-6](?:\.\d+)? 84[12](?:\.\d+)?\]/)
  })

  it('fails on purpose, recovers, and is gone after one press', async () => {
    await failAndRecover(journey)
    await removeIt(journey)
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })
})

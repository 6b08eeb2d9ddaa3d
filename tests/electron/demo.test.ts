// The demo journey in the desktop shell: real Electron, the built product, both ends of the SSH link in its main process.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Display } from '../support/display.ts'
import { type DemoJourney, failAndRecover, fromButtonToProof, removeIt, seeItLive } from '../support/e2e-demo.ts'
import { type DesktopWindow, openDesktopWindow } from '../support/e2e-desktop.ts'
import { type PersonHome, personHome } from '../support/e2e-home.ts'
import { displayForTests, electronProgram, needsElectron } from '../support/electron.ts'

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
    expect(await fromButtonToProof(journey)).toBeLessThanOrEqual(5)
    await seeItLive(journey)
  })

  it('fails on purpose, recovers, and is gone after one press', async () => {
    await failAndRecover(journey)
    await removeIt(journey)
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })
})

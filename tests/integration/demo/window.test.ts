// The demo journey in Chromium against the real web shell: no root, no Docker, no lab and no network.
import { beforeAll, describe, expect, it } from 'vitest'
import { canOpenBrowser } from '../../../scripts/gallery/browser.ts'
import { inWebWindow } from '../../support/e2e-at-web-shell.ts'
import {
  type DemoJourney,
  failAndRecover,
  fromAlertToItsEnd,
  fromButtonToProof,
  printIt,
  removeIt,
  seeItLive,
  typeInItsTerminal,
} from '../../support/e2e-demo.ts'
import { photographScreen } from '../../support/screenshots.ts'
import { today } from '../../support/today.ts'

/** "Try the demo" to the streamed proof, safety acts not counted. */
const mostPresses = 5

describe('the demo appliance, by clicking', { timeout: 240_000 }, () => {
  const window = inWebWindow()
  let journey: DemoJourney

  beforeAll(() => {
    if (!canOpenBrowser) return
    const { page } = window()
    // Pictures of every screen take minutes: on request only.
    const wanted = process.env['RACKSIDE_SCREENSHOTS'] !== undefined
    journey = { page, look: async (screen) => (wanted ? photographScreen(page, screen) : undefined) }
  })

  it('takes few presses from the button to the streamed proof', async () => {
    const { presses, fields, decisions } = await fromButtonToProof(journey)
    expect(presses.length).toBeLessThanOrEqual(mostPresses)
    expect([fields, decisions]).toEqual([[], []])
  })

  it('is watched live, and says that it is a demo', async () => {
    await seeItLive(journey)
  })

  it('has a terminal that shows what it is told, is recorded, and says how it ended', async () => {
    await typeInItsTerminal(journey)
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
    expect(window().watch.complaints()).toEqual([])
  })
})

// The journey of journey-web.test.ts in the desktop shell: real Electron, the built product, the bundle chosen by the
// operating system's folder dialog.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import type { Display } from '../support/display.ts'
import { answerFolderDialogWith, type DesktopWindow, openDesktopWindow } from '../support/e2e-desktop.ts'
import { type PersonHome, personHome } from '../support/e2e-home.ts'
import { addToEmptyBoard, type Journey, seeTheRest, setUpByClicking, watchIt } from '../support/e2e-journey.ts'
import { displayForTests, electronProgram, needsElectron } from '../support/electron.ts'
import { artifactsFolder, bareAppliance, canRunLab, type LabAppliance, lab, labNeeds } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { photographTwice } from '../support/screenshots.ts'

const minutes = 60_000

describe('from an empty board to a proven appliance, in the desktop window', { timeout: 4 * minutes }, () => {
  let home: PersonHome
  let display: Display | undefined
  let appliance: LabAppliance
  let window: DesktopWindow
  let journey: Journey

  beforeAll(async () => {
    display = await displayForTests()
    if (!canRunLab || display === undefined || electronProgram === undefined) return
    const folder = await artifactsFolder()
    appliance = await bareAppliance('ascend-910b4x8')
    home = personHome()
    home.takeKeyOf(appliance)
    window = await openDesktopWindow(home, display)
    const { page, application } = window
    await answerFolderDialogWith(application, folder)
    const chooseBundle = () => page.getByRole('button', { name: english.setup.proposal.chooseFolder }).click()
    const look = (screen: string) => photographTwice(page, `desktop-${screen}`)
    journey = { page, appliance, name: 'bedside-1', look, onProposal: chooseBundle }
  }, 4 * minutes)
  beforeEach((context) => {
    needs(context, canRunLab, labNeeds)
    needsElectron(context, display)
  })
  afterAll(async () => {
    await window?.application.close()
    await display?.close()
    home?.remove()
    if (appliance !== undefined) await lab('fault', appliance.name, 'slow', 'undo')
  }, minutes)

  it('adds an appliance: greeted, its fingerprint compared, logged in with a key', async () => {
    await addToEmptyBoard(journey)
    expect(window.page.url()).toMatch(/^rackside:\/\/app\/#\/appliances\/bedside-1\/setup$/)
  })

  it('sets it up with one press from the folder that the dialog chose, and proves it', async () => {
    await setUpByClicking(journey)
  })

  it('shows it healthy, with live utilization and memory of every accelerator', async () => {
    await watchIt(journey)
  })

  it('shows the board, the catalog, the runs and the settings', async () => {
    await seeTheRest(journey)
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })
})

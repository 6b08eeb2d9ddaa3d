// From the first screen to the review of a plan without a mouse: the focus is always seen and never lost, and what opens
// above the page holds it and gives it back.
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../../renderer/i18n/english.ts'
import { canOpenBrowser } from '../../../scripts/gallery/browser.ts'
import { focusedOn, keepsFocus, pressByKeys, staysWithin, tabTo, type Way } from '../../support/browser-keyboard.ts'
import { inWebWindow } from '../../support/e2e-at-web-shell.ts'

const { demo, setup, connection, frame } = english

describe('the product by keyboard only', { timeout: 120_000 }, () => {
  const window = inWebWindow()
  let page: Page

  beforeAll(() => {
    if (canOpenBrowser) ({ page } = window())
  })

  it('leads from the first screen to the review of a plan', async () => {
    const way: Way = { troubles: [] }
    await pressByKeys(page, demo.try, way)
    await page.getByTestId('found').waitFor()
    await keepsFocus(page, `"${demo.try}"`, way)
    await pressByKeys(page, setup.found.propose, way)
    await page.getByTestId('solution').first().waitFor()
    await keepsFocus(page, `"${setup.found.propose}"`, way)
    await pressByKeys(page, setup.proposal.review, way)
    await page.getByTestId('changes').waitFor()
    await keepsFocus(page, `"${setup.proposal.review}"`, way)
    await tabTo(page, await page.getByTestId('install').innerText(), way)
    expect(way.troubles).toEqual([])
  })

  it('goes anywhere from a palette that holds the focus and gives it back', async () => {
    const before = await focusedOn(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    expect(await staysWithin(page, '.ant-modal', 8)).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('combobox').waitFor({ state: 'hidden' })
    await expect.poll(async () => (await focusedOn(page)).name).toBe(before.name)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('demo-ascend-8')
    await page.keyboard.press('Enter')
    await page.getByTestId('condition').waitFor()
    expect((await focusedOn(page)).isLost).toBe(false)
  })

  it('opens a drawer that holds the focus and gives it back', async () => {
    const way: Way = { troubles: [] }
    await page.getByTestId('condition').getByText(english.appliance.empty).waitFor()
    await pressByKeys(page, connection.act, way)
    await page.locator('.ant-drawer-content, .ant-drawer-section').first().waitFor()
    expect(await staysWithin(page, '.ant-drawer', 8)).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focusedOn(page)).name).toContain(`"${connection.act}"`)
    expect(way.troubles).toEqual([])
  })

  it('chooses the density from what unfolds in the bar and gives the focus back', async () => {
    const way: Way = { troubles: [] }
    await page.keyboard.press('Control+Home')
    await tabTo(page, frame.display, way)
    await page.keyboard.press('Enter')
    await page.getByRole('radiogroup', { name: frame.density }).last().waitFor()
    const isThere = `document.activeElement.matches('[aria-label="${frame.density}"] input')`
    for (let step = 0; step < 6 && (await page.evaluate(isThere)) !== true; step += 1) await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => page.evaluate('document.documentElement.style.getPropertyValue("--rs-text-size")'))
      .toBe('13px')
    const { isLost, isSeen } = await focusedOn(page)
    expect({ isLost, isSeen }).toEqual({ isLost: false, isSeen: true })
    await page.keyboard.press('Escape')
    await expect.poll(async () => (await focusedOn(page)).name).toContain(`"${frame.display}"`)
    expect(way.troubles).toEqual([])
  })
})

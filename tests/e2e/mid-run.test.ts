// In the middle of a run: the page is loaded again, a second window is opened, the language is switched, the console
// is killed. The run is the same all the time, and every page says what is true. In CI one of the two a day.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished } from 'vitest'
import { chinese } from '../../renderer/i18n/chinese.ts'
import { english } from '../../renderer/i18n/english.ts'
import { browserNeeds, canOpenBrowser, openBrowser } from '../../scripts/gallery/browser.ts'
import { watchPage } from '../support/browser-watch.ts'
import { addAppliance } from '../support/e2e-add.ts'
import { type PersonHome, personHome } from '../support/e2e-home.ts'
import { copiedPercent, planSetup, pressInstall, shownProof, untilCopied, untilProven } from '../support/e2e-setup.ts'
import { startWebShell, type WebShell } from '../support/e2e-web-shell.ts'
import { type ConsoleWindow, goTo, openConsoleWindow } from '../support/e2e-window.ts'
import { artifactsFolder, bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { switchLanguage, switchTheme } from '../support/screenshots.ts'
import { today } from '../support/today.ts'

const name = 'bedside-1'
/** Some 25 seconds for what has to be copied: the middle of a run can be looked at. */
const slowMegabits = '60'

describe('in the middle of a run', () => {
  let browser: Browser
  let folder: string
  let appliance: LabAppliance
  let home: PersonHome

  beforeAll(async () => {
    if (!canRunLab || !canOpenBrowser) return
    ;[browser, folder] = await Promise.all([openBrowser(), artifactsFolder()])
  })
  beforeEach(async (context) => {
    needs(context, canRunLab, labNeeds)
    needs(context, canOpenBrowser, browserNeeds)
    // A machine that is made anew has another host key: a person who never met the one before.
    appliance = await bareAppliance('ascend-910b4x8')
    home = personHome()
    home.takeKeyOf(appliance)
    onTestFinished(() => home.remove())
  })
  afterAll(async () => {
    await browser?.close()
    if (canRunLab && appliance !== undefined) await lab('fault', appliance.name, 'slow', 'undo')
  })

  async function consoleInTheMiddle(): Promise<{ shell: WebShell; window: ConsoleWindow; planId: string }> {
    const shell = await startWebShell(home, { importFolder: folder })
    onTestFinished(() => shell.end('SIGKILL'))
    const window = await openConsoleWindow(browser, shell.url)
    onTestFinished(() => window.page.context().close())
    await addAppliance(window.page, { appliance, name })
    await planSetup(window.page, name)
    await lab('fault', appliance.name, 'slow', 'to', slowMegabits)
    const planId = await pressInstall(window.page)
    await untilCopied(window.page, 5)
    return { shell, window, planId }
  }

  today(0)('a reload, a second window and another language show the same run, and lose nothing', async () => {
    const { shell, window, planId } = await consoleInTheMiddle()
    const { page, watch } = window

    const before = await copiedPercent(page)
    await page.reload()
    await untilCopied(page, 0)
    expect(await copiedPercent(page)).toBeGreaterThanOrEqual(before)
    expect(page.url()).toContain(planId)

    const second = await anotherWindow(window, shell)
    await goTo(second.page, `/appliances/${name}/setup/${planId}`)
    await untilCopied(second.page, before)

    await goTo(page, `/appliances/${name}/setup/${planId}`)
    await switchLanguage(page, 'zh-CN')
    await page.getByText(chinese.setup.run.stop.title).waitFor()
    expect(await copiedPercent(page)).toBeGreaterThanOrEqual(before)
    expect(await page.getByText(english.setup.run.stop.title).count()).toBe(0)
    await switchTheme(page, 'dark')
    await page.locator('html[data-theme=dark]').waitFor({ state: 'attached' })
    expect(await copiedPercent(page)).toBeGreaterThanOrEqual(before)

    await lab('fault', appliance.name, 'slow', 'undo')
    await Promise.all([untilProven(page), untilProven(second.page)])
    expect((await shownProof(page)).answer).toBe((await shownProof(second.page)).answer)
    expect(await plansRun(appliance)).toEqual([planId])
    expect([...watch.complaints(), ...second.watch.complaints()]).toEqual([])
  })

  today(1)('a console that is killed is said to be gone; the next one tells the truth and goes on', async () => {
    const { shell, window, planId } = await consoleInTheMiddle()
    const { page, watch } = window
    watch.expectComplaint(/WebSocket connection to .* failed/)

    await shell.end('SIGKILL')
    await page.locator('[data-testid=link-state][data-state=lost]').waitFor({ timeout: 5000 })
    await lab('fault', appliance.name, 'slow', 'undo')

    const startedAt = performance.now()
    const port = Number(new URL(shell.url).port)
    const next = await startWebShell(home, { importFolder: folder, port })
    onTestFinished(() => next.end('SIGTERM'))
    // The old page has the key of the console that is gone.
    await page.getByTestId('window-refused').waitFor()
    const fresh = await openConsoleWindow(browser, next.url)
    onTestFinished(() => fresh.page.context().close())
    await goTo(fresh.page, `/appliances/${name}/setup/${planId}`)
    await fresh.page.locator('[data-testid=truth][data-state=broken-off]').waitFor()
    expect(performance.now() - startedAt).toBeLessThan(30_000)

    await fresh.page.getByRole('button', { name: english.setup.run.ended.continue }).click()
    await fresh.page.getByTestId('changes').waitFor()
    const continued = await pressInstall(fresh.page)
    await untilProven(fresh.page)
    expect((await shownProof(fresh.page)).answer).not.toBe('')
    expect(await plansRun(appliance)).toEqual([planId, continued])

    // The old window is let in by the console that runs now, whose next address is put into its own.
    await page.goto(next.url)
    await page.getByTestId('appliance-card').waitFor()
    expect([...watch.complaints(), ...fresh.watch.complaints()]).toEqual([])
  })
})

/** Another window of the same browser, let in by a code that is good once. */
async function anotherWindow({ page }: ConsoleWindow, { origin }: WebShell): Promise<ConsoleWindow> {
  await goTo(page, '/settings')
  const opened = page.context().waitForEvent('page')
  await page.getByRole('button', { name: english.settings.openWindow }).click()
  const other = await opened
  const watch = watchPage(other, origin)
  await other.getByRole('navigation').first().waitFor()
  return { page: other, watch }
}

/** The plans whose runs began, in order, as the appliance itself wrote it down. */
async function plansRun(appliance: LabAppliance): Promise<string[]> {
  const lines = (await inside(appliance, 'sh', '-c', 'cat /var/lib/rackside/journal/run-*.jsonl')).trim().split('\n')
  const records = lines.map((line) => JSON.parse(line) as { record: string; plan: string })
  return records.filter(({ record }) => record === 'run-begin').map(({ plan }) => plan)
}

// The demo journey by clicking, in English, the same in every shell: from an empty board with one button to the
// streamed proof, a failure that was made on purpose, and its recovery.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { type Acts, actsOn, countActs, notCounting } from './e2e-acts.ts'
import { type Look, pressInstall, shownProof, untilProven } from './e2e-setup.ts'
import { goTo } from './e2e-window.ts'

const { demo, setup, observe, appliance: labels } = english

const demoName = 'demo-ascend-8'
/** Appliances are looked at once a minute. */
const alertPatienceMs = 100_000

export interface DemoJourney {
  readonly page: Page
  readonly look: Look
}

/** What it took; approving the plan is a safety act and is not among the presses. */
export async function fromButtonToProof({ page, look }: DemoJourney): Promise<Acts> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await look('demo-offered')
  await countActs(page)
  const counted: Look = (screen) => notCounting(page, () => look(screen))
  await press(demo.try)
  await page.getByTestId('found').waitFor()
  await counted('demo-found')
  await press(setup.found.propose)
  await page.getByTestId('solution').first().waitFor()
  await counted('demo-proposal')
  await press(setup.proposal.review)
  await page.getByTestId('changes').waitFor()
  await counted('demo-review')
  await pressInstall(page)
  await untilProven(page)
  const { presses, ...acts } = await actsOn(page)
  await look('demo-proof')
  const { title, answer } = await shownProof(page)
  expect(title).toContain(setup.run.ended.answers.healthy)
  expect(answer).toMatch(/demo/i)
  return { ...acts, presses: presses.filter((name) => !name.startsWith(setup.review.install)) }
}

export async function seeItLive({ page, look }: DemoJourney): Promise<void> {
  await goTo(page, `/appliances/${demoName}`)
  await page.getByTestId('condition').getByText('Healthy').waitFor()
  await page.getByText(demo.chip, { exact: true }).first().waitFor()
  await page.getByRole('tab', { name: labels.tab.monitor, exact: true }).click()
  await page.getByTestId('live-state').getByText(observe.live, { exact: true }).waitFor()
  const charts = page.getByTestId('monitor').getByRole('img', { name: /: now \d/ })
  await expect.poll(() => charts.count()).toBeGreaterThanOrEqual(16)
  await look('demo-monitor')
}

/** Nothing connects before the press; what is typed is answered, and what was shown is among the recordings afterwards. */
export async function typeInItsTerminal({ page, look }: DemoJourney): Promise<void> {
  const { terminal } = english
  await goTo(page, `/appliances/${demoName}`)
  await page.getByRole('tab', { name: labels.tab.terminal, exact: true }).click()
  await page.getByTestId('terminal-before').waitFor()
  await page.getByRole('button', { name: terminal.open, exact: true }).click()
  const screen = page.getByTestId('terminal-screen')
  const shown = () => screen.locator('.xterm-rows').innerText()
  // It takes the focus by itself once there is a shell; before that it hears no key.
  await expect.poll(shown).toContain('[demo]$')
  await page.keyboard.type('no-such-command\n')
  await expect.poll(shown).toContain('demo: no such command: no-such-command')
  await look('demo-terminal')
  // A shell that ends itself, and says with what.
  await page.keyboard.type('exit\n')
  await page.getByRole('button', { name: terminal.again, exact: true }).waitFor()
  const recordings = page.getByTestId('recordings').getByRole('row')
  // Its head, and this one.
  await expect.poll(() => recordings.count()).toBe(2)
  await look('demo-terminal-ended')
}

/** As a browser puts it on paper: in light colours, with a head, and nothing to press or wider than the sheet. */
export async function printIt({ page, look }: DemoJourney): Promise<void> {
  await page.getByRole('tab', { name: labels.tab.hardware, exact: true }).click()
  await page.getByRole('button', { name: english.common.print, exact: true }).waitFor()
  const screen = page.viewportSize() ?? { width: 1280, height: 800 }
  // The width of A4 without its margins.
  await page.setViewportSize({ width: 703, height: 1000 })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
  const head = page.locator('.rs-print-head')
  await head.waitFor()
  expect(await head.innerText()).toContain('Rackside')
  expect(await page.getByRole('button').allInnerTexts()).toEqual([])
  expect(await page.getByRole('navigation').count()).toBe(0)
  expect(await page.getByRole('tab').allInnerTexts()).toEqual([labels.tab.hardware])
  const sheet = '[document.documentElement.scrollWidth - innerWidth, getComputedStyle(document.body).backgroundColor]'
  expect(await page.evaluate(sheet)).toEqual([0, 'rgb(255, 255, 255)'])
  await look('demo-printed')
  await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
  await page.emulateMedia({ media: null, colorScheme: null })
  await page.setViewportSize(screen)
  await page.getByRole('navigation').first().waitFor()
}

/** The runtime is killed and seen to be down; undone where it is seen, it is well again. */
export async function failAndRecover({ page, look }: DemoJourney): Promise<void> {
  await begunDrill(page, 'kill-runtime')
  await look('demo-drills')
  await goTo(page, `/appliances/${demoName}`)
  await page.getByTestId('condition').getByText('Down').waitFor()
  await look('demo-down')
  await page.getByTestId('drills-on').getByRole('button').click()
  await page.getByTestId('condition').getByText('Healthy').waitFor()
}

/** A full disk is an alert; somebody takes care of it, and when it is mended it is over and stands among the past ones. */
export async function fromAlertToItsEnd({ page, look }: DemoJourney): Promise<void> {
  const { alerts } = english
  const drill = await begunDrill(page, 'fill-disk')
  await goTo(page, '/alerts')
  const alert = page.getByTestId('alert').filter({ hasText: /disk/i }).first()
  await alert.waitFor({ timeout: alertPatienceMs })
  await look('demo-alert')
  await alert.getByRole('button', { name: new RegExp(`^${alerts.acknowledge}`) }).click()
  await page
    .getByText(alerts.acknowledged.split(' ')[0] ?? '', { exact: false })
    .first()
    .waitFor()
  await page.getByRole('link', { name: english.frame.demo, exact: true }).click()
  await drill.getByRole('button').click()
  await drill.getByText(demo.isOn, { exact: true }).waitFor({ state: 'hidden' })
  await goTo(page, '/alerts')
  await page.getByRole('heading', { name: alerts.emptyTitle }).waitFor({ timeout: alertPatienceMs })
  await page.getByRole('tab', { name: alerts.tab.past }).click()
  await page.getByRole('row').filter({ hasText: demoName }).first().waitFor()
  await look('demo-alert-over')
}

async function begunDrill(page: Page, name: 'kill-runtime' | 'fill-disk') {
  await page.getByRole('link', { name: english.frame.demo, exact: true }).click()
  const drill = page.getByRole('listitem').filter({ hasText: demo.drill[name].title })
  await drill.getByRole('button').click()
  await drill.getByText(demo.isOn, { exact: true }).waitFor()
  return drill
}

export async function removeIt({ page, look }: DemoJourney): Promise<void> {
  await page.getByRole('link', { name: english.frame.demo, exact: true }).click()
  await page.getByRole('button', { name: new RegExp(`^${demo.remove}`) }).click()
  await page.getByRole('heading', { name: demo.emptyTitle }).waitFor()
  await goTo(page, '/appliances')
  await page.getByRole('heading', { name: english.fleet.emptyTitle }).waitFor()
  await look('demo-removed')
}

// The whole journey by clicking, in English, the same in every shell: from an empty board to an appliance that is
// proven and watched. `look` is called on every screen on the way.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { actsOn, countActs, notCounting } from './e2e-acts.ts'
import { addAppliance } from './e2e-add.ts'
import { keyName } from './e2e-home.ts'
import { type Look, planSetup, pressInstall, shownProof, untilCopied, untilProven } from './e2e-setup.ts'
import { goTo } from './e2e-window.ts'
import { type LabAppliance, lab } from './lab.ts'

const { appliance: labels, setup, observe } = english

/** From an empty board to verified tokens: five presses, and no shell. */
const leastPresses = [
  ...[english.add.greet, english.add.logIn, english.add.saveAndSetUp],
  ...[setup.found.propose, setup.proposal.review],
]
const safetyActs = [english.add.trust, setup.review.install]

export interface Journey {
  readonly page: Page
  readonly appliance: LabAppliance
  readonly name: string
  readonly look: Look
  /** Where the shell has no import folder: chooses the bundle by its dialog. */
  readonly onProposal?: () => Promise<void>
}

export async function addToEmptyBoard({ page, appliance, name, look }: Journey): Promise<void> {
  await page.getByRole('heading', { name: english.fleet.emptyTitle }).waitFor()
  await look('board-empty')
  await page.getByLabel(english.add.host).waitFor()
  await countActs(page)
  await addAppliance(page, { appliance, name, look: (screen) => notCounting(page, () => look(screen)), setsUp: true })
}

/** Slow enough to be looked at, and fast again once it was. */
export async function setUpByClicking({ page, appliance, name, look, onProposal }: Journey): Promise<void> {
  const counted: Look = (screen) => notCounting(page, () => look(screen))
  await planSetup(page, name, { look: counted, onProposal })
  await lab('fault', appliance.name, 'slow', 'to', '60')
  await pressInstall(page)
  await untilCopied(page, 5)
  await counted('setup-progress')
  await lab('fault', appliance.name, 'slow', 'undo')
  await untilProven(page)
  const { presses, fields, decisions } = await actsOn(page)
  // Agreeing to a key and to a plan are acts of their own, and never fewer.
  expect(presses.filter((name) => safetyActs.some((act) => name.startsWith(act)))).toHaveLength(safetyActs.length)
  const others = presses.filter((name) => !safetyActs.some((act) => name.startsWith(act)))
  expect(others.filter((name) => name !== setup.proposal.chooseFolder)).toEqual(leastPresses)
  expect(fields).toEqual([english.add.host, english.add.user, english.add.expected, english.add.name])
  expect(decisions).toEqual([keyName])
  const { title, answer } = await shownProof(page)
  expect(title).toBe(setup.run.ended.answers.healthy)
  expect(answer.trim()).not.toBe('')
  await look('setup-proof')
  await page.getByRole('button', { name: setup.run.ended.done, exact: true }).click()
}

export async function watchIt({ page, name, look }: Journey): Promise<void> {
  await goTo(page, `/appliances/${name}`)
  await page.getByTestId('condition').getByText('Healthy').waitFor()
  // The cells of this second, not yet there with the first look.
  await page.getByTestId('live-accelerators').getByText(labels.memoryInUse, { exact: true }).waitFor()
  for (const tab of ['overview', 'hardware', 'deployments', 'history'] as const) {
    await page.getByRole('tab', { name: labels.tab[tab], exact: true }).click()
    await look(`appliance-${tab}`)
  }
  await page.getByRole('tab', { name: labels.tab.monitor, exact: true }).click()
  await page.getByTestId('live-state').getByText(observe.live, { exact: true }).waitFor()
  // Eight accelerators, each with utilization and memory, and each summary has figures of now.
  const charts = page.getByTestId('monitor').getByRole('img', { name: /: now \d/ })
  await expect.poll(() => charts.count()).toBeGreaterThanOrEqual(16)
  await untilRowsOfFigures(page, 3)
  await look('appliance-monitor')
}

/** The same samples as a table, newest first, five seconds a row: figures for everything in these, without a gap. */
async function untilRowsOfFigures(page: Page, rows: number): Promise<void> {
  const monitor = page.getByTestId('monitor')
  await monitor.getByText(observe.minutes.replace('{{count}}', '1'), { exact: true }).click()
  await monitor.getByText(observe.table, { exact: true }).click()
  const figures = async () => {
    const [, ...newestFirst] = await page.getByTestId('monitor-table').getByRole('row').allInnerTexts()
    return newestFirst.slice(0, rows).map((text) => text.match(/\d\s%/g)?.length ?? 0)
  }
  // Eight accelerators and the processors.
  const complete = Array.from({ length: rows }, () => 9)
  await expect.poll(figures, { timeout: 60_000, interval: 500 }).toEqual(complete)
  await monitor.getByText(observe.charts, { exact: true }).click()
}

/** Another bundle is put beside the first one: it is chosen, its plan says what is interrupted, and it is proven. */
export async function upgradeByClicking({ page, name, look }: Journey, bundle: string): Promise<void> {
  await goTo(page, `/appliances/${name}/setup?step=proposal`)
  await page.getByTestId('solution').first().waitFor()
  await page.getByRole('combobox').click()
  await page.locator('.ant-select-item-option').getByText(bundle, { exact: true }).click()
  const solution = page.getByTestId('solution').first()
  await solution.getByText(setup.proposal.nothingToDo).waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: setup.proposal.review }).click()
  await page.getByTestId('changes').waitFor()
  await look('upgrade-review')
  await pressInstall(page)
  await untilProven(page, 240_000)
  expect((await shownProof(page)).title).toBe(setup.run.ended.answers.healthy)
  await page.getByRole('button', { name: setup.run.ended.done, exact: true }).click()
}

export async function seeTheRest({ page, look }: Journey): Promise<void> {
  await goTo(page, '/appliances')
  await page.locator('[data-testid=appliance-card][data-kind=healthy]').waitFor()
  await look('board-healthy')
  for (const place of ['catalog', 'runs', 'settings'] as const) {
    await page.getByRole('link', { name: english.frame[place], exact: true }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await look(place)
  }
}

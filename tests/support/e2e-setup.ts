// The one-click setup as a person does it, in English: from the look at an appliance to its proof.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { goTo } from './e2e-window.ts'

const { setup } = english

/** Called at each screen that is reached, with its name: takes pictures, or does nothing. */
export type Look = (screen: string) => Promise<void>
const noLook: Look = async () => undefined

export interface Planning {
  readonly look?: Look
  /** Where the shell has no import folder: chooses the bundle by its dialog. */
  readonly onProposal?: (() => Promise<void>) | undefined
}

/** From anywhere in the window to the review of the plan for the one solution of the one bundle. */
export async function planSetup(page: Page, name: string, { look = noLook, onProposal }: Planning = {}): Promise<void> {
  await goTo(page, `/appliances/${name}/setup`)
  await page.getByTestId('found').waitFor()
  await look('setup-found')
  await page.getByRole('button', { name: setup.found.propose }).click()
  await onProposal?.()
  await page.getByTestId('solution').first().waitFor()
  await look('setup-proposal')
  await page.getByRole('button', { name: setup.proposal.review }).click()
  await page.getByTestId('changes').waitFor()
  await look('setup-review')
}

/** Ends when the run has begun and is shown; the run's plan. */
export async function pressInstall(page: Page): Promise<string> {
  await page.getByTestId('install').click()
  await page.waitForURL(/\/setup\/plan-[0-9a-f]+$/)
  return page.url().split('/').at(-1) ?? ''
}

/** The share of all bytes that the page says are there. */
export async function copiedPercent(page: Page): Promise<number> {
  const text = await page.getByTestId('copying').locator('strong').innerText()
  return Number.parseInt(text, 10)
}

/** Until the page shows that bytes arrive: more than `percent` of them. */
export async function untilCopied(page: Page, percent: number): Promise<void> {
  await expect.poll(() => copiedPercent(page), { timeout: 30_000, interval: 100 }).toBeGreaterThan(percent)
}

/** Where a service was replaced it is watched for a minute before it counts. */
export async function untilProven(page: Page, timeout = 120_000): Promise<void> {
  await page.locator('[data-testid=proof][data-phase=done]').waitFor({ timeout })
}

/** Figures and text of the proof as they stand on the screen. */
export async function shownProof(page: Page): Promise<{ title: string; answer: string }> {
  return {
    title: await page.getByRole('heading', { level: 1 }).innerText(),
    answer: await page.getByTestId('answer').innerText(),
  }
}

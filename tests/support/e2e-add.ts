// Adding an appliance as a person does it, in English: its address, its fingerprint compared, a key of this computer,
// a name.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { english } from '../../renderer/i18n/english.ts'
import { keyName } from './e2e-home.ts'
import type { Look } from './e2e-setup.ts'
import { goTo } from './e2e-window.ts'
import type { LabAppliance } from './lab.ts'

const { add } = english

export interface Addition {
  readonly appliance: LabAppliance
  readonly name: string
  readonly look?: Look
  /** The press that adds it leads on to its setup. */
  readonly setsUp?: boolean
}

/** From anywhere in the window to the page of the appliance that was added. */
export async function addAppliance(page: Page, addition: Addition) {
  const { appliance, name, look = async () => undefined, setsUp = false } = addition
  await sayHello(page, appliance, look)
  await compareFingerprint(page, appliance, look)
  const key = page.getByRole('radio', { name: keyName, exact: true })
  await key.click()
  await expect.poll(() => key.isChecked()).toBe(true)
  await look('add-login')
  await page.getByRole('button', { name: add.logIn, exact: true }).click()
  await page.getByLabel(add.name, { exact: true }).fill(name)
  await look('add-name')
  await page.getByRole('button', { name: setsUp ? add.saveAndSetUp : add.save }).click()
  await page.waitForURL(new RegExp(`#/appliances/${name}${setsUp ? '/setup' : ''}$`))
}

/** Where the page asks for an address, there, else on the page of its own. Ends with what the server answered: its fingerprint, or a failure. */
export async function sayHello(page: Page, { address, user }: LabAppliance, look: Look = async () => undefined) {
  if ((await page.getByLabel(add.host).count()) === 0) await goTo(page, '/appliances/add')
  await page.getByLabel(add.host).fill(address)
  await page.getByLabel(add.user).fill(user)
  await look('add-address')
  await page.getByRole('button', { name: add.greet }).click()
}

async function compareFingerprint(page: Page, { hostKeyFingerprint }: LabAppliance, look: Look): Promise<void> {
  const trust = page.getByRole('button', { name: add.trust })
  // Nothing is agreed to by itself, and another fingerprint cannot be agreed to.
  await trust.waitFor()
  expect(await page.getByRole('checkbox', { name: add.compared }).isChecked()).toBe(false)
  expect(await trust.isDisabled()).toBe(true)
  const field = page.getByLabel(add.expected)
  await field.fill(`SHA256:${'A'.repeat(43)}`)
  await page.getByText(add.differs).waitFor()
  expect(await trust.isDisabled()).toBe(true)
  await field.fill(hostKeyFingerprint)
  await page.getByText(add.same).waitFor()
  await look('add-fingerprint')
  await trust.click()
}

// Operators as people meet them: the first one named, another one who signs in with a passphrase that is not theirs yet, the
// passphrase once more before somebody is removed, and a window that locks. Against the real web shell, in a real browser.
import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../../renderer/i18n/english.ts'
import { lateEnglish } from '../../../renderer/i18n/late-labels.ts'
import { canOpenBrowser } from '../../../scripts/gallery/browser.ts'
import { atWebShell, inWebWindow } from '../../support/e2e-at-web-shell.ts'
import { type ConsoleWindow, goTo, openConsoleWindow } from '../../support/e2e-window.ts'
import { ownPassphrase as own, type Past, signedInBefore } from '../../support/signed-in-before.ts'

const { signIn, credentials } = english
const { operators } = lateEnglish
const given = 'set by somebody else'
const minute = 60_000

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

async function signsIn(page: Page, name: string, passphrase: string): Promise<void> {
  await field(page, signIn.name).fill(name)
  await field(page, signIn.passphrase).fill(passphrase)
  await press(page, signIn.go)
}

describe('operators, by clicking', { timeout: 120_000 }, () => {
  const window = inWebWindow()

  it('are begun with an administrator, who is signed in then', async () => {
    const { page } = window()
    await goTo(page, '/settings/operators')
    await field(page, signIn.name).fill('王芳')
    await field(page, signIn.passphrase).fill(own)
    await field(page, credentials.again).fill(own)
    await press(page, operators.begin)
    await page.getByTestId('operator').getByText('王芳').waitFor()
    expect(await page.getByTestId('operator-mark').innerText()).toContain('王芳')
  })

  it('are added with their roles', async () => {
    const { page } = window()
    await field(page, signIn.name).fill('li')
    await page.getByRole('checkbox', { name: /^viewer/ }).check()
    await field(page, operators.firstPassphrase).fill(given)
    await field(page, credentials.again).fill(given)
    await press(page, operators.addGo)
    await page.getByTestId('operator').getByText('li', { exact: true }).waitFor()
  })

  it('are let in by the right passphrase alone, and choose their own before anything else', async () => {
    const { page } = window()
    await page.getByTestId('operator-mark').click()
    await press(page, signIn.out)
    await signsIn(page, 'li', own)
    await page.getByText('Name and passphrase do not belong together.').waitFor()
    expect(await page.locator('.rs-frame').count()).toBe(0)
    await signsIn(page, 'li', given)
    const form = page.getByTestId('own-passphrase')
    await form.getByLabel(signIn.oldPassphrase).fill(given)
    await form.getByLabel(credentials.newPassphrase).fill('known to me alone')
    await form.getByLabel(credentials.again).fill('known to me alone')
    await press(page, signIn.change)
    await page.getByTestId('operator-mark').getByText('li').waitFor()
  })

  it('see why they may not see something, and nothing of what the one before them saw', async () => {
    const { page } = window()
    await page.getByTestId('failure').getByText('Your roles do not allow this').first().waitFor()
    expect(await page.getByTestId('operator').count()).toBe(0)
  })

  it('complain about nothing, and violate no content policy', () => {
    expect(window().watch.complaints()).toEqual([])
  })
})

function inWindowOf(past: Past): () => ConsoleWindow {
  const session = randomBytes(32).toString('base64url')
  const at = atWebShell((home) => signedInBefore(home, session, past))
  let window: ConsoleWindow
  beforeAll(async () => {
    if (canOpenBrowser) window = await openConsoleWindow(at().browser, at().shell.url, { session })
  }, 120_000)
  return () => window
}

describe('what cannot be undone, by clicking', { timeout: 120_000 }, () => {
  const window = inWindowOf({ activeMs: 0, steppedUpMs: 10 * minute })

  it('waits for the passphrase once more, and a wrong one does nothing', async () => {
    const { page } = window()
    await goTo(page, '/settings/operators')
    await press(page, `${operators.act.remove}: li`)
    await press(page, operators.removeGo)
    const asked = page.getByTestId('step-up')
    await asked.waitFor()
    // The keyboard is there already.
    await page.waitForFunction("document.activeElement?.type === 'password'")
    await page.keyboard.type(given)
    await page.keyboard.press('Enter')
    await asked.getByText('Name and passphrase do not belong together.').waitFor()
    expect(await page.getByTestId('operator').count()).toBe(2)
  })

  it('is done by itself once it was typed', async () => {
    const { page } = window()
    await page.getByTestId('step-up').getByLabel(signIn.passphrase).fill(own)
    await press(page, signIn.goOn)
    await page.getByTestId('operator').getByText('li', { exact: true }).waitFor({ state: 'detached' })
    expect(await page.getByTestId('operator').count()).toBe(1)
  })
})

describe('a window that nobody touches', { timeout: 120_000 }, () => {
  const window = inWindowOf({ activeMs: minute - 15_000, steppedUpMs: 0 })

  it('locks, shows nothing of the console, and is where it was after the sign-in', async () => {
    const { page } = window()
    await goTo(page, '/alerts')
    await page.getByTestId('sign-in').waitFor()
    await page.getByText(signIn.ended.idle).waitFor()
    expect(await page.locator('.rs-frame').count()).toBe(0)
    await signsIn(page, '王芳', own)
    await page.getByTestId('operator-mark').waitFor()
    expect(page.url()).toContain('#/alerts')
  })
})

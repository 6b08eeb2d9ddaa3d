// Signing in at an identity provider as people meet it: set by an administrator, pressed at the sign-in, gone through in a
// tab of its own, and once more before something is removed. The real web shell, a real browser, somebody else's provider.
import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { english } from '../../../renderer/i18n/english.ts'
import { lateEnglish } from '../../../renderer/i18n/late-labels.ts'
import { canOpenBrowser } from '../../../scripts/gallery/browser.ts'
import { type CertifiedProvider, openCertifiedProvider } from '../../support/certified-provider.ts'
import { atWebShell } from '../../support/e2e-at-web-shell.ts'
import { type ConsoleWindow, goTo, openConsoleWindow } from '../../support/e2e-window.ts'
import { signedInBefore } from '../../support/signed-in-before.ts'

const { signIn } = english
const { operators } = lateEnglish
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const pressAsked = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

/** Whoever comes to the provider's own pages signs in there, and agrees where that is asked. */
async function signsInThere(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  const isBack = page.waitForURL(/\/oidc\/callback/).then(() => true)
  const agrees = page.getByRole('button', { name: 'Continue' })
  const asked = await Promise.race([isBack.then(() => false), agrees.waitFor().then(() => true)])
  if (asked) await agrees.click()
  await isBack
}

describe('an identity provider, by clicking', { timeout: 120_000 }, () => {
  const session = randomBytes(32).toString('base64url')
  const at = atWebShell((home) => signedInBefore(home, session, { activeMs: 0, steppedUpMs: 0, idleMinutes: 15 }))
  let provider: CertifiedProvider
  let window: ConsoleWindow
  beforeAll(async () => {
    provider = await openCertifiedProvider('rackside')
    if (canOpenBrowser) window = await openConsoleWindow(at().browser, at().shell.url, { session })
  }, 120_000)
  afterAll(() => provider.close())

  const button = () => signIn.byProvider.replace('{{host}}', provider.host)
  const tabOf = async (page: Page, act: () => Promise<void>): Promise<Page> => {
    const [tab] = await Promise.all([page.context().waitForEvent('page'), act()])
    return tab
  }
  const forgetsThere = (context: BrowserContext) => context.clearCookies()

  it('is set and tried by an administrator, who says who somebody is there', async () => {
    const { page } = window
    await goTo(page, '/settings/operators')
    await press(page, operators.providerSet)
    const dialog = page.getByTestId('provider-dialog')
    await dialog.getByLabel(operators.issuer, { exact: true }).fill(provider.issuer)
    await dialog.getByLabel(operators.clientId, { exact: true }).fill('rackside')
    await pressAsked(page, operators.save)
    await press(page, operators.providerTest)
    await page.getByText(operators.providerAnswers.replace('{{host}}', provider.host)).waitFor()
    await press(page, `${operators.act.bind}: 王芳`)
    await page.getByTestId('bind-dialog').getByLabel(operators.subject).fill('e7c1-0042')
    await page.getByTestId('bind-dialog').getByLabel(operators.subject).press('Enter')
    await page.getByTestId('operator').getByText('e7c1-0042').waitFor()
  })

  it('lets in by a tab of its own who is bound, and the window is where it was', async () => {
    const { page } = window
    await page.getByTestId('operator-mark').click()
    await press(page, signIn.out)
    await page.getByTestId('sign-in').waitFor()
    const tab = await tabOf(page, () => press(page, button()))
    await page.getByTestId('at-provider').waitFor()
    await signsInThere(tab, 'e7c1-0042')
    await tab.getByTestId('provider-returned').waitFor()
    // Nothing of what was sent stays in the address, and the tab is nobody's.
    expect(new URL(tab.url()).search).toBe('')
    // What the test itself put into every page of this browser is all that it has.
    expect(await tab.evaluate('({ ...sessionStorage })')).toEqual({ 'rackside.session': session })
    await page.getByTestId('operator-mark').getByText('王芳').waitFor()
    expect(page.url()).toContain('#/settings/operators')
    await tab.close()
  })

  it('asks there once more, and not for a passphrase, before somebody is removed', async () => {
    const { page } = window
    await press(page, `${operators.act.remove}: li`)
    await pressAsked(page, operators.removeGo)
    const asked = page.getByTestId('step-up-there')
    await asked.waitFor()
    expect(await page.getByTestId('step-up').count()).toBe(0)
    // The keyboard is there already.
    await page.waitForFunction(`document.activeElement?.textContent === ${JSON.stringify(button())}`)
    const tab = await tabOf(page, () => page.keyboard.press('Enter'))
    // Signed in there already, and asked all the same.
    await signsInThere(tab, 'e7c1-0042')
    await tab.getByTestId('provider-returned').waitFor()
    await page.getByTestId('operator').getByText('li', { exact: true }).waitFor({ state: 'detached' })
    await tab.close()
  })

  it('shows a stranger as whom it knows them, and lets nobody in', async () => {
    const { page } = window
    await page.getByTestId('operator-mark').click()
    await press(page, signIn.out)
    await page.getByTestId('sign-in').waitFor()
    await forgetsThere(page.context())
    const tab = await tabOf(page, () => press(page, button()))
    await signsInThere(tab, 'a-stranger')
    await page.getByTestId('failure').getByText('a-stranger').first().waitFor()
    expect(await page.locator('.rs-frame').count()).toBe(0)
    await tab.close()
  })

  it('signs nobody in where another browser comes back with it', async () => {
    const { page } = window
    const tab = await tabOf(page, () => press(page, button()))
    const there = (await page.getByTestId('at-provider').locator('a').getAttribute('href')) ?? ''
    const other = await at().browser.newContext({ locale: 'en-US' })
    const elsewhere = await other.newPage()
    await elsewhere.goto(there)
    await signsInThere(elsewhere, 'e7c1-0042')
    await elsewhere.getByTestId('provider-not-awaited').waitFor()
    expect(await page.locator('.rs-frame').count()).toBe(0)
    expect(await page.getByTestId('at-provider').count()).toBe(1)
    await other.close()
    await tab.close()
  })

  it('is told of by name and passphrase still once it is gone', async () => {
    const { page } = window
    await press(page, english.common.cancel)
    await provider.close()
    await press(page, button())
    await page.getByTestId('failure').getByText('cannot be reached').first().waitFor()
    await page.getByLabel(signIn.name, { exact: true }).fill('王芳')
    await page.getByLabel(signIn.passphrase, { exact: true }).fill('correct horse battery')
    await press(page, signIn.go)
    await page.getByTestId('operator-mark').getByText('王芳').waitFor()
  })

  it('makes the window complain about nothing, and violates no content policy', () => {
    expect(window.watch.complaints()).toEqual([])
  })
})

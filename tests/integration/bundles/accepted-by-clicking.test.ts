// A vendor's file as hospital IT takes it: put where the page says, imported by a press, its publisher compared with the
// fingerprint that came another way, and its entries there. Against the real web shell, without an appliance.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { english } from '../../../renderer/i18n/english.ts'
import { actsOn, countActs } from '../../support/e2e-acts.ts'
import { inWebWindow } from '../../support/e2e-at-web-shell.ts'
import { goTo } from '../../support/e2e-window.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { mustVendor, readyProject } from '../../support/vendor-project.ts'

const { catalog, publishers } = english

describe('a vendor’s file, by clicking', { timeout: 120_000 }, () => {
  const window = inWebWindow()
  let fingerprint: string

  it('is imported, and is not used before its publisher is trusted', async () => {
    const { page } = window()
    const vendor = await readyProject()
    const file = join(temporaryFolder(), 'ward.rsb')
    await mustVendor('pack', vendor.folder)
    await mustVendor('sign', vendor.folder, '--out', file, '--passphrase-file', vendor.passphrase)
    ;({ fingerprint } = vendor)
    await goTo(page, '/catalog?kind=bundles')
    const folder = await page.locator('.rs-catalog-where code').innerText()
    copyFileSync(file, join(folder, 'ward.rsb'))
    await countActs(page)
    await page.getByRole('button', { name: catalog.look, exact: true }).click()
    const brought = page.getByTestId('brought')
    await brought.getByText(catalog.brought.stranger).waitFor()
    expect(await brought.innerText()).toContain(fingerprint)
    await brought.getByRole('button', { name: catalog.brought.import, exact: true }).click()
    await page.getByTestId('bundle').getByText(catalog.unusable).waitFor()
    await page.getByTestId('bundle').getByRole('button', { name: publishers.pin }).click()
    const dialog = page.getByRole('dialog')
    const trust = dialog.getByRole('button', { name: publishers.pin })
    expect((await dialog.innerText()).replace(/\s/g, '')).toContain(fingerprint)
    expect(await trust.isDisabled()).toBe(true)
  })

  it('is there with its model once the fingerprint was compared', async () => {
    const { page } = window()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: publishers.compared }).click()
    await dialog.getByRole('button', { name: publishers.pin }).click()
    await dialog.waitFor({ state: 'hidden' })
    const bundle = page.getByTestId('bundle')
    await bundle.getByText('Ward', { exact: true }).waitFor()
    expect(await bundle.innerText()).toContain('Acme Medical')
    expect(await page.getByTestId('brought').count()).toBe(0)
    const { presses, fields, decisions } = await actsOn(page)
    expect(presses).toEqual([catalog.look, catalog.brought.import, publishers.pin, publishers.pin])
    expect([fields, decisions]).toEqual([[], [publishers.compared]])
    await goTo(page, '/settings/publishers')
    await page.getByText(fingerprint).waitFor()
  })

  it('complained about nothing, and violated no content policy', () => {
    expect(window().watch.complaints()).toEqual([])
  })
})

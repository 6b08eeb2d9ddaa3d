// @vitest-environment node
// The face in the language nobody speaks, which is 40 % longer than English and has every text in brackets: no scene of
// the gallery cuts a text, lets one leave its place, scrolls sideways, speaks outside of the languages or glues sentences.
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { sceneNames, showScene } from '../support/browser-gallery.ts'
import { inGallery } from '../support/open-gallery.ts'
import { type Plant, plants } from './gallery/face-plants.ts'

const patienceMilliseconds = 240_000
const sampleParts = 17

describe('the face in the pseudo language', () => {
  const { gallery, browser } = inGallery()

  async function newPage(look = ''): Promise<Page> {
    const viewport = { width: 1280, height: 800 }
    const page = await browser().newPage({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
    await page.goto(`${gallery().url}?lang=pseudo${look}`)
    // Its language may be still to come.
    await page.waitForFunction(`typeof faceFindings === 'function'`)
    return page
  }

  async function openPage(look = ''): Promise<Page> {
    const page = await newPage(look)
    onTestFinished(() => page.close())
    return page
  }

  const findings = (page: Page) => page.evaluate('faceFindings()') as Promise<string[]>

  it.each([
    { density: 'normal', part: 0 },
    { density: 'comfortable', part: 8 },
  ])('fits everywhere and is whole in every scene, $density', { timeout: patienceMilliseconds }, async (look) => {
    const page = await openPage(`&density=${look.density}`)
    const names = await sceneNames(page)
    expect(names.length).toBeGreaterThan(200)
    const found: string[] = []
    for (const [place, name] of names.entries()) {
      if (!inSample(place + look.part, sampleParts)) continue
      await showScene(page, name)
      // Pieces have no words: what they say there is the scene's own.
      const own = name.startsWith('pieces/') ? /^hard-coded/ : undefined
      found.push(...(await findings(page)).filter((one) => own?.test(one) !== true).map((one) => `${name}: ${one}`))
    }
    expect(found).toEqual([])
  })

  it('is spoken by what the gallery shows', async () => {
    const page = await openPage()
    await showScene(page, 'fleet/normal')
    expect(await page.locator('#root').innerText()).toContain('⟦ÁÀppl')
  })

  /** A4 without its margins. */
  const paper = { width: 703, height: 1000 }

  it.each([
    ['audit/intact', '.rs-table'],
    ['alerts/report', '.rs-incident li'],
    ['appliance/acceptance', '.rs-table'],
  ])('cuts nothing off on paper: %s', async (name, part) => {
    const page = await openPage()
    await showScene(page, name)
    await page.locator(part).first().waitFor()
    await page.setViewportSize(paper)
    await page.emulateMedia({ media: 'print' })
    const wide = await page.evaluate(
      `[...document.querySelectorAll('.rs-table')].filter((one) => one.scrollWidth > one.parentElement.clientWidth + 1).length`,
    )
    expect(wide).toBe(0)
  })

  it('begins a long list on the sheet it stands on, and leaves no sheet empty', async () => {
    const page = await openPage()
    await page.goto(`${gallery().url}?lang=en`)
    await page.waitForFunction(`typeof faceFindings === 'function'`)
    await showScene(page, 'alerts/report')
    await page.locator('.rs-incident li').last().waitFor()
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2)
  })

  let planted: Page
  it.each(plants)('$about', async ({ html, kind }: Plant) => {
    planted ??= await newPage()
    const page = planted
    await page.evaluate(`document.body.innerHTML = ${JSON.stringify(html)}`)
    const found = (await findings(page)).map((one) => one.split(':')[0])
    expect(found).toEqual(kind === undefined ? [] : [kind])
  })
})

// @vitest-environment node
// Every state of every screen in a real browser: shown without a complaint, and readable for axe in both themes and
// languages.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { type GalleryPage, openGalleryPage } from '../../scripts/gallery/gallery-page.ts'
import { browserNeeds, canOpenBrowser, openBrowser } from '../support/browser.ts'
import { accessibilityFindings } from '../support/browser-accessibility.ts'
import { watchPage } from '../support/browser-watch.ts'
import { needs } from '../support/needs.ts'
import { repositoryRoot } from '../support/repository-files.ts'

const viewport = { width: 1280, height: 800 }
const looks = [
  { lang: 'en', theme: 'light' },
  { lang: 'zh-CN', theme: 'dark' },
] as const

/** A hundred scenes or so, on a machine whose cores have other work as well. */
const patienceMilliseconds = 240_000

describe('the gallery', () => {
  let gallery: GalleryPage
  let browser: Browser

  beforeAll(async () => {
    if (!canOpenBrowser) return
    ;[gallery, browser] = await Promise.all([openGalleryPage(repositoryRoot), openBrowser()])
  })
  beforeEach((context) => needs(context, canOpenBrowser, browserNeeds))
  afterAll(async () => {
    await browser?.close()
    gallery?.close()
  })

  async function sceneNames(page: Page): Promise<string[]> {
    await page.goto(gallery.url)
    const names = await page.locator('[data-scenes]').getAttribute('data-scenes')
    return (names ?? '').split(' ').filter((name) => name !== '')
  }

  it.each(looks)(
    'shows every scene in $lang and $theme without a complaint and without a finding of axe',
    {
      timeout: patienceMilliseconds,
    },
    async ({ lang, theme }) => {
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
      onTestFinished(() => page.close())
      const watch = watchPage(page, new URL(gallery.url).origin)
      const names = await sceneNames(page)
      expect(names.length).toBeGreaterThan(0)
      const findings: string[] = []
      for (const name of names) {
        await page.goto(`${gallery.url}?scene=${name}&lang=${lang}&theme=${theme}`)
        await page.locator('#root > *').first().waitFor()
        await page.evaluate('document.fonts.ready.then(() => undefined)')
        await page.addScriptTag({ url: 'axe.js' })
        findings.push(...(await accessibilityFindings(page)).map((finding) => `${name}: ${finding}`))
      }
      expect(watch.complaints()).toEqual([])
      expect(findings).toEqual([])
    },
  )
})

// @vitest-environment node
// Every state of every screen in a real browser: shown without a complaint, and readable for axe in both themes and
// languages.
import { describe, expect, it, onTestFinished } from 'vitest'
import { inSample } from '../../scripts/config/sample.ts'
import { accessibilityFindings } from '../support/browser-accessibility.ts'
import { sceneNames, showScene } from '../support/browser-gallery.ts'
import { watchPage } from '../support/browser-watch.ts'
import { inGallery } from '../support/open-gallery.ts'

const viewport = { width: 1280, height: 800 }
const looks = [
  { lang: 'en', theme: 'light', contrast: 'normal', density: 'normal' },
  { lang: 'zh-CN', theme: 'dark', contrast: 'normal', density: 'normal' },
  { lang: 'zh-CN', theme: 'light', contrast: 'high', density: 'dense' },
  { lang: 'en', theme: 'dark', contrast: 'high', density: 'comfortable' },
] as const

/** A hundred scenes or so, on a machine whose cores have other work as well. */
const patienceMilliseconds = 240_000

describe('the gallery', () => {
  const { gallery, browser } = inGallery()

  it.each(looks)(
    'shows every scene in $lang, $theme, $contrast contrast and $density without a complaint and without a finding of axe',
    {
      timeout: patienceMilliseconds,
    },
    async ({ lang, theme, contrast, density }) => {
      const page = await browser().newPage({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
      onTestFinished(() => page.close())
      const watch = watchPage(page, new URL(gallery().url).origin)
      await page.goto(`${gallery().url}?lang=${lang}&theme=${theme}&contrast=${contrast}&density=${density}`)
      await page.addScriptTag({ url: 'axe.js' })
      const names = await sceneNames(page)
      expect(names.length).toBeGreaterThan(0)
      const findings: string[] = []
      const look = looks.findIndex((one) => one.lang === lang && one.theme === theme)
      for (const [place, name] of names.entries()) {
        if (!inSample(place + 9 * look, 37)) continue
        await showScene(page, name)
        findings.push(...(await accessibilityFindings(page)).map((finding) => `${name}: ${finding}`))
      }
      expect(watch.complaints()).toEqual([])
      expect(findings).toEqual([])
    },
  )

  it.each(['reduce', 'no-preference'] as const)(
    'unfolds a choice where one sees it, with the motion that the computer asks for (%s)',
    async (reducedMotion) => {
      const page = await browser().newPage({ viewport, reducedMotion, locale: 'en-US' })
      onTestFinished(() => page.close())
      await page.goto(`${gallery().url}?lang=en&theme=light`)
      await showScene(page, 'catalog/browse')
      await page.getByRole('combobox').first().click()
      // By the pointer, as a person does it: what lies outside of the window cannot be pressed.
      await page.locator('.ant-select-item-option').last().click({ timeout: 10_000 })
      await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').waitFor({ state: 'hidden' })
    },
  )
})

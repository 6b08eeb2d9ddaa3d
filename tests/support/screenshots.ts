// Pictures of the screen that a page shows now, in both languages, both themes and both sizes, and what axe finds on
// it in each theme. Language and theme are switched as a person does it, on the screen itself.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityFindings } from './browser-accessibility.ts'
import { repositoryRoot } from './repository-files.ts'

const folder = process.env['RACKSIDE_SCREENSHOTS'] ?? join(repositoryRoot, 'node_modules', '.cache', 'screenshots')

export const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
export const languages = ['en', 'zh-CN'] as const
export type PageLanguage = (typeof languages)[number]
const themes = ['light', 'dark'] as const
type Theme = (typeof themes)[number]

const languageNames = { en: 'EN', 'zh-CN': '中文' } as const
const themeNames = { light: /^(Light|浅色)$/, dark: /^(Dark|深色)$/ } as const

/** The switches of the top bar; the settings have their own. */
const topBar = (page: Page) => page.getByRole('banner')

export async function switchLanguage(page: Page, language: PageLanguage): Promise<void> {
  await topBar(page).getByRole('radio', { name: languageNames[language], exact: true }).dispatchEvent('click')
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
}

export async function switchTheme(page: Page, theme: Theme): Promise<void> {
  await topBar(page).getByRole('radio', { name: themeNames[theme] }).dispatchEvent('click')
}

/** Every look of a screen, and axe in both themes. Ends in English, light and the smaller size, as it began. */
export async function photographScreen(page: Page, name: string): Promise<void> {
  const findings: string[] = []
  for (const theme of themes) {
    await switchTheme(page, theme)
    for (const language of languages) {
      await switchLanguage(page, language)
      for (const size of [...sizes].reverse()) await takePicture(page, `${name}-${language}-${theme}`, size)
    }
    findings.push(...(await accessibilityFindings(page)).map((finding) => `${name}, ${theme}: ${finding}`))
  }
  await switchTheme(page, 'light')
  await switchLanguage(page, 'en')
  expect(findings).toEqual([])
}

/** Two looks that differ in everything, where the same screens are photographed in full elsewhere. */
export async function photographTwice(page: Page, name: string): Promise<void> {
  await switchTheme(page, 'dark')
  await switchLanguage(page, 'zh-CN')
  await takePicture(page, `${name}-zh-CN-dark`, sizes[1])
  await switchTheme(page, 'light')
  await switchLanguage(page, 'en')
  await takePicture(page, `${name}-en-light`, sizes[0])
}

async function takePicture(page: Page, name: string, size: (typeof sizes)[number]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.setViewportSize(size)
  // Nothing is pointed at: what lies under the pointer would differ from one language to the other.
  await page.mouse.move(0, 0)
  await page.screenshot({ path: join(folder, `${name}-${size.width}.png`), animations: 'disabled', caret: 'hide' })
}

// Photographs the gallery: builds tests/ui/gallery from the real renderer and leaves a picture of every scene
// that was asked for, in both languages, themes and sizes.
//   node scripts/run.mjs gallery/main.ts --out FOLDER [--scene PREFIX] [--lang en|zh-CN] [--theme light|dark] [--size 1280x800] [--settle MILLISECONDS]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { openGalleryPage } from './gallery-page.ts'
import { photograph } from './photograph.ts'

const { values: wanted } = parseArgs({
  options: {
    out: { type: 'string' },
    scene: { type: 'string', default: '' },
    lang: { type: 'string', multiple: true, default: ['en', 'zh-CN'] },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
    size: { type: 'string', multiple: true, default: ['1280x800'] },
    full: { type: 'boolean', default: false },
    settle: { type: 'string', default: '500' },
  },
})

const root = fileURLToPath(new URL('../..', `file://${import.meta.dirname}/`))

async function photographAll(browser: Browser, url: string, out: string): Promise<void> {
  const names = await sceneNames(browser, url)
  for (const size of wanted.size) {
    const [width = 1280, height = 800] = size.split('x').map(Number)
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => console.error(`${page.url()}: ${error.message}`))
    for (const name of names.filter((one) => one.startsWith(wanted.scene))) {
      for (const lang of wanted.lang) {
        for (const theme of wanted.theme) {
          const path = join(out, `${name.replaceAll('/', '-')}-${lang}-${theme}-${width}.png`)
          await photograph(page, url, {
            ...{ scene: name, lang, theme, path },
            full: wanted.full,
            settleMs: Number(wanted.settle),
          })
          console.log(path)
        }
      }
    }
    await page.close()
  }
}

async function sceneNames(browser: Browser, url: string): Promise<string[]> {
  const page = await browser.newPage()
  await page.goto(url)
  const names = await page.locator('[data-scenes]').getAttribute('data-scenes')
  await page.close()
  return (names ?? '').split(' ')
}

if (wanted.out === undefined) throw new Error('usage: node scripts/run.mjs gallery/main.ts --out FOLDER')
mkdirSync(wanted.out, { recursive: true })
const gallery = await openGalleryPage(root)
try {
  const browser = await openBrowser()
  try {
    await photographAll(browser, gallery.url, wanted.out)
  } finally {
    await browser.close()
  }
} finally {
  gallery.close()
}

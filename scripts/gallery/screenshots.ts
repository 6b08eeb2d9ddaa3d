// Pictures of the chosen states of the product in both languages and themes, with a page to look through them:
//   npm run screenshots -- [--out FOLDER] [--size 1280x800] [--scene PREFIX]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type ChosenScene, chosenScenes } from './chosen-scenes.ts'
import { openGalleryPage } from './gallery-page.ts'
import { photograph } from './photograph.ts'
import { type Pictured, pictureIndex } from './picture-index.ts'

const { values: wanted } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    size: { type: 'string', default: '1280x800' },
    scene: { type: 'string', default: '' },
  },
})

const root = fileURLToPath(new URL('../..', `file://${import.meta.dirname}/`))
const looks = ['en', 'zh-CN'].flatMap((lang) => ['light', 'dark'].map((theme) => ({ lang, theme })))
const settleMs = 400

async function picturesOf({ scene, why }: ChosenScene, page: Page, url: string): Promise<Pictured> {
  const pictures: { file: string; about: string }[] = []
  for (const { lang, theme } of looks) {
    const file = `${scene.replaceAll('/', '-')}-${lang}-${theme}.png`
    await photograph(page, url, { scene, lang, theme, path: join(wanted.out, file), settleMs })
    pictures.push({ file, about: `${lang}, ${theme}` })
  }
  return { scene, why, pictures }
}

async function takeAll(url: string): Promise<readonly Pictured[]> {
  const [width, height] = wanted.size.split('x').map(Number)
  if (!width || !height) throw new Error('--size is WIDTHxHEIGHT, such as 1920x1080')
  const browser = await openBrowser()
  const problems: string[] = []
  try {
    const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce', locale: 'en-US' })
    page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
    const states: Pictured[] = []
    for (const one of chosenScenes.filter(({ scene }) => scene.startsWith(wanted.scene))) {
      states.push(await picturesOf(one, page, url))
      console.log(`${one.scene}: ${one.why}`)
    }
    if (problems.length > 0) throw new Error(`a scene does not show: ${problems.join('\n')}`)
    return states
  } finally {
    await browser.close()
  }
}

mkdirSync(wanted.out, { recursive: true })
rmSync(join(wanted.out, 'index.html'), { force: true })
const gallery = await openGalleryPage(root)
try {
  const states = await takeAll(gallery.url)
  writeFileSync(join(wanted.out, 'index.html'), pictureIndex(states))
  console.log(`${states.length * looks.length} pictures in ${join(wanted.out, 'index.html')}`)
} finally {
  gallery.close()
}
